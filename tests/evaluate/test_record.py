"""Gold of entities in the shape of `kg extract`."""

from typing import Any

import pytest

from kg.evaluate.labels import OURS, parse
from kg.evaluate.paper import PaperRelation
from kg.evaluate.record import figures, read_record
from tests.evaluate.sample import TEXT, Row, entity, gold


def changed(**change: Any) -> Row:
    return {**gold(), **change}


def with_entity(**change: Any) -> Row:
    return changed(entities=[{**entity("Model", "Kelp"), **change}], relations=[])


def test_all_of_a_record() -> None:
    marked, unknown = read_record(gold(), len(TEXT), OURS)
    assert unknown == ()
    assert [(e.type, sorted(e.forms), len(e.spans), e.proposed, e.optional) for e in marked.entities] == [
        ("Model", ["lanternfish"], 3, True, False),
        ("Model", ["kelp", "kelptransformer"], 2, False, False),
        ("Metric", ["accuracy"], 1, False, False),
        ("Dataset", ["tidebench"], 1, False, False),
        ("Model", ["large"], 1, False, True),
    ]
    assert marked.relations is not None
    assert marked.relations[0] == PaperRelation(0, "BASED_ON", 1)
    assert marked.results is not None
    assert [result.figures for result in marked.results] == ["71.5", "3.2"]
    assert marked.roles


def test_labels_may_drop_entities_and_with_them_their_relations() -> None:
    labels = parse("Model=, Metric=Metric, Dataset=Dataset, BENCHMARK_FOR=BENCHMARK_FOR, IS_A=IS_A")
    row = changed(relations=[[0, "IS_A", 1], [3, "IS_A", 2]])
    marked, unknown = read_record(row, len(TEXT), labels)
    assert [each.type for each in marked.entities] == ["Metric", "Dataset"]
    assert marked.relations is not None
    assert [(r.head, r.tail) for r in marked.relations] == [(1, 0)]
    assert unknown == ()


def test_what_may_be_anything_is_no_entity() -> None:
    marked, unknown = read_record(changed(relations=None), len(TEXT), parse("Model=?, Metric=Metric, Dataset=Dataset"))
    assert len(marked.entities) == 2
    assert len(unknown) == 3 + 2 + 1


@pytest.mark.parametrize(("value", "digits"), [("+3.1", "3.1"), ("85.7%", "85.7"), ("2x.", "2"), ("1,024", "1024")])
def test_figures_of_a_number(value: str, digits: str) -> None:
    assert figures(value) == digits


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (changed(entities={}), "entities must be a list"),
        (changed(entities=["Kelp"]), "entity 0: 'Kelp' is no JSON object"),
        (with_entity(type="Modell"), "entity 0: unknown type 'Modell'; known are Method, Model.*--labels"),
        (with_entity(name=None), "entity 0: name must be a text"),
        (with_entity(mentions=[[90, 5000]]), f"is no span of the text, which goes from 0 to {len(TEXT)}"),
        (with_entity(mentions=[[5, 5]]), "is no span of the text"),
        (with_entity(mentions=[[True, 5]]), r"is not \[start, end\]"),
        (with_entity(score=1.5), "score must lie between 0 and 1"),
        (changed(relations=[[0, "BASED_ON", 9]]), r"relation 0: .* with the places of two of the 5 entities"),
        (changed(relations=[[0, "BASED", 1]]), "relation 0: unknown type 'BASED'; known are USED_FOR"),
        (changed(relation_scores=[0.5]), "relation_scores must be a list of 4"),
        (changed(results=[{"value": 71.5}]), "result 0: value must be a text, not 71.5"),
        (changed(results=["71.5"]), "result 0: '71.5' is no JSON object"),
    ],
)
def test_what_is_wrong_is_said(row: Row, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        read_record(row, len(TEXT), OURS)
