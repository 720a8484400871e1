"""Tags to spans and back, and which spans become mentions."""

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.entities import is_name, set_weights, to_spans, to_tags, word_start
from kg.extract.tokenizer import blank
from kg.train.folder import open_pipeline


@st.composite
def spans(draw: st.DrawFn) -> tuple[int, list[tuple[int, int, str]]]:
    length = draw(st.integers(1, 12))
    cuts = sorted(draw(st.sets(st.integers(0, length))))
    pieces = list(pairwise(cuts))
    return length, [(a, b, draw(st.sampled_from("AB"))) for a, b in pieces if draw(st.booleans())]


@given(spans())
def test_tags_and_spans_are_inverse(case: tuple[int, list[tuple[int, int, str]]]) -> None:
    length, found = case
    assert to_spans(to_tags(length, found)) == found


def test_unknown_spans_get_empty_tags() -> None:
    assert to_tags(4, [(1, 3, "")]) == ["O", "", "", "O"]


@pytest.mark.parametrize(
    ("text", "token", "floor", "expected"),
    [
        ("a context-aware model", 3, 0, "context"),
        ("a non-context-aware model", 5, 0, "non"),
        ("a BERT-based model", 3, 2, "based"),
        ("a low - rank model", 3, 0, "rank"),
        ("a context-Aware model", 3, 0, "Aware"),
    ],
)
def test_a_mention_begins_with_a_whole_word(text: str, token: int, floor: int, expected: str) -> None:
    doc = blank().make_doc(text)
    assert doc[word_start(doc, token, floor)].text == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("see http://localhost", False),
        ("www.example.org", False),
        ("example.org/a", False),
        ("CNN/RNN", True),
        ("v1.5", True),
        ("\n", False),
        ("a \n", True),
    ],
)
def test_addresses_and_white_space_are_no_names(text: str, expected: bool) -> None:
    doc = blank().make_doc(text)
    assert is_name(doc, doc[:]) is expected


def test_what_was_written_in_16_bits_is_read_back_in_32(tmp_path: Path) -> None:
    nlp, tagger = open_pipeline("fast")
    doc = nlp.make_doc("We train Quillnet on ImageNet.")
    before = tagger.logits(doc)
    set_weights(tagger.model, "float16")
    nlp.to_disk(tmp_path)
    _, again = open_pipeline(str(tmp_path))
    kinds = {node.get_param(name).dtype for node in again.model.walk() for name in node.param_names}
    assert kinds == {np.dtype("float32")}
    np.testing.assert_allclose(again.logits(doc), before, atol=0.1)


def test_capitals_do_not_hide_the_vector_of_a_word() -> None:
    nlp, tagger = open_pipeline("fast")
    network, (word,) = tagger.model.layers[0].get_ref("embed"), nlp.make_doc("CNN")
    (found,) = network.predict([word.doc])
    nlp.vocab.vectors.data[nlp.vocab.vectors.find(key=word.norm)] = 0
    assert not np.allclose(found, network.predict([word.doc])[0])
