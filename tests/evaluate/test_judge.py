"""Every measure on one paper, counted by hand, and what holds for any paper."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.evaluate.fields import SLOTS
from kg.evaluate.judge import MEASURES, Judgement, judge
from kg.evaluate.labels import OURS, RELATION_TYPES
from kg.evaluate.paper import Annotated, PaperEntity, PaperRelation, PaperResult
from kg.evaluate.record import read_record
from kg.types import ENTITY_TYPES
from tests.evaluate.sample import TEXT, Row, found, gold

BY_HAND = {
    # right, wrong, missed
    "span": (2, 5, 5),
    "span_relaxed": (3, 4, 4),
    "entity": (2, 2, 2),
    "entity_untyped": (3, 1, 1),
    "relation": (2, 1, 2),
    "relation_untyped": (2, 0, 1),
    "proposed": (0, 1, 1),
    "result_value": (1, 1, 1),
    "result_slot": (1, 1, 4),
}


def marked(row: Row) -> Annotated:
    return read_record(row, len(TEXT), OURS)[0]


def counted(judgement: Judgement) -> tuple[int, int, int]:
    right = sum(each.right for each in judgement.found)
    return right, len(judgement.found) - right, len(judgement.missed)


@pytest.mark.parametrize("measure", MEASURES)
def test_counted_by_hand(measure: str) -> None:
    assert counted(judge(marked(gold()), marked(found()))[measure]) == BY_HAND[measure]


def test_a_border_case_costs_nothing_found_or_missed() -> None:
    without = found()
    without["entities"] = without["entities"][:4]
    assert judge(marked(gold()), marked(found())).keys() == BY_HAND.keys()
    for measure, judgement in judge(marked(gold()), marked(without)).items():
        assert counted(judgement) == BY_HAND[measure]


def test_a_type_that_is_right_as_well() -> None:
    row = gold()
    row["entities"][0]["types"] = ["Model", "Method"]
    assert counted(judge(marked(row), marked(found()))["entity"]) == (3, 1, 1)
    assert counted(judge(marked(row), marked(found()))["proposed"]) == (1, 0, 0)


def test_what_nobody_looked_for_is_not_judged() -> None:
    row = gold()
    del row["relations"], row["results"]
    for each in row["entities"]:
        del each["proposed"]
    assert judge(marked(row), marked(found())).keys() == {"span", "span_relaxed", "entity", "entity_untyped"}


def test_one_number_reported_twice_counts_once_if_the_gold_has_it_once() -> None:
    once, twice = Annotated((), None, (PaperResult("3.1"),)), Annotated((), None, (PaperResult("3.1"),) * 2)
    assert counted(judge(once, twice)["result_value"]) == (1, 1, 0)
    assert counted(judge(twice, once)["result_value"]) == (1, 0, 1)


def test_what_a_number_is_about_is_not_judged_where_the_gold_does_not_say() -> None:
    row = gold()
    for each in row["results"]:
        del each["subject"], each["dataset"], each["metric"]
    assert "result_slot" not in judge(marked(row), marked(found()))


def test_a_name_that_is_no_entity_of_the_gold_is_the_wrong_one() -> None:
    row = found()
    row["results"][0]["dataset"] = 3
    assert counted(judge(marked(gold()), marked(row))["result_slot"]) == (0, 2, 5)


ENTITIES = st.builds(
    PaperEntity,
    types=st.sampled_from(ENTITY_TYPES).map(lambda type_: (type_,)),
    forms=st.frozensets(st.sampled_from("abcde"), min_size=1, max_size=2),
    spans=st.lists(st.tuples(st.integers(0, 30), st.integers(1, 4)), max_size=3).map(
        lambda each: tuple((start, start + length) for start, length in each)
    ),
    proposed=st.booleans(),
    optional=st.booleans(),
)


@st.composite
def papers(draw: st.DrawFn) -> Annotated:
    """A paper in which every span has one type."""
    taken: set[tuple[int, int]] = set()
    entities = []
    for each in draw(st.lists(ENTITIES, max_size=6)):
        spans = tuple(span for span in dict.fromkeys(each.spans) if span not in taken)
        taken |= {*spans}
        entities.append(dataclasses.replace(each, spans=spans))
    ends = st.integers(0, max(0, len(entities) - 1))
    relations = draw(st.lists(st.builds(PaperRelation, ends, st.sampled_from(RELATION_TYPES), ends), max_size=4))
    slots = st.dictionaries(st.sampled_from(SLOTS), ends) if entities else st.just({})
    numbers = st.builds(PaperResult, st.sampled_from(("1", "2.5", "71.5")), st.none(), slots)
    results = draw(st.lists(numbers, max_size=3))
    return Annotated(tuple(entities), tuple(relations) if entities else (), tuple(results), roles=True)


@given(papers())
def test_a_paper_is_all_right_against_itself(paper: Annotated) -> None:
    for measure, judgement in judge(paper, paper).items():
        assert not judgement.missed, measure
        assert all(each.right for each in judgement.found), measure


@given(papers())
def test_nothing_found_is_all_missed(paper: Annotated) -> None:
    required = [entity for entity in paper.entities if not entity.optional]
    judged = judge(paper, Annotated(()))
    assert not any(judgement.found for judgement in judged.values())
    assert len(judged["entity"].missed) == len(required)
    assert len(judged["span"].missed) == sum(len(entity.spans) for entity in required)
    assert len(judged["result_value"].missed) == len(paper.results or ())


@given(papers(), papers())
def test_wrong_and_missed_change_places_with_the_papers(one: Annotated, other: Annotated) -> None:
    sure = [
        dataclasses.replace(each, entities=tuple(dataclasses.replace(e, optional=False) for e in each.entities))
        for each in (one, other)
    ]
    for measure in ("span", "result_value"):
        right, wrong, missed = counted(judge(*sure)[measure])
        assert counted(judge(*reversed(sure))[measure]) == (right, missed, wrong)


@given(papers(), papers())
def test_of_any_type_no_fewer_are_right(gold: Annotated, found: Annotated) -> None:
    judged = judge(gold, found)
    assert counted(judged["entity"])[0] <= counted(judged["entity_untyped"])[0]
