"""The embedded Cypher database of a graph folder: loaded from the tables once, then only read."""

from collections.abc import Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from types import TracebackType
from typing import Any, Self, cast

import ladybug
import pyarrow as pa
from pyarrow.dataset import Dataset

from kg.errors import GraphError, QueryError
from kg.progress import Progress, silent
from kg.store import property_graph
from kg.store.property_graph import Tables
from kg.store.statement import check_reads, explain
from kg.types import EDGE_PROPERTIES, NODE_PROPERTIES, PAIRS


def load(path: Path, tables: Tables, progress: Progress = silent) -> None:
    """Makes the database file from the tables of a graph; when it returns, the file is complete and closed.

    Args:
        path: the file to make; it must not exist yet.
        tables: papers, results, entities, edges and evidence (in the order that the linker gives them); from the disk
            they take less memory.
        progress: is told of the rows that are nodes and edges now, and of all there are.

    Raises:
        GraphError: the file exists, or the tables do not belong together.
    """
    if path.exists():
        raise GraphError(f"{path} exists already; the database is only ever made anew.")
    # One checkpoint when the file closes instead of one after each of some hundred steps: four times as fast.
    with ladybug.Database(path, auto_checkpoint=False) as database, ladybug.Connection(database) as connection:
        for statement in files("kg.store").joinpath("schema.cypher").read_text("utf-8").split(";\n"):
            if statement.strip():
                connection.execute(statement)
        done, total = 0, sum(map(count, (tables[name] for name in ("papers", "results", "entities", "edges"))))
        with ThreadPoolExecutor(1) as beside:  # COPY keeps one core busy: the next rows are made on another
            copied: Future[Any] | None = None
            for statement, rows in copies(tables):
                if copied:
                    copied.result()
                progress("Loading the database", done, total)
                copied = beside.submit(connection.execute, statement, {"rows": rows})
                done += rows.num_rows
            if copied:
                copied.result()


def count(table: pa.Table | Dataset) -> int:
    rows: int = table.num_rows if isinstance(table, pa.Table) else table.count_rows()
    return rows


def copies(tables: Tables) -> Iterator[tuple[str, pa.Table]]:
    """The statements that load the nodes and then the edges, each with its rows."""
    for label, table in property_graph.nodes(tables):
        yield f"COPY `{label}` FROM $rows", table
    # Co-mentions, two thirds of all edges, while the database holds little yet: its memory grows with what it has.
    types = sorted(PAIRS, key=lambda name: name != "CO_MENTIONED_WITH")
    for edges in property_graph.edges(tables, types):
        yield f"COPY `{edges.type}` FROM $rows (from='{edges.source}', to='{edges.target}')", edges.table


@dataclass(frozen=True, slots=True)
class QueryResult:
    """The answer to a query: the names of its columns, and its rows as plain Python values."""

    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]


class Database:
    """A graph's database, open for reading; with ``write`` a query may change it.

    Raises:
        GraphError: there is no database at ``path``, or the file is none.
    """

    def __init__(self, path: Path, *, write: bool = False) -> None:
        self._write = write
        if not path.is_file():
            raise GraphError(f"There is no graph database at {path}. Build one with: kg build FILE...")
        try:
            self._database = ladybug.Database(path, read_only=not write)
        except RuntimeError as error:
            raise GraphError(f"{path} is not a graph database that can be read: {explain(str(error))}") from error
        self._connection = ladybug.Connection(self._database)

    def query(self, cypher: str, parameters: Mapping[str, Any] | None = None) -> QueryResult:
        """Runs one statement, which only reads unless the database was opened to write.

        Nodes become dicts of their properties with ``label``, relationships too, paths dicts of ``nodes`` and
        ``relationships``; in a path a relationship also says ``source`` and ``target``, the ids of its ends.

        Raises:
            QueryError: the text is no Cypher, names what the schema does not know, or would do more than read.
        """
        if not self._write:
            check_reads(cypher, parameters or {})
        try:
            # A list of results comes only of several statements, which were refused above.
            with cast(ladybug.QueryResult, self._connection.execute(cypher, dict(parameters or {}))) as result:
                columns, rows = result.get_column_names(), result.get_all()
        except RuntimeError as error:
            raise QueryError(explain(str(error))) from error
        return QueryResult(tuple(columns), [tuple(map(plain, row)) for row in rows])

    def close(self) -> None:
        self._connection.close()
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def plain(value: Any) -> Any:
    """A database value without internal ids and without the empty properties of other labels."""
    if isinstance(value, list):
        return [plain(item) for item in value]
    if not isinstance(value, dict):
        return value
    if "_NODES" in value:
        return _path(value)
    if "_SRC" in value:
        return {"label": value["_LABEL"]} | {name: value[name] for name in EDGE_PROPERTIES}
    if "_LABEL" in value:
        return {"label": value["_LABEL"]} | {name: value[name] for name in NODE_PROPERTIES[value["_LABEL"]]}
    return {key: plain(item) for key, item in value.items()}


def _path(value: dict[str, Any]) -> dict[str, Any]:
    ids = {tuple(node["_ID"].values()): node["id"] for node in value["_NODES"]}
    ends = [[ids.get(tuple(rel[end].values())) for end in ("_SRC", "_DST")] for rel in value["_RELS"]]
    return {
        "nodes": plain(value["_NODES"]),
        "relationships": [
            plain(rel) | {"source": a, "target": b} for rel, (a, b) in zip(value["_RELS"], ends, strict=True)
        ],
    }
