"""Entities paired, and what a pipeline found cut down to what was looked for."""

from hypothesis import given

from kg.evaluate.labels import OURS, Labels, parse
from kg.evaluate.match import fit, match
from kg.evaluate.paper import Annotated, Gold, PaperEntity, PaperRelation, normal
from kg.evaluate.spans import read_spans
from tests.evaluate.test_judge import papers


def thing(type_: str, *forms: str, spans: tuple[tuple[int, int], ...] = ()) -> PaperEntity:
    return PaperEntity((type_,), frozenset(forms), spans)


def test_the_same_type_goes_first_and_each_is_taken_once() -> None:
    gold = [thing("Model", "kelp"), thing("Task", "kelp"), thing("Task", "reef")]
    found = [thing("Task", "kelp"), thing("Dataset", "kelp"), thing("Dataset", "kelp")]
    assert match(gold, found, typed=True) == {0: 1}
    assert match(gold, found, typed=False) == {0: 1, 1: 0}


@given(papers())
def test_a_paper_matches_itself(paper: Annotated) -> None:
    assert match(paper.entities, paper.entities, typed=True) == {place: place for place in range(len(paper.entities))}


def test_normal_forms() -> None:
    assert normal("Tide-Nets (TN)") == normal("tide net") == "tidenet"
    assert normal("MNIST dataset") == normal("mnist datasets") == "mnist"
    assert normal("Model") == "model"
    assert normal("C++ loss") == "c++loss"
    assert normal("bus") == "bus"
    assert normal("gas loss") == "gasloss"


TEXT = "Kelp nets beat reefs on TideBench"
CHARS = [[0, 9, "Technique"], [15, 20, "Thing"], [24, 33, "Corpus"]]


def gold(labels: Labels) -> Gold:
    marked, unknown = read_spans({"text": TEXT, "char_spans": CHARS}, labels)
    return Gold("1", "", TEXT, "reef.jsonl:1", labels, marked, unknown, by_name=True)


def test_what_a_set_does_not_mark_is_left_out() -> None:
    paper = gold(parse("Technique=Method/Model, Thing=?, Corpus=Dataset, Beats=OUTPERFORMS"))
    found = Annotated(
        (
            thing("Method", "kelpnet", spans=((1, 10),)),
            thing("Task", "reef", spans=((16, 21),)),
            thing("Model", "reef", spans=((16, 21),)),
            thing("Dataset", "tidebench", "reef", spans=((25, 34), (16, 21))),
        ),
        (
            PaperRelation(0, "EVALUATED_ON", 3),
            PaperRelation(0, "OUTPERFORMS", 2),
            PaperRelation(0, "OUTPERFORMS", 3, 0.5),
        ),
    )
    fitted = fit(found, paper)
    assert [(e.type, e.spans) for e in fitted.entities] == [("Method/Model", ((1, 10),)), ("Dataset", ((25, 34),))]
    assert fitted.relations == (PaperRelation(0, "OUTPERFORMS", 1, 0.5),)


def test_where_each_name_is_an_entity_so_it_is_for_what_was_found() -> None:
    paper = gold(parse("Technique=Method, Thing=, Corpus=Dataset"))
    found = Annotated((thing("Method", "kelpnet", "reef", spans=((1, 10), (16, 21))),), ())
    assert [(sorted(e.forms), e.spans) for e in fit(found, paper).entities] == [
        (["kelpnet"], ((1, 10),)),
        (["reef"], ((16, 21),)),
    ]


@given(papers())
def test_our_own_gold_takes_all_that_has_a_place(paper: Annotated) -> None:
    whole = Gold("1", "", "x" * 40, "reef.jsonl:1", OURS, paper)
    assert fit(paper, whole) == paper
