"""Graph folders for the tests, and what a database holds of one, property by property."""

from pathlib import Path
from typing import Any

import pyarrow as pa

from kg.exporters.neo4j.connect import Server, connect
from kg.exporters.neo4j.rows import Source
from kg.exporters.neo4j.sync import Report, export_graph, nobody, pattern
from kg.store import cypher, folder

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


def held(server: Server, path: Path, name: str) -> dict[str, list[Row]]:
    """What the database does hold of a graph, in the order of :func:`wanted`."""
    source, found = Source(path), {}
    with connect(server) as driver:
        for part in [*source.nodes(), *source.edges()]:
            ends = "{source: startNode(x).id, target: endNode(x).id}" if part.source else "{}"
            query = f"MATCH {pattern(part)} WHERE x.graph = $name RETURN properties(x) AS x, {ends} AS ends"
            records = driver.execute_query(query, name=name, database_=server.database).records
            rows = [_given(record["x"] | record["ends"]) for record in records]
            found[part.name] = sorted(
                rows, key=lambda row: (row["source"], row["target"]) if part.source else (row["id"],)
            )
    return found


def _given(row: Row) -> Row:
    return {name: value for name, value in row.items() if value is not None}
