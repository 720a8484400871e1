"""The role *proposed*, with the shipped weights."""

import pytest
from spacy.tokens import Doc

from kg.extract.attributes import SPANS
from kg.extract.linear import load
from kg.extract.roles import MIN_SCORE, RoleTagger
from tests.extract.papers import paper

TAGGER = RoleTagger(load("roles"), load("roles_fast"), MIN_SCORE)


def test_what_the_paper_introduces_is_proposed_in_every_mention() -> None:
    doc = TAGGER(paper())
    assert [(span.text, span._.role) for span in doc.spans[SPANS] if span._.role] == [("Quillnet", "proposed")] * 3


def test_an_expansion_shares_the_role() -> None:
    names = {"Graph Ink Matching": "Method", "GIM": "Method", "IAM": "Dataset"}
    doc = paper("A study of ink", "We propose Graph Ink Matching (GIM). On IAM, GIM is fast.", names)
    for span in doc.spans[SPANS]:
        span._.expansion = "Graph Ink Matching" if span.text == "GIM" else None
    assert [span._.role for span in TAGGER(doc).spans[SPANS]] == ["proposed", "proposed", None, "proposed"]


def test_a_second_run_changes_nothing() -> None:
    doc = TAGGER(paper())
    first = [span._.role for span in doc.spans[SPANS]]
    assert [span._.role for span in TAGGER(doc).spans[SPANS]] == first


@pytest.mark.parametrize("doc", [paper("", "", {}), paper("Words only", "Nothing is named here.", {})])
def test_a_paper_without_mentions_stays_as_it_is(doc: Doc) -> None:
    assert TAGGER(doc) is doc
