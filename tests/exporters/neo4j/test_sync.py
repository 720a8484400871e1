"""Against a real server: what is written is what the folder holds, whatever happens in between."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import GraphError, InputError
from kg.exporters.neo4j import statements
from kg.exporters.neo4j.connect import connect
from kg.exporters.neo4j.load import import_graph
from kg.exporters.neo4j.sync import Report, drop_graph, export_graph, is_in, nobody
from tests.exporters.neo4j.graphs import export, held, wanted, write_graph
from tests.exporters.sample import PAPERS, hostile, lineage
from tests.neo4j_server import Neo4j

FEW = tuple(PAPERS)[:7]


@pytest.fixture(autouse=True)
def _clean(neo4j: Neo4j) -> Iterator[None]:
    yield
    neo4j.forget("a", "b")


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_graph(tmp_path_factory.mktemp("few") / "graph", lineage(*FEW))


@pytest.fixture(scope="module")
def all_papers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_graph(tmp_path_factory.mktemp("all") / "graph", lineage())


def run(neo4j: Neo4j, query: str) -> list[list[object]]:
    with connect(neo4j.server) as driver:
        return [list(record) for record in driver.execute_query(query, database_=neo4j.server.database).records]


def test_the_first_run_writes_everything_and_the_second_nothing(neo4j: Neo4j, all_papers: Path) -> None:
    first = export(all_papers, neo4j.server, "a")
    rows = wanted(all_papers, "a")
    assert first.written == sum(map(len, rows.values()))
    assert first.nodes_created == sum(len(rows[kind]) for kind in rows if not kind.isupper()) + 1
    assert first.relationships_created == sum(len(rows[kind]) for kind in rows if kind.isupper())
    assert held(neo4j.server, "a") == rows
    assert export(all_papers, neo4j.server, "a") == Report()


def test_adding_and_retracting_papers_brings_the_new_state(neo4j: Neo4j, few: Path, all_papers: Path) -> None:
    export(few, neo4j.server, "a")
    added = export(all_papers, neo4j.server, "a")
    assert held(neo4j.server, "a") == wanted(all_papers, "a")
    assert added.nodes_deleted == 0
    retracted = export(few, neo4j.server, "a")
    assert held(neo4j.server, "a") == wanted(few, "a")
    assert retracted.nodes_deleted == added.nodes_created > 0
    assert retracted.relationships_deleted == added.relationships_created > 0


def test_an_entity_that_changes_its_type_keeps_its_relationships(neo4j: Neo4j, few: Path, tmp_path: Path) -> None:
    tables = lineage(*FEW)
    entities = tables["entities"].to_pylist()
    for row in entities:
        row["type"] = "Method" if row["name"] == "BERT" else row["type"]
    changed = tables | {"entities": tables["entities"].from_pylist(entities, schema=tables["entities"].schema)}
    export(few, neo4j.server, "a")
    report = export(write_graph(tmp_path / "changed", changed), neo4j.server, "a")
    assert (report.nodes_created, report.nodes_deleted, report.relationships_created) == (0, 0, 0)
    assert run(neo4j, "MATCH (n {name: 'BERT'}) RETURN labels(n)") == [[["Entity", "Method"]]]


def test_two_graphs_and_what_others_wrote_stay_apart(neo4j: Neo4j, few: Path, all_papers: Path) -> None:
    run(neo4j, "CREATE (:Method {id: 'system:lora', name: 'LoRA', note: 'mine'})")
    export(few, neo4j.server, "a")
    export(all_papers, neo4j.server, "b")
    run(neo4j, "MATCH (n:Method {graph: 'b', name: 'LoRA'}) SET n.note = 'read this'")
    export(few, neo4j.server, "b")
    export(all_papers, neo4j.server, "a")
    assert held(neo4j.server, "a") == wanted(all_papers, "a")
    drop_graph(neo4j.server, "a")
    notes = run(neo4j, "MATCH (n {name: 'LoRA'}) RETURN n.graph, n.note ORDER BY n.note")
    run(neo4j, "MATCH (n:Method {note: 'mine'}) DELETE n")
    assert notes == [[None, "mine"], ["b", "read this"]]


@pytest.mark.parametrize("steps", [1, 4, 9, 16, 23])
def test_a_killed_run_is_completed_by_the_next(neo4j: Neo4j, all_papers: Path, tmp_path: Path, steps: int) -> None:
    server = neo4j.server
    killed = f"""
import os, pathlib
from kg.exporters.neo4j import connect, statements, sync
left = iter(range({steps}))
statements.BATCH = 25
server = connect.Server(uri={server.uri!r}, user={server.user!r}, password={server.password!r})
report = lambda *_: next(left, None) is None and os.kill(os.getpid(), 9)
sync.export_graph(pathlib.Path({str(all_papers)!r}), server, "a", report)
"""
    assert subprocess.run([sys.executable, "-c", killed], check=False).returncode == -9
    assert sum(map(len, held(server, "a").values())) < sum(map(len, wanted(all_papers, "a").values()))
    with pytest.raises(GraphError, match="did not finish"):
        import_graph(server, "a", tmp_path / "graph", nobody)
    export(all_papers, server, "a")
    assert held(server, "a") == wanted(all_papers, "a")


def test_a_server_that_dies_and_comes_back_costs_nothing(
    neo4j: Neo4j, all_papers: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    restarts: list[threading.Thread] = []

    def restart(stage: str, done: int, total: int) -> None:
        if stage == "Writing CO_MENTIONED_WITH" and not restarts:
            neo4j.host.kill()
            restarts.append(threading.Thread(target=neo4j.host.start))
            restarts[0].start()

    monkeypatch.setattr(statements, "BATCH", 50)
    export_graph(all_papers, neo4j.server, "a", restart)
    restarts[0].join()
    assert held(neo4j.server, "a") == wanted(all_papers, "a")


def test_a_database_that_differs_in_the_end_is_an_error(
    neo4j: Neo4j, few: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    statement = statements.put_edges
    monkeypatch.setattr(statements, "put_edges", lambda part: statement(part).replace("row.target", "'lost'"))
    with pytest.raises(
        GraphError, match=r"holds 0 [A-Z_]+ of 'a', the folder .* rows written so far stay: run it again"
    ):
        export(few, neo4j.server, "a")


def test_a_constraint_of_somebody_else_is_named(neo4j: Neo4j, few: Path) -> None:
    run(neo4j, "CREATE (:Method {id: 'system:lora'})")
    run(neo4j, "CREATE CONSTRAINT others FOR (n:Method) REQUIRE n.id IS UNIQUE")
    try:
        with pytest.raises(GraphError, match=r"constraint or index that kg did not make is in the way: .*system:lora"):
            export(few, neo4j.server, "a")
    finally:
        run(neo4j, "DROP CONSTRAINT others")
        run(neo4j, "MATCH (n:Method {id: 'system:lora'}) WHERE n.graph IS NULL DELETE n")


def test_a_graph_larger_than_a_transaction_is_dropped_as_a_whole(
    neo4j: Neo4j, few: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(statements, "DROP", [text.replace("5000", "7") for text in statements.DROP])
    before = export(few, neo4j.server, "a")
    dropped = drop_graph(neo4j.server, "a")
    created = (before.nodes_created, before.relationships_created)
    assert (dropped.nodes_deleted, dropped.relationships_deleted) == created
    assert min(created) > 7


@given(st.lists(st.integers(-9, 9)), st.sets(st.integers(-9, 9)))
def test_is_in_finds_what_is_there(values: list[int], there: set[int]) -> None:
    found = is_in(np.array(values, dtype=np.int64), np.array(sorted(there), dtype=np.int64))
    assert found.tolist() == [value in there for value in values]


def test_a_name_must_fit(neo4j: Neo4j, few: Path) -> None:
    for name in ("", "x" * 201):
        with pytest.raises(InputError, match="1 to 200 characters"):
            export(few, neo4j.server, name)
    with pytest.raises(GraphError, match="no graph 'never'"):
        drop_graph(neo4j.server, "never")


def test_hostile_texts_are_stored_to_the_letter(neo4j: Neo4j, tmp_path: Path) -> None:
    path = write_graph(tmp_path / "hostile", hostile())
    export(path, neo4j.server, "a`}) DETACH DELETE n //")
    assert held(neo4j.server, "a`}) DETACH DELETE n //") == wanted(path, "a`}) DETACH DELETE n //")
    neo4j.forget("a`}) DETACH DELETE n //")
