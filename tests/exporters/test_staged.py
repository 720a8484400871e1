from pathlib import Path

import pytest

from kg.errors import InputError
from kg.exporters._staged import staged_file, staged_folder


def write_half(path: Path) -> None:
    path.write_text("half")
    raise RuntimeError


def test_a_file_that_fails_half_way_leaves_the_old_one(tmp_path: Path) -> None:
    target = tmp_path / "graph.json"
    target.write_text("old")
    with pytest.raises(RuntimeError), staged_file(target) as path:
        write_half(path)
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_folder_that_fails_half_way_leaves_the_old_one(tmp_path: Path) -> None:
    target = tmp_path / "graph"
    with staged_folder(target, "*.csv") as path:
        (path / "a.csv").write_text("old")
    with pytest.raises(RuntimeError), staged_folder(target, "*.csv") as path:
        write_half(path / "b.csv")
    assert [file.name for file in target.iterdir()] == ["a.csv"]
    assert list(tmp_path.iterdir()) == [target]


def test_a_folder_replaces_an_earlier_export_whole(tmp_path: Path) -> None:
    for name in ("a.csv", "b.csv"):
        with staged_folder(tmp_path / "graph", "*.csv") as path:
            (path / name).write_text("x")
    assert [file.name for file in (tmp_path / "graph").iterdir()] == ["b.csv"]


def test_a_folder_with_anything_else_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "thesis.tex").write_text("years of work")
    with pytest.raises(InputError, match=r"holds thesis\.tex"), staged_folder(tmp_path, "*.csv"):
        pass
    assert (tmp_path / "thesis.tex").read_text() == "years of work"


def test_a_folder_is_no_file_and_a_file_no_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(InputError, match="is a folder"), staged_file(tmp_path):
        pass
    with pytest.raises(InputError, match="is a file"), staged_folder(tmp_path / "file"):
        pass


def test_missing_folders_are_made(tmp_path: Path) -> None:
    with staged_file(tmp_path / "a" / "b" / "graph.json") as path:
        path.write_text("x")
    assert (tmp_path / "a" / "b" / "graph.json").read_text() == "x"
