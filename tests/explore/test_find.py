"""From a typed name to the entity."""

import pyarrow as pa
import pytest

from kg.errors import UnknownNameError
from kg.explore.find import find
from kg.records import Entity
from kg.store.tables import to_table


def entity(id: str, type: str, name: str, aliases: tuple[str, ...] = (), papers: int = 1) -> Entity:
    return Entity(id, type, name, aliases, papers, papers, None, None, (), False)


@pytest.fixture
def entities() -> pa.Table:
    rows = [
        entity("system:lora", "Method", "LoRA", ("Low-Rank Adaptation", "low-rank adaptation"), 9),
        entity("system:qlora", "Method", "QLoRA"),
        entity("dataset:vqa", "Dataset", "VQA", (), 2),
        entity("task:vqa", "Task", "visual question answering", ("VQA",), 5),
    ]
    return to_table(Entity, rows)


@pytest.mark.parametrize("name", ["LoRA", "lora", "Low-Rank Adaptation", "low rank adaptation", "system:lora", "LoRAs"])
def test_every_way_to_write_a_name(entities: pa.Table, name: str) -> None:
    assert find(entities, name)[0]["id"] == "system:lora"


def test_a_name_goes_before_an_alias_and_the_others_are_told(entities: pa.Table) -> None:
    first, others = find(entities, "VQA")
    assert (first["id"], [other["id"] for other in others]) == ("dataset:vqa", ["task:vqa"])
    assert find(entities, "VQA", type="task")[0]["id"] == "task:vqa"


@pytest.mark.parametrize(
    ("name", "near"), [("QLora2", ("QLoRA",)), ("answering", ("visual question answering",)), ("zzzz", ())]
)
def test_an_unknown_name_gets_the_nearest(entities: pa.Table, name: str, near: tuple[str, ...]) -> None:
    with pytest.raises(UnknownNameError) as caught:
        find(entities, name)
    assert caught.value.near[:1] == near[:1]
