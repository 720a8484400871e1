"""The bulk files, taken by the real import tool into a server of their own; plus the commands around a server."""

import csv
import os
import resource
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.cli import main
from kg.errors import GraphError, InputError
from kg.exporters.neo4j import server as program
from kg.exporters.neo4j.admin import write
from kg.exporters.neo4j.connect import Server
from kg.exporters.neo4j.java import admin, fetch
from kg.exporters.neo4j.load import import_graph
from kg.exporters.neo4j.sync import Report, nobody
from kg.store.folder import REJECTED
from tests.exporters.neo4j.graphs import export, held, wanted, write_graph
from tests.exporters.sample import hostile, lineage
from tests.neo4j_server import Process, free_port, unavailable

ROOT = Path(__file__).parents[3]
PASSWORD = "with \"quotes\", 'others', \\ and #"
NAME = "bulk`\n'\""
NOTES = '{"file": "a.bib", "line": 7, "reason": "' + "x" * 5 * 2**20 + '"}\n'  # longer than the importer's buffer


@pytest.fixture(scope="module")
def bulk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Server]]:
    """A graph with hostile texts, and a server that holds it after a bulk import."""
    folder = tmp_path_factory.mktemp("bulk")
    try:
        fetch()
    except InputError as error:
        unavailable(str(error))
    graph = write_graph(folder / "graph", hostile())
    (graph / REJECTED).write_text(NOTES, encoding="utf-8")
    csv, home = folder / "csv (1), a+b", folder / "home"
    command = write(graph, csv, NAME)
    program.prepare(home, PASSWORD, port := free_port())
    script = ["sh", str(csv / "import.sh")]
    environment = os.environ | {"NEO4J_ADMIN": f"{sys.executable} -m kg neo4j admin --home {home}"}
    done = subprocess.run(
        script, env=environment | {"PYTHONPATH": str(ROOT)}, check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert (
        (csv / "import.sh")
        .read_text("utf-8")
        .splitlines()[1]
        .replace(' "$@"', "")
        .endswith(command[len("neo4j-admin") :])
    )
    server = program.start(home, PASSWORD, port)
    yield graph, server
    Process(folder).stop()


def test_a_bulk_import_is_what_the_export_would_have_written(bulk: tuple[Path, Server], tmp_path: Path) -> None:
    graph, server = bulk
    assert export(graph, server, NAME) == Report()
    assert import_graph(server, NAME, tmp_path / "copy", nobody) == []
    for path in (*graph.glob("*.parquet"), graph / REJECTED):
        assert (tmp_path / "copy" / path.name).read_bytes() == path.read_bytes()


def test_kg_neo4j_start_and_stop(bulk: tuple[Path, Server], monkeypatch: pytest.MonkeyPatch) -> None:
    home = bulk[0].parent / "home"
    other = str(free_port())
    monkeypatch.setenv("NEO4J_PASSWORD", PASSWORD)
    port = bulk[1].uri.rsplit(":", 1)[1]
    stopped = CliRunner().invoke(main, ["neo4j", "stop", "--home", str(home)])
    assert stopped.stdout == "Stopped.\n"
    again = CliRunner().invoke(main, ["neo4j", "stop", "--home", str(home)])
    assert again.exit_code == 1
    assert f"No Neo4j server runs in {home}" in again.stderr
    with socket.create_server(("127.0.0.1", int(other))):
        taken = CliRunner().invoke(main, ["neo4j", "start", "--home", str(home), "--port", other])
    assert f"Another program listens on port {other}" in taken.stderr
    mistaken = CliRunner().invoke(
        main, ["neo4j", "start", "--home", str(home), "--port", port], env={"NEO4J_PASSWORD": "mistaken-one"}
    )
    assert "refuses the user 'neo4j': wrong user or password" in mistaken.stderr
    assert not program.is_running(home)
    started = CliRunner().invoke(main, ["neo4j", "start", "--home", str(home), "--port", port])
    assert f"Neo4j answers at bolt://127.0.0.1:{port}" in started.stdout
    elsewhere = CliRunner().invoke(main, ["neo4j", "start", "--home", str(home), "--port", other])
    assert f"runs already, on port {port}: use that one, or stop it first" in elsewhere.stderr
    dropped = CliRunner().invoke(main, ["neo4j", "drop", NAME, "--uri", bulk[1].uri])
    assert "Removed" in dropped.stdout


@contextmanager
def disk_of(size: int) -> Iterator[None]:
    """Lets no file of a process started now grow beyond so many bytes, as a full disk would."""
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)


def test_a_full_disk_is_said_and_the_next_run_completes(bulk: tuple[Path, Server], tmp_path: Path) -> None:
    graph, host, port = bulk[0], Process(tmp_path), free_port()
    with disk_of(len(NOTES) - 2**20):
        server = program.start(host.home, PASSWORD, port)
    with pytest.raises(GraphError, match=r"cannot write; its disk may be full.*The [\d,]+ rows written so far stay"):
        export(graph, server, NAME)
    host.kill()
    program.start(host.home, PASSWORD, port)
    with pytest.raises(GraphError, match="did not finish"):
        import_graph(server, NAME, tmp_path / "copy", nobody)
    export(graph, server, NAME)
    assert held(server, NAME) == wanted(graph, NAME)
    host.kill()


def test_what_the_import_tool_says_is_one_line(bulk: tuple[Path, Server]) -> None:
    host = Process(bulk[0].parent)
    host.stop()
    with pytest.raises(GraphError, match=r"import full failed: File 'nope\.csv' doesn't exist$"):
        admin(host.home, "database", "import", "full", "--nodes=X=nope.csv", "neo4j")


def test_a_server_that_does_not_start_says_why(bulk: tuple[Path, Server], monkeypatch: pytest.MonkeyPatch) -> None:
    host = Process(bulk[0].parent)
    host.stop()
    monkeypatch.setattr(program, "SETTINGS", program.SETTINGS.replace("256m", "plenty"))
    with pytest.raises(GraphError, match=r"did not start. It says: .*plenty.* \(logs: "):
        program.start(host.home, PASSWORD, free_port())


def test_a_new_server_wants_a_password_that_it_can_take(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="needs at least 8 characters"):
        program.start(tmp_path / "home", "short", free_port())
    assert not (tmp_path / "home").exists()


def test_a_stale_number_is_not_taken_for_the_server(tmp_path: Path) -> None:
    program.pid_file(tmp_path).write_text(str(os.getpid()))
    with pytest.raises(GraphError, match="No Neo4j server runs in"):
        program.stop(tmp_path)


def test_cells_survive_any_csv_reader(tmp_path: Path) -> None:
    graph = write_graph(tmp_path / "graph", hostile())
    write(graph, tmp_path / "csv", "x")
    header = next(csv.reader((tmp_path / "csv" / "Paper-header.csv").open(encoding="utf-8", newline="")))
    with (tmp_path / "csv" / "Paper.csv").open(encoding="utf-8", newline="") as file:
        rows = [dict(zip(header, row, strict=True)) for row in csv.reader(file)]
    titles = hostile()["papers"]["title"].to_pylist()
    assert [row["title:string"] for row in rows] == titles
    assert header[0] == "id:ID(Paper)"


def test_the_separator_of_list_items_is_refused_in_a_text(tmp_path: Path) -> None:
    tables = lineage("2402.12354")
    rows = [row | {"surface": "a\x1fb"} for row in tables["aliases"].to_pylist()]
    tables["aliases"] = tables["aliases"].from_pylist(rows, schema=tables["aliases"].schema)
    with pytest.raises(InputError, match=r"holds the character U\+001F"):
        write(write_graph(tmp_path / "graph", tables), tmp_path / "csv", "x")
    assert not (tmp_path / "csv").exists()
