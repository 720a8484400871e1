"""The bulk files, taken by the real import tool into a server of their own; plus the commands around a server."""

import csv
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.cli import main
from kg.errors import InputError
from kg.exporters.neo4j import server as program
from kg.exporters.neo4j.admin import write
from kg.exporters.neo4j.connect import Server
from kg.exporters.neo4j.load import import_graph
from kg.exporters.neo4j.sync import Report, nobody
from tests.exporters.neo4j.graphs import export, write_graph
from tests.exporters.sample import hostile, lineage
from tests.neo4j_server import PASSWORD, Process, free_port, unavailable

NAME = "bulk`\n'\""


@pytest.fixture(scope="module")
def bulk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Server]]:
    """A graph with hostile texts, and a server that holds it after a bulk import."""
    folder = tmp_path_factory.mktemp("bulk")
    try:
        program.fetch()
    except InputError as error:
        unavailable(str(error))
    graph = write_graph(folder / "graph", hostile())
    command = shlex.split(write(graph, folder / "csv", NAME))
    assert (folder / "csv" / "import.sh").read_text(encoding="utf-8").splitlines()[1] == shlex.join(command)
    program.prepare(folder / "home", PASSWORD, port := free_port())
    program.admin(folder / "home", *command[1:])
    server = program.start(folder / "home", PASSWORD, port)
    yield graph, server
    Process(folder).kill()


def test_a_bulk_import_is_what_the_export_would_have_written(bulk: tuple[Path, Server], tmp_path: Path) -> None:
    graph, server = bulk
    assert export(graph, server, NAME) == Report()
    assert import_graph(server, NAME, tmp_path / "copy", nobody) == []
    for path in graph.glob("*.parquet"):
        assert (tmp_path / "copy" / path.name).read_bytes() == path.read_bytes()


def test_kg_neo4j_start_and_stop(bulk: tuple[Path, Server], monkeypatch: pytest.MonkeyPatch) -> None:
    home = bulk[0].parent / "home"
    monkeypatch.setenv("NEO4J_PASSWORD", PASSWORD)
    port = bulk[1].uri.rsplit(":", 1)[1]
    stopped = CliRunner().invoke(main, ["neo4j", "stop", "--home", str(home)])
    assert stopped.stdout == "Stopped.\n"
    again = CliRunner().invoke(main, ["neo4j", "stop", "--home", str(home)])
    assert again.exit_code == 1
    assert f"No Neo4j server runs in {home}" in again.stderr
    started = CliRunner().invoke(main, ["neo4j", "start", "--home", str(home), "--port", port])
    assert f"Neo4j answers at bolt://127.0.0.1:{port}" in started.stdout
    dropped = CliRunner().invoke(main, ["neo4j", "drop", NAME, "--uri", bulk[1].uri])
    assert "Removed" in dropped.stdout


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
