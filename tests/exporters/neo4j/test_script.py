"""The Cypher script on a real server, and beside the export: one schema, one shape of nodes, one graph."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kg.exporters import export as export_file
from kg.exporters.neo4j.connect import connect
from tests.exporters.neo4j.graphs import export, held, wanted, write_graph
from tests.exporters.sample import PAPERS, hostile, lineage
from tests.neo4j_server import Neo4j

NAME = "it's `a`"
FEW = tuple(PAPERS)[:7]


@pytest.fixture(autouse=True)
def _clean(neo4j: Neo4j) -> Iterator[None]:
    yield
    neo4j.forget(NAME, "other")


def run(neo4j: Neo4j, tables: Any, target: Path) -> int:
    """Runs the script of a graph; gives the number of nodes and relationships that it made."""
    export_file("cypher", tables, target, name=NAME)
    made = 0
    with connect(neo4j.server) as driver:
        for statement in target.read_text(encoding="utf-8").split(";\n")[:-1]:
            counters = driver.execute_query(statement, database_=neo4j.server.database).summary.counters
            made += counters.nodes_created + counters.relationships_created
    return made


def shared(rows: dict[str, list[dict[str, Any]]], known: dict[str, list[dict[str, Any]]], *but: str) -> Any:
    """The properties that the script writes too."""
    names = {kind: {name for row in found for name in row}.difference(but) for kind, found in known.items()}
    return {
        kind: [{name: value for name, value in row.items() if name in names[kind]} for row in found]
        for kind, found in rows.items()
    }


# The offsets of the hostile tables are those of other texts: no sentence is to be had from them.
@pytest.mark.parametrize(
    ("tables", "but"), [(lineage(), {"checksum"}), (hostile(), {"checksum", "sentence"})], ids=["lineage", "hostile"]
)
def test_the_script_makes_the_graph_and_the_export_takes_it_over(
    neo4j: Neo4j, tables: Any, but: set[str], tmp_path: Path
) -> None:
    path = write_graph(tmp_path / "graph", tables)
    assert run(neo4j, tables, tmp_path / "x.cypher") > 0
    there = held(neo4j.server, NAME)
    assert shared(there, there, *but) == shared(wanted(path, NAME), there, *but)
    assert run(neo4j, tables, tmp_path / "x.cypher") == 0
    report = export(path, neo4j.server, NAME)
    assert (report.nodes_created, report.relationships_created) == (1, 0)  # the node of the graph as a whole
    assert held(neo4j.server, NAME) == wanted(path, NAME)


def test_a_script_loaded_over_an_export_is_set_right_by_the_next(neo4j: Neo4j, tmp_path: Path) -> None:
    path = write_graph(tmp_path / "graph", lineage(*FEW))
    export(path, neo4j.server, "other")
    export(path, neo4j.server, NAME)
    assert run(neo4j, lineage(), tmp_path / "x.cypher") > 0
    report = export(path, neo4j.server, NAME)
    assert report.nodes_deleted > 0
    for name in (NAME, "other"):
        assert held(neo4j.server, name) == wanted(path, name)
