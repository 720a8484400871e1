"""One type a name, with the shipped weights."""

import numpy as np
from spacy.tokens import Doc, Span

from kg.extract.attributes import SPANS
from kg.extract.linear import Linear, load
from kg.extract.types import TypeTagger
from kg.types import ENTITY_TYPES
from tests.extract.papers import paper

TAGGER = TypeTagger(load("types"))


def typed(doc: Doc, scores: dict[str, float] | None = None) -> list[str]:
    for span in doc.spans[SPANS]:
        span._.score = (scores or {}).get(span.label_, 0.5)
    return [span.label_ for span in TAGGER(doc).spans[SPANS]]


def test_the_way_the_paper_speaks_of_a_name_decides() -> None:
    text = "We introduce Bramble, a dataset of 400 photographs. Models trained on Bramble win on the Bramble benchmark."
    assert typed(paper("Bramble", text, {"Bramble": "Method"})) == ["Dataset"] * 4


def test_mentions_of_one_name_get_one_type() -> None:
    doc = paper("T", "Ferret is fast. We like Ferret.", {"Ferret": "Model"})
    first, second = doc.spans[SPANS]
    doc.spans[SPANS] = [Span(doc, first.start, first.end, "Method"), second]
    assert len(set(typed(doc))) == 1


def test_the_recogniser_decides_where_the_paper_says_nothing() -> None:
    silent = Linear(ENTITY_TYPES, np.zeros((2, 5), np.int8), np.ones(5, np.float32), np.zeros(5, np.float32))
    doc = paper("T", "Ferret is fast. We like Ferret. Ferret!", {"Ferret": "Model"})
    labels = ("Task", "Model", "Task")
    spans = [Span(doc, m.start, m.end, label) for m, label in zip(doc.spans[SPANS], labels, strict=True)]
    for span, score in zip(spans, (0.3, 0.9, 0.4), strict=True):
        span._.score = score
    doc.spans[SPANS] = spans
    assert [span.label_ for span in TypeTagger(silent)(doc).spans[SPANS]] == ["Model"] * 3


def test_offsets_and_attributes_stay() -> None:
    doc = paper("Bramble", "We introduce Bramble, a dataset of hedges.", {"Bramble": "Method"})
    for span in doc.spans[SPANS]:
        span._.score, span._.by, span._.expansion = 0.5, "hand", "Big Bramble"
    before = [(span.start, span.end) for span in doc.spans[SPANS]]
    TAGGER(doc)
    assert [(span.start, span.end) for span in doc.spans[SPANS]] == before
    assert {(span.label_, span._.score, span._.by, span._.expansion) for span in doc.spans[SPANS]} == {
        ("Dataset", 0.5, "hand", "Big Bramble")
    }


def test_a_paper_without_mentions() -> None:
    assert typed(paper("", "", {})) == []
