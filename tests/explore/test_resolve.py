"""From a typed name to the entity, with the reason."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import GraphError, UnknownNameError
from kg.explore.resolve import GROUPS, entity_ids, known, resolve
from kg.link.resolve import GROUPS as LINKED
from tests.explore.make import named, write

ROWS = [
    ("system:lowrankadaptation", "Method", "LoRA", 9),
    ("system:lowrankadaptation", "Method", "Low-Rank Adaptation", 5),
    ("system:lowrankadaptation", "Method", "low-rank adaptation", 2),
    ("system:qlora", "Method", "QLoRA", 3),
    ("system:lora-2", "Model", "LORA", 1),
    ("dataset:vqa", "Dataset", "VQA", 2),
    ("task:visualquestionanswering", "Task", "visual question answering", 4),
    ("task:visualquestionanswering", "Task", "VQA", 5),
    ("system:convnet", "Model", "ConvNet", 3),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("resolve") / "gr'a[p]h", named(*ROWS))


@pytest.mark.parametrize(
    ("name", "fit"),
    [
        ("LoRA", "exact"),
        ("lora", "exact"),
        ("Lora", "case"),
        ("Low-Rank Adaptation", "exact"),
        ("low rank adaptation", "normal form"),
        ("Low-Rank Adaptation method", "normal form"),
        ("system:lowrankadaptation", "id"),
        ("LoRAs", "normal form"),
    ],
)
def test_every_way_to_write_a_name(folder: Path, name: str, fit: str) -> None:
    entity = resolve(folder, name)[0].entity
    assert entity is not None
    assert (entity.id, entity.fit) == ("system:lowrankadaptation", fit)


def test_the_entity_that_more_papers_call_so_goes_first_and_the_others_are_told(folder: Path) -> None:
    found = resolve(folder, "VQA")[0]
    assert found.entity is not None
    assert found.entity.id == "task:visualquestionanswering"
    assert [(reason.surface, reason.rule, reason.support) for reason in found.entity.reasons] == [
        ("VQA", "same name", 5)
    ]
    assert [other.id for other in found.others] == ["dataset:vqa"]


def test_capitals_choose_between_two_things(folder: Path) -> None:
    assert known(folder, "LORA").id == "system:lora-2"
    assert known(folder, "LoRA").id == known(folder, "lora").id == "system:lowrankadaptation"


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("QLora2", "QLoRA"),
        ("question", "visual question answering"),
        ("ConvNte", "ConvNet"),
        ("zzzz", None),
        ("", None),
        ("'); DROP", None),
    ],
)
def test_an_unknown_name_gets_the_nearest(folder: Path, name: str, near: str | None) -> None:
    found = resolve(folder, name)[0]
    assert found.entity is None
    assert next(iter(found.near), None) == near
    with pytest.raises(UnknownNameError) as caught:
        known(folder, name)
    assert caught.value.near == found.near


def test_many_names_at_once_get_what_each_alone_gets(folder: Path) -> None:
    names = [surface for *_, surface, _ in ROWS] + ["unknown", "loras", "", "VQA"]
    alone = {found.name: found.entity and found.entity.id for found in resolve(folder, *names)}
    assert entity_ids(folder, names) == alone
    assert alone["unknown"] is None
    assert entity_ids(folder, []) == {}


@settings(max_examples=25)
@given(st.lists(st.text(max_size=8), max_size=5))
def test_no_text_breaks_it(folder: Path, names: list[str]) -> None:
    assert [found.name for found in resolve(folder, *names)] == names


def test_it_knows_the_groups_that_ids_begin_with() -> None:
    assert set(GROUPS) == set(LINKED.values())


def test_an_empty_graph_knows_nothing(tmp_path: Path) -> None:
    assert resolve(write(tmp_path / "empty"), "LoRA")[0].near == ()


def test_a_broken_table_is_named(tmp_path: Path) -> None:
    folder = write(tmp_path / "broken")
    (folder / "aliases.parquet").write_bytes(b"nothing")
    with pytest.raises(GraphError, match="aliases"):
        resolve(folder, "LoRA")
