"""Every occurrence of a name is a mention; nothing else is."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc

from kg.extract.attributes import SPANS
from kg.extract.occurrences import complete, occurrences, places
from kg.extract.tokenizer import blank

NLP = blank()


def found(text: str, *names: str) -> Doc:
    """A doc where the first occurrence of each name is found."""
    doc = NLP(text)
    doc.spans[SPANS] = [doc.char_span(text.index(name), text.index(name) + len(name), label="Method") for name in names]
    for score, span in enumerate(doc.spans[SPANS], 1):
        span._.score, span._.by = score / 10, "reader"
    return doc


def marked(doc: Doc) -> list[str]:
    return [f"{span.start_char} {span.text}" for span in occurrences(doc).spans[SPANS]]


@pytest.mark.parametrize(
    ("text", "names", "expected"),
    [
        ("Kelp pruning helps. We use kelp pruning.", ["Kelp pruning"], ["0 Kelp pruning", "27 kelp pruning"]),
        ("KELP by a kelp. KELP is fast.", ["KELP"], ["0 KELP", "16 KELP"]),
        ("Reef adapters and a reef adapter.", ["Reef adapters"], ["0 Reef adapters"]),
        ("Tide is Tide_v2 or Tides2, Tide-based.", ["Tide"], ["0 Tide", "27 Tide"]),
        ("A reef and a coral reef.", ["reef", "coral reef"], ["2 reef", "13 coral reef"]),
        ("A coral reef.", ["reef", "coral reef"], ["2 coral reef"]),
        ("No name here.", [], []),
    ],
)
def test_what_is_marked(text: str, names: list[str], expected: list[str]) -> None:
    assert marked(found(text, *names)) == expected


def test_a_mention_found_keeps_what_is_known_of_it() -> None:
    first, second = occurrences(found("Kelp net beats a kelp net.", "Kelp net")).spans[SPANS]
    assert (first._.score, first._.by) == (0.1, "reader")
    assert (second._.score, second._.by, second.label_) == (0.1, "kg_occurrences", "Method")


def test_one_added_is_as_sure_as_the_recogniser_is_of_its_words() -> None:
    doc = found("Kelp net beats a kelp net.", "Kelp net")
    doc._.named = np.linspace(1, 0.4, len(doc))
    assert [span._.score for span in occurrences(doc).spans[SPANS]] == [0.1, 0.5]


def test_the_surest_mention_gives_its_type() -> None:
    doc = found("Reef, Reef and Reef.", "Reef")
    doc.spans[SPANS] = [doc.char_span(0, 4, label="Model"), doc.char_span(6, 10, label="Dataset")]
    for span, score in zip(doc.spans[SPANS], (0.3, 0.8), strict=True):
        span._.score = score
    assert [span.label_ for span in occurrences(doc).spans[SPANS]] == ["Model", "Dataset", "Dataset"]


def test_the_address_of_the_code_names_it_again() -> None:
    text = "Reefnet: see https://example.org/Reefnet_data and https://example.org/tide/Reefnet."
    assert marked(found(text, "Reefnet")) == ["0 Reefnet", "75 Reefnet"]


WORDS = st.lists(st.sampled_from(["kelp", "Kelp", "net", "nets", "kelp-net", "AB", "ab", ",", "\n"]), max_size=14)


@given(WORDS, st.lists(st.tuples(st.integers(0, 13), st.integers(1, 3)), max_size=4))
def test_mentions_never_overlap_and_a_second_time_changes_nothing(
    words: list[str], chosen: list[tuple[int, int]]
) -> None:
    doc = NLP(" ".join(words))
    spans = [doc[start : start + size] for start, size in chosen if start + size <= len(doc)]
    once = complete(doc, spans)
    assert all(one.end <= other.start for one, other in pairwise(once))
    assert [(span.start, span.end) for span in complete(doc, once)] == [(span.start, span.end) for span in once]


@given(st.text("aAé-_ \n.", max_size=20), st.lists(st.text("aAé- ", min_size=1, max_size=4), max_size=3))
def test_a_place_holds_its_name_but_for_case(text: str, names: list[str]) -> None:
    assert all(text[start:end].lower() == name.lower() for start, end, name in places(text, names))
