"""The decoder: tags to spans and back, and the best well-formed path."""

from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.entities import best_tags, to_spans, to_tags, transitions, word_start
from kg.extract.tokenizer import blank

LABELS = ("O", "B-A", "I-A", "L-A", "U-A", "B-B", "L-B", "U-B")


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


def is_well_formed(tags: list[str]) -> bool:
    return to_tags(len(tags), to_spans(tags)) == tags


@given(st.lists(st.lists(st.floats(-5, 0), min_size=8, max_size=8), min_size=1, max_size=4))
def test_best_tags_is_the_best_of_all_well_formed_paths(rows: list[list[float]]) -> None:
    logs = np.array(rows, dtype="f")
    found = best_tags(logs, transitions(LABELS))

    def total(tags: tuple[int, ...]) -> float:
        return float(sum(logs[place, tag] for place, tag in enumerate(tags)))

    paths = [path for path in product(range(8), repeat=len(rows)) if is_well_formed([LABELS[tag] for tag in path])]
    assert is_well_formed([LABELS[tag] for tag in found])
    assert np.isclose(total(tuple(found)), max(map(total, paths)), atol=1e-4)


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
