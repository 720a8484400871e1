"""The graph folder appears whole, survives a killed run, and refuses what is not a graph."""

import shutil
from functools import partial
from pathlib import Path

import pytest

from kg.errors import GraphError
from kg.records import Edge, Paper, Rejected
from kg.store import folder
from kg.store.tables import TABLES, from_table, to_table

EMPTY = {name: to_table(record, []) for name, record in TABLES.items()}


def write(target: Path, edges: int = 0) -> None:
    rows = [Edge("a", "USES", str(i), 1, 1, 0.5, None, None, None) for i in range(edges)]
    with folder.locked(target):
        folder.replace(target, EMPTY | {"edges": to_table(Edge, rows)}, {"n": edges}, lambda new: None)


def test_what_is_written_is_read(tmp_path: Path) -> None:
    write(tmp_path / "g", 3)
    assert folder.read_tables(tmp_path / "g")["edges"].num_rows == 3
    assert folder.read_manifest(tmp_path / "g")["n"] == 3
    assert sorted(path.name for path in tmp_path.iterdir()) == ["g"]


def test_a_second_write_replaces_and_keeps_foreign_files(tmp_path: Path) -> None:
    write(tmp_path / "g", 3)
    (tmp_path / "g" / "notes.txt").write_text("mine")
    write(tmp_path / "g", 5)
    assert folder.read_tables(tmp_path / "g", "edges")["edges"].num_rows == 5
    assert (tmp_path / "g" / "notes.txt").read_text() == "mine"


def test_an_error_while_writing_leaves_the_old_graph(tmp_path: Path) -> None:
    write(tmp_path / "g", 3)

    def fail(new: Path) -> None:
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"), folder.locked(tmp_path / "g"):
        folder.replace(tmp_path / "g", EMPTY, {}, fail)
    assert folder.read_tables(tmp_path / "g", "edges")["edges"].num_rows == 3


def test_a_table_that_cannot_be_written_leaves_the_old_graph(tmp_path: Path) -> None:
    write(tmp_path / "g", 3)
    with pytest.raises(OSError, match="no/such"), folder.locked(tmp_path / "g"):
        folder.replace(tmp_path / "g", EMPTY | {"no/such": EMPTY["edges"]}, {}, lambda new: None)
    assert folder.read_tables(tmp_path / "g", "edges")["edges"].num_rows == 3
    assert not folder.work_folder(tmp_path / "g").exists()


def test_an_error_keeps_finished_shards(tmp_path: Path) -> None:
    shard = folder.work_folder(tmp_path / "g") / "shards" / "model" / "shard"
    shard.mkdir(parents=True)
    with pytest.raises(ZeroDivisionError), folder.locked(tmp_path / "g"):
        1 / 0  # noqa: B018
    assert shard.is_dir()


def test_reserve_and_rejected_are_there_only_when_they_hold_something(tmp_path: Path) -> None:
    paper = Paper("1", "T", "A", None, (), None, None, "f:1", "d")
    notes = [Rejected("a\u2028b\n.csv", 1, "no abstract"), Rejected("ü", 0, '"')]
    for reserve, rejected in (([paper], notes), ([], [])):
        with folder.locked(tmp_path / "g"):
            tables = EMPTY | {folder.RESERVE: to_table(Paper, reserve)}
            folder.replace(tmp_path / "g", tables, {}, partial(folder.write_rejected, rejected=rejected))
        assert list(from_table(Paper, folder.read_reserve(tmp_path / "g"))) == reserve
        assert folder.read_rejected(tmp_path / "g") == rejected
        names = {path.name for path in (tmp_path / "g").iterdir()}
        assert names & {"reserve.parquet", "rejected.jsonl"} == (
            {"reserve.parquet", "rejected.jsonl"} if reserve else set()
        )
        assert len(names) == (11 if reserve else 9)


def test_killed_between_the_two_renames(tmp_path: Path) -> None:
    write(tmp_path / "g", 3)
    (folder.work_folder(tmp_path / "g")).mkdir()
    (tmp_path / "g").rename(folder.work_folder(tmp_path / "g") / "old")
    assert folder.check_graph(tmp_path / "g") == tmp_path / "g"
    assert folder.read_manifest(tmp_path / "g")["n"] == 3


def test_two_writers_do_not_meet(tmp_path: Path) -> None:
    with (
        folder.locked(tmp_path / "g"),
        pytest.raises(GraphError, match="another process"),
        folder.locked(tmp_path / "g"),
    ):
        pass


def test_refuses_a_folder_of_something_else(tmp_path: Path) -> None:
    (tmp_path / "thesis.tex").write_text("x")
    with pytest.raises(GraphError, match="not a graph"):
        folder.check_target(tmp_path)
    with pytest.raises(GraphError, match="kg build"):
        folder.check_graph(tmp_path)


def test_killed_after_the_two_renames(tmp_path: Path) -> None:
    write(tmp_path / "g", 3)
    shutil.copytree(tmp_path / "g", folder.work_folder(tmp_path / "g") / "old")
    write(tmp_path / "g", 5)
    assert folder.read_tables(tmp_path / "g", "edges")["edges"].num_rows == 5
    assert not folder.work_folder(tmp_path / "g").exists()


def test_what_a_killed_query_left_of_the_old_database_is_not_kept(tmp_path: Path) -> None:
    write(tmp_path / "g", 3)
    for name in ("graph.lbug", "graph.lbug.wal", "graph.lbug.bak"):
        (tmp_path / "g" / name).write_text("old")
    write(tmp_path / "g", 5)
    assert {path.name for path in (tmp_path / "g").glob("graph.lbug*")} == {"graph.lbug.bak"}


def test_whoever_keeps_leaves_finished_shards(tmp_path: Path) -> None:
    with folder.locked(tmp_path / "g", keep=True) as work:
        pass
    assert not work.exists()
    (work / "shards" / "model" / "shard").mkdir(parents=True)
    with folder.locked(tmp_path / "g", keep=True):
        pass
    assert (work / "shards" / "model" / "shard").is_dir()
    with folder.locked(tmp_path / "g"):
        pass
    assert not work.exists()
