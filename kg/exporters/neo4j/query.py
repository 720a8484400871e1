"""Questions to a Neo4j server: read-only unless a write is asked for, answers as the embedded database gives them."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from kg.exporters.neo4j.connect import Server, connect
from kg.types import EDGE_PROPERTIES, NODE_PROPERTIES

if TYPE_CHECKING:
    from neo4j import ManagedTransaction


def ask(
    server: Server, cypher: str, parameters: Mapping[str, Any], *, write: bool = False
) -> tuple[Sequence[str], list[tuple[Any, ...]]]:
    """Runs one statement in one transaction and gives the names of the columns and the rows.

    Raises:
        QueryError: the server refuses the text, or it writes and ``write`` is not set.
        KGError: as :func:`kg.exporters.neo4j.connect.connect`.
    """

    def work(tx: "ManagedTransaction") -> tuple[Sequence[str], list[tuple[Any, ...]]]:
        result = tx.run(cypher, dict(parameters))
        return result.keys(), [tuple(plain(value) for value in record) for record in result]

    with connect(server) as driver, driver.session(database=server.database) as session:
        return session.execute_write(work) if write else session.execute_read(work)


def plain(value: Any) -> Any:
    """Nodes and relationships as dicts of ``label`` and the schema's properties, or all those of what others wrote."""
    from neo4j.graph import Node, Path, Relationship

    if isinstance(value, Node):
        label = next((name for name in sorted(value.labels) if name in NODE_PROPERTIES), ":".join(sorted(value.labels)))
        return _element(label, dict(value), NODE_PROPERTIES.get(label))
    if isinstance(value, Relationship):
        return _element(value.type, dict(value), EDGE_PROPERTIES)
    if isinstance(value, Path):
        ends = [
            {end: node.get("id") for end, node in zip(("source", "target"), rel.nodes, strict=True) if node}
            for rel in value.relationships
        ]
        rels = [plain(rel) | pair for rel, pair in zip(value.relationships, ends, strict=True)]
        return {"nodes": [plain(node) for node in value.nodes], "relationships": rels}
    if isinstance(value, list):
        return [plain(item) for item in value]
    return {key: plain(item) for key, item in value.items()} if isinstance(value, dict) else value


def _element(label: str, properties: dict[str, Any], known: Mapping[str, str] | None) -> dict[str, Any]:
    if known is None or "graph" not in properties:
        return {"label": label} | properties
    return {"label": label} | {name: properties.get(name) for name in known}
