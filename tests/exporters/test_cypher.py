from importlib.resources import files
from pathlib import Path
from typing import Any

import ladybug
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import InputError
from kg.exporters import cypher, export
from kg.store.network import to_networkx
from kg.types import EDGE_PROPERTIES, NODE_PROPERTIES
from tests.exporters.sample import hostile, lineage


@pytest.fixture
def database() -> ladybug.Connection:
    return ladybug.Connection(ladybug.Database(":memory:"))


def rows(database: ladybug.Connection, query: str) -> list[Any]:
    return [row for (row,) in database.execute(query).get_all()]


@pytest.mark.parametrize("tables", [lineage(), hostile()], ids=["lineage", "hostile"])
def test_the_script_makes_the_graph_in_the_embedded_database(tables: Any, database: Any, tmp_path: Path) -> None:
    export("cypher", tables, tmp_path / "graph.cypher", dialect="ladybug")
    graph = to_networkx(tables)
    for _ in range(2):  # a second run must change nothing
        database.execute((tmp_path / "graph.cypher").read_text(encoding="utf-8"))
        for label, properties in NODE_PROPERTIES.items():
            found = rows(database, f"MATCH (n:{label}) RETURN n")
            assert len(found) == sum(data["label"] == label for _, data in graph.nodes(data=True))
            for node in found:
                assert pick(node, properties) == pick(graph.nodes[node["id"]], properties)
        found = database.execute("MATCH (a)-[r]->(b) RETURN a.id, b.id, label(r), r").get_all()
        assert len(found) == graph.number_of_edges()
        for source, target, kind, edge in found:
            assert pick(edge, EDGE_PROPERTIES) == pick(graph.edges[source, target, kind], EDGE_PROPERTIES)


def pick(data: dict[str, Any], names: Any) -> dict[str, Any]:
    return {name: data[name] for name in names}


def test_batches_are_cut_to_size(database: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cypher, "BATCH", 7)
    export("cypher", lineage(), tmp_path / "graph.cypher", dialect="ladybug")
    database.execute((tmp_path / "graph.cypher").read_text(encoding="utf-8"))
    assert rows(database, "MATCH ()-[r]->() RETURN count(*)") == [len(lineage()["edges"])]


@pytest.mark.parametrize(("dialect", "package"), [("neo4j", "kg.exporters.neo4j"), ("ladybug", "kg.store")])
def test_the_head_is_the_declared_schema(dialect: str, package: str, tmp_path: Path) -> None:
    export("cypher", lineage(), tmp_path / "x", dialect=dialect)
    text = (tmp_path / "x").read_text(encoding="utf-8").replace(" IF NOT EXISTS", "")
    declared = files(package).joinpath("schema.cypher").read_text("utf-8").replace(" IF NOT EXISTS", "")
    assert text[: text.index("UNWIND")].splitlines() == declared.splitlines()[1:]


@given(st.text())
def test_a_literal_is_the_text_and_nothing_else(text: str) -> None:
    literal = cypher._string(text)
    assert CONNECTION.execute(f"RETURN {literal} AS text").get_all() == [[text]]
    inside = literal[1:-1].replace("\\\\", "").replace("\\'", "")
    assert "'" not in inside  # what Neo4j reads as the end of a literal
    assert "\\u" not in inside or any(ord(c) < 32 or ord(c) > 126 for c in text)  # read before all else


CONNECTION = ladybug.Connection(ladybug.Database(":memory:"))


def test_unknown_dialect_lists_what_there_is(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"Unknown Cypher dialect 'gremlin'; there are neo4j, ladybug\."):
        export("cypher", lineage(), tmp_path / "x", dialect="gremlin")
