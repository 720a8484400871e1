"""The sentence that is shown for a relation, with the shipped weights."""

import pytest

from kg.extract.attributes import SPANS
from kg.extract.evidence import stated
from kg.extract.linear import load
from kg.extract.reading import read
from tests.extract.papers import paper

MODEL = load("relations")
NAMES = {"masked tidal mixing": "Method", "Tidal mixing": "Method", "tidal waves": "Method"}


def shown(abstract: str, type_: str, tail: str, title: str = "On Tides", head: str = "masked tidal mixing") -> str:
    doc = paper(title, abstract, NAMES)
    reading = read(doc)
    by_text = {name.text: name for name in reading.names}
    first, second, at = stated(doc, reading, MODEL, by_text[head], type_, by_text[tail])
    spans = list(doc.spans[SPANS])
    assert (spans[first].text, spans[second].text) == (head, tail)
    assert at in (first, second)
    return spans[at].sent.text.strip()


@pytest.mark.parametrize(
    ("abstract", "type_", "tail", "expected"),
    [
        ("Tidal mixing is slow. We propose masked tidal mixing.", "BASED_ON", "Tidal mixing", "We propose"),
        ("Tidal mixing is slow. We propose masked tidal mixing.", "OUTPERFORMS", "Tidal mixing", "Tidal mixing is"),
        ("We love tidal waves. We propose masked tidal mixing.", "BASED_ON", "tidal waves", "We love"),
        (
            "We propose masked tidal mixing. It sleeps, and masked tidal mixing extends tidal waves.",
            "BASED_ON", "tidal waves", "It sleeps",
        ),
        (
            "We propose masked tidal mixing. Rain falls on masked tidal mixing but not on tidal waves. "
            "Our masked tidal mixing builds on tidal waves.",
            "BASED_ON", "tidal waves", "Our masked",
        ),
    ],
)  # fmt: skip
def test_the_sentence_that_says_so(abstract: str, type_: str, tail: str, expected: str) -> None:
    assert shown(abstract, type_, tail).startswith(expected)


def test_a_title_tells_where_nothing_else_does() -> None:
    title = "Learning with masked tidal mixing"
    assert shown("Tidal mixing is slow.", "IS_A", "Tidal mixing", title) == title
