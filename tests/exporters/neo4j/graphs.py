"""Graph folders for the tests, and what a database holds of one, property by property."""

from operator import itemgetter
from pathlib import Path
from typing import Any

import pyarrow as pa

from kg.exporters.neo4j.connect import Server, connect
from kg.exporters.neo4j.rows import Source
from kg.exporters.neo4j.sync import Report, export_graph, nobody
from kg.store import cypher, folder
from kg.types import NODE_PROPERTIES, EdgeType

Row = dict[str, Any]


def write_graph(path: Path, tables: dict[str, pa.Table]) -> Path:
    """A graph folder of these tables."""
    with folder.locked(path):
        folder.replace(path, tables, {"counts": {}}, lambda new: cypher.load(new / folder.DATABASE, tables))
    return path


def export(path: Path, server: Server, name: str) -> Report:
    return export_graph(path, server, name, nobody)


def wanted(path: Path, name: str) -> dict[str, list[Row]]:
    """What a database should hold: label or type -> rows, nulls left out."""
    source = Source(path)
    found: dict[str, list[Row]] = {}
    for part in source.nodes():
        found[part.name] = [row | {"graph": name} for row in part.rows()]
    for part in source.edges():
        found[part.name] = [row | row.pop("properties") | {"graph": name} for row in part.rows()]
    return {kind: [_given(row) for row in rows] for kind, rows in found.items()}


NODES = "MATCH (x:Paper|Entity|Result) WHERE x.graph = $name RETURN labels(x) AS kinds, properties(x) AS row"
EDGES = """MATCH (a)-[x]->(b) WHERE x.graph = $name
RETURN [type(x)] AS kinds, x {.*, source: a.id, target: b.id} AS row"""


def held(server: Server, name: str) -> dict[str, list[Row]]:
    """What the database does hold of a graph, in the order of :func:`wanted`."""
    found: dict[str, list[Row]] = {kind: [] for kind in (*NODE_PROPERTIES, *EdgeType)}
    with connect(server) as driver:
        for query in (NODES, EDGES):
            for kinds, row in driver.execute_query(query, name=name, database_=server.database).records:
                found[next(kind for kind in kinds if kind in found)].append(row)
    for kind, rows in found.items():
        rows.sort(key=itemgetter("source", "target") if kind in set(EdgeType) else itemgetter("id"))
    return found


def _given(row: Row) -> Row:
    return {name: value for name, value in row.items() if value is not None}
