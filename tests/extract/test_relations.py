"""Relations between the names of a paper, with the shipped weights."""

from itertools import pairwise

from spacy.tokens import Doc

from kg.extract.linear import load
from kg.extract.pairs import meetings, of_names
from kg.extract.reading import read
from kg.extract.relations import ALLOWED, MIN_SCORE, TYPES, RelationExtractor, rows
from kg.extract.roles import RoleTagger
from kg.types import PAIRS
from tests.extract.papers import paper

ROLES, MODEL = RoleTagger(load("roles"), load("roles_fast"), 0.4), load("relations")


def related(doc: Doc, min_score: float = MIN_SCORE) -> Doc:
    return RelationExtractor(MODEL, min_score)(ROLES(doc))


def triples(doc: Doc) -> set[tuple[str, str, str]]:
    return {(each.head.text, each.type, each.tail.text) for each in doc._.relations}


def test_what_the_abstract_says_is_found() -> None:
    assert triples(related(paper())) >= {
        ("Quillnet", "OUTPERFORMS", "CRNN"),
        ("Quillnet", "EVALUATED_ON", "IAM"),
        ("Quillnet", "BASED_ON", "Transformer"),
        ("Quillnet", "MEASURED_BY", "accuracy"),
    }


def test_an_implicit_subject_is_the_proposed_system() -> None:
    text = "We present Quillnet for layout analysis. It is fast. Our model is evaluated on IAM and outperforms CRNN."
    doc = related(
        paper("Quillnet", text, {"Quillnet": "Model", "layout analysis": "Task", "IAM": "Dataset", "CRNN": "Model"})
    )
    found = {
        (each.type, each.tail.text): each.sentence.text for each in doc._.relations if each.head.text == "Quillnet"
    }
    assert found["EVALUATED_ON", "IAM"].startswith("Our model")
    assert found["USED_FOR", "layout analysis"].startswith("We present")


def test_the_closed_list_of_types_and_ends_is_kept() -> None:
    assert set(MODEL.labels) == set(TYPES)
    for each in related(paper(), 0.0)._.relations:
        assert (each.head.label_, each.tail.label_) in PAIRS[each.type]
        assert 0 <= each.score <= 1
        assert each.sentence.start <= each.tail.start < each.sentence.end or each.sentence.start <= each.head.start


def test_a_higher_threshold_keeps_a_subset() -> None:
    found = [triples(related(paper(), cut)) for cut in (0.1, 0.3, 0.5, 0.7, 0.9)]
    assert all(fewer < more for more, fewer in pairwise(found[:3]))
    assert all(fewer <= more for more, fewer in pairwise(found))


def test_every_allowed_pair_is_a_candidate() -> None:
    reading = read(paper())
    names = reading.names
    wanted = {
        (a, b)
        for a in range(len(names))
        for b in range(len(names))
        if a != b and (names[a].type, names[b].type) in ALLOWED
    }
    assert set(rows(reading, 1 << 10)) == wanted


def test_nothing_to_relate() -> None:
    assert related(paper("", "", {}))._.relations == ()
    assert related(paper("T", "CRNN alone.", {"CRNN": "Model"}))._.relations == ()


def test_names_meet_where_they_stand_nearest() -> None:
    doc = paper("T", "A1 and B1 and A1. B1 alone. B1 with A1.", {"A1": "Model", "B1": "Model"})
    reading = read(doc)
    spans = list(doc.spans["mentions"])
    found = [(spans[a].start, spans[b].start) for a, b in meetings(reading, *reading.names)]
    assert found == [(2, 4), (13, 11)]


def test_overlap_of_names() -> None:
    assert set(of_names(["graph", "neural", "networks"], ["neural", "networks"])) == {
        "share 2",
        "same last word",
        "head ends as tail",
    }
    assert set(of_names(["bert"], ["glue"])) == set()
