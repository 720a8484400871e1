"""The graph folder appears whole, survives a killed run, and refuses what is not a graph."""

from pathlib import Path

import pytest

from kg.errors import GraphError
from kg.records import Edge
from kg.store import folder
from kg.store.tables import TABLES, to_table

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
    (tmp_path / "g" / "overrides.yaml").write_text("mine")
    write(tmp_path / "g", 5)
    assert folder.read_tables(tmp_path / "g", "edges")["edges"].num_rows == 5
    assert (tmp_path / "g" / "overrides.yaml").read_text() == "mine"


def test_an_error_while_writing_leaves_the_old_graph(tmp_path: Path) -> None:
    write(tmp_path / "g", 3)

    def fail(new: Path) -> None:
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"), folder.locked(tmp_path / "g"):
        folder.replace(tmp_path / "g", EMPTY, {}, fail)
    assert folder.read_tables(tmp_path / "g", "edges")["edges"].num_rows == 3


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
