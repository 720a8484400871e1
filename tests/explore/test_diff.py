"""A comparison tells every difference once, the most telling first, and none where there is none."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from kg.errors import GraphError
from kg.explore.diff import CHANGES, KEYS, diff
from kg.records import Alias, Edge, Entity, Paper
from kg.store.tables import to_table
from tests.explore.make import write

LORA = Paper("1", "LoRA", "We propose LoRA.", "2021", (), None, None, "f:1", "d1")
QLORA = Paper("2", "QLoRA", "QLoRA extends LoRA.", "2023", (), None, None, "f:2", "d2")
THING = Entity("system:lora", "Method", "LoRA", (), 1, 1, "2021", "2021", ("1",), generic=False)
CLAIM = Edge("system:qlora", "BASED_ON", "system:lora", 1, 1, 0.5, None, "2023", "2023")
PAIR = Edge("system:lora", "CO_MENTIONED_WITH", "system:qlora", 9, 9, 0.5, 0.4, "2023", "2023")
NAME = Alias("LoRA", "system:lora", "same name", 1)


def tables(papers: list[Paper], entities: list[Entity], edges: list[Edge], aliases: list[Alias]) -> dict[str, pa.Table]:
    found: dict[str, tuple[Any, list[Any]]] = {
        "papers": (Paper, papers), "entities": (Entity, entities), "edges": (Edge, edges), "aliases": (Alias, aliases)
    }  # fmt: skip
    return {name: to_table(record, rows) for name, (record, rows) in found.items()}


OLD = tables([LORA], [THING], [PAIR], [NAME])


def compared(tmp_path: Path, old: dict[str, pa.Table], new: dict[str, pa.Table], **options: Any) -> dict[str, Any]:
    return diff(write(tmp_path / "old", old), write(tmp_path / "new", new), **options)


def test_a_graph_is_like_itself(tmp_path: Path) -> None:
    found = compared(tmp_path, OLD, OLD)
    assert {number for counts in found["counts"].values() for number in counts.values()} == {0}
    assert not any(found[name] for name in KEYS)


def test_what_came_and_went_is_told_from_both_sides(tmp_path: Path) -> None:
    more = replace(THING, id="system:qlora", name="QLoRA")
    new = tables([LORA, QLORA], [THING, more], [PAIR, CLAIM], [NAME, Alias("QLoRA", more.id, "same name", 1)])
    forth = compared(tmp_path, OLD, new)
    back = diff(tmp_path / "new", tmp_path / "old")
    for name in KEYS:
        assert forth["counts"][name]["added"] == back["counts"][name]["removed"] == len(forth[name]) == 1
        assert forth["counts"][name]["removed"] == back["counts"][name]["added"] == 0
        assert {**back[name][0], "change": "added"} == forth[name][0]
    assert (forth["edges"][0]["source_name"], forth["edges"][0]["target_name"]) == ("QLoRA", "LoRA")


def test_what_changed_says_how_it_was(tmp_path: Path) -> None:
    new = tables(
        [replace(LORA, date="2022")], [replace(THING, aliases=("lora",))], [replace(PAIR, papers=10)],
        [replace(NAME, rule="key"), Alias("LoRA", "system:lora", "same name", 1)],
    )  # fmt: skip
    found = compared(tmp_path, OLD, new)
    assert [found["counts"][name] for name in KEYS] == [
        {"added": 0, "removed": 0, "changed": 1} | ({"reweighed": 0} if name == "edges" else {}) for name in KEYS
    ]
    assert [found[name][0]["before"] for name in KEYS] == [
        {"date": "2021"}, {"aliases": []}, {"papers": 9}, {"rule": "same name", "support": 1}
    ]  # fmt: skip


def test_weights_that_move_with_the_number_of_papers_are_only_counted(tmp_path: Path) -> None:
    found = compared(tmp_path, OLD, tables([LORA], [THING], [replace(PAIR, npmi=0.3)], [NAME]))
    assert found["counts"]["edges"] == dict.fromkeys(CHANGES, 0) | {"reweighed": 1}
    assert found["edges"] == []


def test_an_entity_that_went_says_where_its_name_is(tmp_path: Path) -> None:
    other = replace(THING, id="system:lowrank", name="low-rank adaptation")
    names = [replace(NAME, entity="system:a"), *(replace(NAME, entity=other.id, rule=rule) for rule in ("x", "y"))]
    found = compared(tmp_path, OLD, tables([LORA], [other], [PAIR], names))
    assert [(row["change"], row["id"], row["elsewhere"]) for row in found["entities"]] == [
        ("added", other.id, []),
        ("removed", THING.id, [other.id, "system:a"]),
    ]


def test_claims_go_before_co_mentions_and_the_limit_cuts_each_kind(tmp_path: Path) -> None:
    pairs = [replace(PAIR, target=f"system:{number}", papers=number) for number in range(5)]
    new = tables([LORA], [THING], [*pairs, CLAIM], [NAME])
    found = compared(tmp_path, OLD, new, limit=3)
    assert [(row["type"], row["papers"]) for row in found["edges"]] == [
        *(("BASED_ON", 1), ("CO_MENTIONED_WITH", 4), ("CO_MENTIONED_WITH", 3)),
        ("CO_MENTIONED_WITH", 9),
    ]
    assert len(diff(tmp_path / "old", tmp_path / "new", limit=None)["edges"]) == 7


def test_a_folder_without_a_graph_or_of_another_version_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(GraphError, match="cannot be compared"):
        compared(tmp_path, OLD, OLD | {"papers": OLD["papers"].drop_columns("url")})
    with pytest.raises(GraphError, match="No graph in"):
        diff(tmp_path / "old", tmp_path)
