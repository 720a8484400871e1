"""kg export neo4j, kg import neo4j and their help, on a real server."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg.cli import main
from tests.exporters.neo4j.graphs import write_graph
from tests.exporters.sample import lineage
from tests.neo4j_server import Neo4j, neo4j, users

__all__ = ["neo4j", "users"]
COMMANDS = ["export neo4j", "export neo4j-admin", "export html", "import neo4j"]


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.mark.parametrize("command", COMMANDS)
def test_help_has_an_example(command: str) -> None:
    assert f"kg {command}" in run(*command.split(), "--help").stdout.split("Example:")[1]


def test_export_then_import(neo4j: Neo4j, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET", neo4j.server.password)
    graph = write_graph(tmp_path / "of-the-cli", lineage())
    login = ["--uri", neo4j.server.uri, "--password-env", "SECRET"]
    first = run("export", "neo4j", "-g", graph, *login).stdout
    assert f"{len(lineage()['edges']):,} relationships created" in first
    again = run("export", "neo4j", "-g", graph, *login).stdout
    assert "0 nodes and 0 relationships created, 0 and 0 deleted, 0 rows written" in again
    copy = tmp_path / "copy"
    assert run("import", "neo4j", "-g", copy, "--name", "of-the-cli", *login).stdout == f"Wrote {copy}.\n"
    assert (copy / "edges.parquet").read_bytes() == (graph / "edges.parquet").read_bytes()
    assert "Removed" in run("neo4j", "drop", "of-the-cli", *login).stdout


def test_without_a_password_nothing_is_tried(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NEO4J_PASSWORD", raising=False)
    refused = run("export", "neo4j", "-g", tmp_path)
    assert refused.exit_code == 1
    assert "NEO4J_PASSWORD" in refused.stderr
