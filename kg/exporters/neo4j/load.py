"""Out of a Neo4j database and back into a graph folder: the exact inverse of the export."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from kg.errors import GraphError
from kg.exporters.neo4j.connect import Server, connect
from kg.exporters.neo4j.lists import OF_EDGES, OF_ENTITIES, OF_PAPERS, Lists, Rows, from_lists
from kg.progress import Progress
from kg.store import cypher
from kg.store import folder as graph_folder
from kg.store.tables import TABLES, schema_of
from kg.types import ENTITY_TYPES, EdgeType

if TYPE_CHECKING:
    from neo4j import ManagedTransaction, Session

Row = dict[str, Any]
Tables = dict[str, pa.Table]
NODES = "MATCH (x:`{}`) WHERE x.graph = $graph RETURN coalesce(x.full_id, x.id) AS id, properties(x) AS properties"
EDGES = (
    "MATCH (a)-[x:`{}`]->(b) WHERE x.graph = $graph RETURN coalesce(a.full_id, a.id) AS source, "
    "coalesce(b.full_id, b.id) AS target, properties(x) AS properties"
)


def import_graph(server: Server, name: str, folder: Path, progress: Progress) -> list[str]:
    """Makes ``folder`` the graph ``name`` of the database; a graph that is there is replaced.

    Returns:
        the tables that are not, byte for byte, what the last export wrote: somebody has edited the graph in Neo4j.

    Raises:
        InputError: the server refuses (see :func:`kg.exporters.neo4j.connect.connect`).
        GraphError: the database has no such graph, its export did not finish, it lacks a property, or the folder is
            something else than a graph.
    """
    graph_folder.check_target(folder)
    with graph_folder.locked(folder):
        with connect(server) as driver, driver.session(database=server.database) as session:
            reader = Reader(session, name, progress)
            about = reader.about()
            manifest, tables = json.loads(about["manifest"]), reader.tables()

        def finish(new: Path) -> None:
            if "rejected" in about:
                (new / graph_folder.REJECTED).write_text(about["rejected"], encoding="utf-8")
            cypher.load(new / graph_folder.DATABASE, tables)

        counts = {name: table.num_rows for name, table in tables.items()}
        graph_folder.replace(folder, tables, manifest | {"counts": counts}, finish)
        found = graph_folder.read_manifest(folder)["tables"]
    return [table for table in TABLES if found[table] != manifest["tables"].get(table)]


class Reader:
    """One graph of a database, read into tables."""

    def __init__(self, session: "Session", name: str, progress: Progress) -> None:
        self.session, self.name, self.progress = session, name, progress

    def about(self) -> Row:
        """What the export wrote about the graph as a whole.

        Raises:
            GraphError: it wrote nothing, or did not finish.
        """
        graphs: dict[str, Row] = {
            row["g"]["graph"]: row["g"] for row in self.read("MATCH (g:KnowledgeGraph) RETURN properties(g) AS g")
        }
        if self.name not in graphs:
            known = ", ".join(map(repr, sorted(graphs))) or "none"
            raise GraphError(f"The database has no graph {self.name!r} that kg wrote; it has {known}.")
        if not graphs[self.name]["complete"]:
            raise GraphError(f"The last export of {self.name!r} did not finish: run it again before importing.")
        return graphs[self.name]

    def read(self, query: str) -> list[Row]:
        def work(tx: "ManagedTransaction") -> list[Row]:
            return [dict(record) for record in tx.run(query, graph=self.name)]

        return self.session.execute_read(work)

    def tables(self) -> Tables:
        """All eight, in the order in which the linker sorts them."""
        papers = self.read(NODES.format("Paper"))
        papers.sort(key=lambda row: (row["properties"].get("position", -1), row["id"]))
        found = {"papers": [row["properties"] | {"id": row["id"]} for row in papers]}
        papers.sort(key=lambda row: row["id"])
        tables = {rows.table: gather(rows, (((row["id"],), row["properties"]) for row in papers)) for rows in OF_PAPERS}
        entities = [row | {"type": label} for label in ENTITY_TYPES for row in self.read(NODES.format(label))]
        entities.sort(key=lambda row: row["id"])
        found["entities"] = [row["properties"] | {"id": row["id"], "type": row["type"]} for row in entities]
        tables["aliases"] = gather(OF_ENTITIES, (((row["id"],), row["properties"]) for row in entities))
        tables |= {name: to_columns(name, rows) for name, rows in found.items()} | self.edge_tables()
        return {name: tables[name] for name in TABLES}

    def edge_tables(self) -> Tables:
        parts: dict[str, list[pa.Table]] = {"edges": [], "evidence": []}
        for kind in sorted(EdgeType):
            rows = sorted(self.read(EDGES.format(kind)), key=lambda row: (row["source"], row["target"]))
            ends = [(kind, row["source"], row["target"]) for row in rows]
            flat = [row["properties"] | row | {"type": kind} for row in rows]
            parts["edges"].append(to_columns("edges", flat))
            parts["evidence"].append(gather(OF_EDGES, zip(ends, (row["properties"] for row in rows), strict=True)))
            self.progress(f"Reading {kind}", len(rows), len(rows))
        return {name: pa.concat_tables(tables) for name, tables in parts.items()}


def gather(rows: Rows, owners: "Iterator[tuple[tuple[str, ...], Row]]") -> pa.Table:
    """The table whose rows lie as lists on these owners, in their order."""
    columns: Lists = {name: [] for name in schema_of(rows.record).names}
    for owner, properties in owners:
        for name, values in from_lists(rows, owner, properties).items():
            columns[name].extend(values)
    return to_arrow(rows.table, columns)


def to_columns(table: str, rows: list[Row]) -> pa.Table:
    """Properties -> columns; a list that is missing is an empty one (Neo4j's bulk import makes no empty lists)."""
    columns: Lists = {}
    for field in schema_of(TABLES[table]):
        columns[field.name] = [row.get(field.name) for row in rows]
        if pa.types.is_list(field.type):
            columns[field.name] = [value or [] for value in columns[field.name]]
    return to_arrow(table, columns)


def to_arrow(table: str, columns: Lists) -> pa.Table:
    schema = schema_of(TABLES[table])
    try:
        arrays = [pa.array(columns[field.name], field.type) for field in schema]
    except (pa.ArrowInvalid, pa.ArrowTypeError) as error:
        raise GraphError(f"A property does not fit the table of {table}: {error}. Export the graph again.") from error
    for field, array in zip(schema, arrays, strict=True):
        if array.null_count and not field.nullable:
            raise GraphError(f"{array.null_count} rows of {table} lack {field.name}. Export the graph again.")
    return pa.Table.from_arrays(arrays, schema=schema)
