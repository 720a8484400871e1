"""Labels of other people's sets, and the types they stand for."""

import pytest

from kg.errors import InputError
from kg.evaluate.labels import OURS, RELATION_TYPES, parse
from kg.types import EDGE_PROPERTIES, ENTITY_TYPES, EdgeType


def test_our_own_labels_are_all_types() -> None:
    assert tuple(OURS.types) == ENTITY_TYPES
    assert OURS.relation_types == {*RELATION_TYPES}
    assert {*RELATION_TYPES} < {str(type_) for type_ in EdgeType}
    assert not {"CO_MENTIONED_WITH", "MENTIONS", "REPORTS"} & {*RELATION_TYPES, *EDGE_PROPERTIES}


def test_a_label_that_covers_two_types_makes_them_one() -> None:
    labels = parse("Technique=Method/Model, Net=Model, Corpus=Dataset, Remark=, Thing=?")
    assert labels.entities == {
        "Technique": "Method/Model",
        "Net": "Method/Model",
        "Corpus": "Dataset",
        "Remark": "",
        "Thing": "?",
    }
    assert labels.types == {"Method": "Method/Model", "Model": "Method/Model", "Dataset": "Dataset"}


def test_relations_are_turned_round_and_chosen_by_what_they_join() -> None:
    labels = parse("Part-Of=~USES, Evaluates=~MEASURED_BY/BENCHMARK_FOR, Near=, Method=Method/Model")
    assert labels.relation("Part-Of", "Method/Model", "Method/Model") == ("USES", True)
    assert labels.relation("Evaluates", "Metric", "Method/Model") == ("MEASURED_BY", True)
    assert labels.relation("Evaluates", "Dataset", "Task") == ("BENCHMARK_FOR", False)
    assert labels.relation("Evaluates", "Task", "Dataset") is None
    assert labels.relation("Near", "Task", "Task") is None
    assert labels.relation_types == {"USES", "MEASURED_BY", "BENCHMARK_FOR"}


def test_without_a_label_for_them_relations_are_called_as_ours() -> None:
    assert parse("Net=Model").relations == OURS.relations
    assert parse("Net=Model, Near=").relations == {**OURS.relations, "Near": ()}
    assert parse("Net=Model, Near=USES").relation_types == {"USES"}


def test_our_own_relations_are_taken_as_they_stand() -> None:
    assert OURS.relation("SUBTASK_OF", "Method", "Task") == ("SUBTASK_OF", False)


@pytest.mark.parametrize(
    ("given", "accepted"),
    [
        ("A=Methode", "Method, Model, Dataset"),
        ("A=Method, =Task", "LABEL=TYPE"),
        ("A=Method, Task", "LABEL=TYPE"),
        ("A=Method/Model, B=Model/Dataset", "make it one of them"),
        ("A=USES/USED", "USED_FOR"),
    ],
)
def test_an_error_says_what_would_be_accepted(given: str, accepted: str) -> None:
    with pytest.raises(InputError, match=accepted):
        parse(given)
