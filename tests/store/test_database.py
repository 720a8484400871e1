"""The embedded database is made when somebody first asks: once, whole or not at all, by one process."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from kg.errors import GraphError
from kg.progress import Progress, silent
from kg.store import folder
from kg.store.database import make, open_database
from tests.store.test_cypher import small

PAPERS = "MATCH (p:Paper) RETURN count(p)"
KILLED = """
import os, signal, sys
from pathlib import Path
from kg.store.database import open_database

open_database(Path(sys.argv[1]), lambda *_: os.kill(os.getpid(), signal.SIGKILL))
"""


def write(target: Path) -> Path:
    with folder.locked(target):
        folder.replace(target, small(), {}, lambda new: None)
    return target


@pytest.fixture
def graph(tmp_path: Path) -> Path:
    return write(tmp_path / "g")


@pytest.fixture
def open_to_all() -> Iterator[Path]:
    """A graph that everybody may read; whoever runs this as root is somebody else meanwhile, whom permissions bind."""
    with TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        write(Path(name) / "g").chmod(0o555)
        Path(name).chmod(0o555)
        user = os.geteuid()
        os.seteuid(user or 65534)
        yield Path(name) / "g"
        os.seteuid(user)
        for path in (Path(name), Path(name) / "g"):
            path.chmod(0o755)


def ask(graph: Path, progress: Progress = silent) -> int:
    with open_database(graph, progress) as database:
        ((count,),) = database.query(PAPERS).rows
        return int(count)


def test_it_is_made_once(graph: Path) -> None:
    seen: list[tuple[str, int, int]] = []
    assert ask(graph, lambda *now: seen.append(now)) == 2
    assert {stage for stage, _, _ in seen} == {"Loading the database"}
    done = [done for _, done, _ in seen]
    assert done[0] == 0 < done[-1] < seen[0][2]
    made = (graph / "graph.lbug").stat()
    assert ask(graph, lambda *_: pytest.fail("made again")) == 2
    assert (graph / "graph.lbug").stat().st_ino == made.st_ino
    assert [path.name for path in graph.parent.iterdir()] == ["g"]


def test_a_killed_process_leaves_none(graph: Path) -> None:
    before = {path.name for path in graph.iterdir()}
    killed = subprocess.run([sys.executable, "-c", KILLED, str(graph)], check=False)
    assert killed.returncode == -signal.SIGKILL
    assert (folder.work_folder(graph) / "database" / "graph.lbug").exists()
    assert {path.name for path in graph.iterdir()} == before
    assert ask(graph) == 2
    assert not folder.work_folder(graph).exists()


def test_an_error_leaves_none(graph: Path) -> None:
    edges = graph / "edges.parquet"
    whole = edges.read_bytes()
    folder.write_tables(graph, {"edges": small()["edges"].slice(1)})
    with pytest.raises(GraphError, match="do not belong together"):
        ask(graph)
    assert not (graph / "graph.lbug").exists()
    assert not folder.work_folder(graph).exists()
    edges.write_bytes(whole)
    assert ask(graph) == 2


def test_one_process_makes_it_and_others_are_told(graph: Path) -> None:
    def meanwhile(*_: object) -> None:
        with pytest.raises(GraphError, match="being written by another process"):
            ask(graph)

    assert ask(graph, meanwhile) == 2
    assert ask(graph) == 2


def test_a_writer_and_who_makes_it_do_not_meet(graph: Path) -> None:
    with folder.locked(graph), pytest.raises(GraphError, match="being written by another process"):
        ask(graph)
    assert ask(graph) == 2


def test_who_looked_before_it_was_made_does_not_make_it_again(graph: Path) -> None:
    ask(graph)
    make(graph, lambda *_: pytest.fail("made again"))


def test_what_a_killed_build_has_finished_stays(graph: Path) -> None:
    shard = folder.work_folder(graph) / "shards" / "model" / "shard"
    shard.mkdir(parents=True)
    assert ask(graph) == 2
    assert shard.is_dir()


def test_a_graph_behind_a_link(graph: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    link = tmp_path / "elsewhere" / "link"
    link.symlink_to(graph)
    assert ask(link) == 2
    assert (graph / "graph.lbug").is_file()


def test_where_nobody_may_write_the_error_says_what_to_do(open_to_all: Path) -> None:
    with pytest.raises(GraphError, match=rf'Permission denied.*kg query -g {open_to_all} "RETURN 1"'):
        ask(open_to_all)
    assert not (open_to_all / "graph.lbug").exists()


def test_no_graph_is_an_error_and_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(GraphError, match="No graph in"):
        ask(tmp_path / "none")
    assert not list(tmp_path.iterdir())
