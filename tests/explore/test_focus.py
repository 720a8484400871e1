"""The neighbourhood that is drawn: strong links first, generic hubs left out, nothing dangling."""

import pyarrow as pa
import pytest

from kg.explore.focus import focus
from kg.records import Edge, Entity, Evidence
from kg.store.tables import TABLES, to_table


def edge(source: str, type: str, target: str, papers: int = 1) -> Edge:
    return Edge(f"system:{source}", type, f"system:{target}", papers, 1, 0.5, None, None, None)


@pytest.fixture
def tables() -> dict[str, pa.Table]:
    names = ["a", "b", "c", "d", "hub"]
    entities = [Entity(f"system:{n}", "Method", n, (), 1, 1, None, None, (), n == "hub") for n in names]
    edges = [
        edge("a", "USES", "b"),
        edge("b", "USES", "c"),
        edge("a", "CO_MENTIONED_WITH", "d", 9),
        edge("a", "USES", "hub", 50),
    ]
    proof = [Evidence(e.source, e.type, e.target, "p1", None, None, 0.5, "t") for e in edges]
    empty = {name: to_table(record, []) for name, record in TABLES.items()}
    return empty | {
        "entities": to_table(Entity, entities),
        "edges": to_table(Edge, edges),
        "evidence": to_table(Evidence, proof),
    }


@pytest.mark.parametrize(("depth", "nodes", "expected"), [(1, 60, "abd"), (2, 60, "abcd"), (1, 2, "ab"), (2, 3, "abd")])
def test_takes_the_strongest_within_depth(tables: dict[str, pa.Table], depth: int, nodes: int, expected: str) -> None:
    part = focus(tables, "system:a", depth=depth, nodes=nodes)
    assert part["entities"]["name"].to_pylist() == list(expected)
    ends = {*part["edges"]["source"].to_pylist(), *part["edges"]["target"].to_pylist()}
    assert ends <= {f"system:{name}" for name in expected}
    assert part["evidence"].num_rows == part["edges"].num_rows


def test_a_generic_entity_can_be_the_focus(tables: dict[str, pa.Table]) -> None:
    assert focus(tables, "system:hub")["entities"]["name"].to_pylist() == ["a", "hub"]
