"""Brings a Neo4j database to the state of a graph folder: writes what is new or changed, removes what went.

Every node and relationship carries the name of its graph and a checksum of its row. Rows whose checksum is there
already are not sent; checksums that no row has any more are removed. So a second run writes nothing, an interrupted
one is completed by the next, and another graph in the same database is never touched.
"""

import time
from array import array
from collections import defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib.resources import files
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
import numpy.typing as npt

from kg.errors import GraphError, InputError
from kg.exporters.neo4j.connect import Server, connect
from kg.exporters.neo4j.rows import Part, Row, Source, base
from kg.store.folder import MANIFEST, check_graph
from kg.types import ENTITY_TYPES, NODE_PROPERTIES, EdgeType

if TYPE_CHECKING:
    from neo4j import ManagedTransaction, ResultSummary, Session

T = TypeVar("T")
Progress = Callable[[str, int, int], None]
Array = npt.NDArray[np.int64]
BATCH = 5_000  # rows a transaction; measured in benchmarks/neo4j.py
LONGEST_NAME = 200  # characters of a graph's name: it stands in every index entry
OWN_NODES = "MATCH (x:Paper|Entity|Result|KnowledgeGraph) WHERE x.graph = $graph"
PIECES = "x.checksum % 32, collect(x.checksum)"
ALL_NODES = f"MATCH (x:Paper|Entity|Result) WHERE x.graph = $graph RETURN labels(x), {PIECES}"
ALL_EDGES = f"MATCH ()-[x]->() WHERE x.graph = $graph RETURN [type(x)], {PIECES}"
SCHEMA = frozenset([*NODE_PROPERTIES, *EdgeType])


class Checksums(dict[str, Array]):
    """Label or type -> checksums, ascending; none where there is nothing."""

    def __missing__(self, name: str) -> Array:
        return np.empty(0, dtype=np.int64)


@dataclass(slots=True)
class Report:
    """What a run did to the database."""

    nodes_created: int = 0
    relationships_created: int = 0
    written: int = 0
    nodes_deleted: int = 0
    relationships_deleted: int = 0

    def add(self, summary: "ResultSummary") -> None:
        for name in ("nodes_created", "relationships_created", "nodes_deleted", "relationships_deleted"):
            setattr(self, name, getattr(self, name) + getattr(summary.counters, name))


def export_graph(folder: Path, server: Server, name: str, progress: Progress) -> Report:
    """Makes the graph ``name`` in the database what the folder holds.

    Raises:
        InputError: the name cannot be one; the server refuses (see :func:`kg.exporters.neo4j.connect.connect`).
        GraphError: no graph in the folder, the server fails, or afterwards the database does not hold what it should.
    """
    check_name(name)
    source = Source(check_graph(folder))
    with connect(server) as driver, driver.session(database=server.database) as session:
        return Sync(session, name, progress).run(source)


def nobody(*_: object) -> None:
    """The progress report of a run that nobody watches."""


def check_name(name: str) -> str:
    """The name, if a graph can have it.

    Raises:
        InputError: it is empty or too long.
    """
    if not 0 < len(name) <= LONGEST_NAME:
        raise InputError(f"A graph's name has 1 to {LONGEST_NAME} characters; this one has {len(name)}.")
    return name


class Sync:
    """One run for one graph in one database."""

    def __init__(self, session: "Session", name: str, progress: Progress) -> None:
        self.session, self.name, self.progress = session, name, progress
        self.report = Report()

    def run(self, source: Source) -> Report:
        """All of it, in an order that leaves no relationship without its nodes."""
        for statement in schema():
            self.write(statement)
        self.write("MERGE (g:KnowledgeGraph {graph: $graph}) SET g.complete = false")
        have, want = self.checksums(), Checksums()
        for part in source.nodes():
            want[part.name] = self.put(part, node_statement(part.name), have[part.name])
        for part in source.edges():
            want[part.name] = self.put(part, edge_statement(part), have[part.name])
            self.remove(part, np.setdiff1d(have[part.name], want[part.name]), "DELETE x")
        for part in source.nodes():
            self.remove(part, np.setdiff1d(have[part.name], want[part.name]), "DETACH DELETE x")
        self.check(want)
        manifest = (source.folder / MANIFEST).read_text(encoding="utf-8")
        self.write("MATCH (g:KnowledgeGraph {graph: $graph}) SET g.complete = true, g.manifest = $text", text=manifest)
        return self.report

    def put(self, part: Part, statement: str, have: Array) -> Array:
        """Writes the rows whose checksums are not there yet; gives the checksums of all rows, ascending."""
        found = [np.empty(0, dtype=np.int64)]
        for rows, checksums in ahead(batches(part)):
            known = np.isin(checksums, have)
            fresh = [row for row, is_known in zip(rows, known.tolist(), strict=True) if not is_known]
            if fresh:
                self.write(statement, rows=fresh)
                self.report.written += len(fresh)
            found.append(checksums)
            self.progress(f"Writing {part.name}", sum(map(len, found)), 0)
        return np.sort(np.concatenate(found))

    def checksums(self) -> Checksums:
        """The checksums of what the database holds of the graph, ascending, by label and type.

        One query for all labels and one for all types, as a query a label would take longer to plan than to run; some
        dozens of lists, as a record a checksum would take the driver ten times as long to read.
        """

        def work(tx: "ManagedTransaction") -> Checksums:
            found: dict[str, array[int]] = defaultdict(lambda: array("q"))
            for query in (ALL_NODES, ALL_EDGES):
                for labels, _, checksums in tx.run(query, graph=self.name):
                    found[next(filter(SCHEMA.__contains__, labels), "")].extend(checksums)
            return Checksums((name, np.sort(np.frombuffer(values, dtype=np.int64))) for name, values in found.items())

        return self.session.execute_read(work)

    def remove(self, part: Part, checksums: Array, delete: str) -> None:
        """Takes away what has one of these checksums."""
        statement = f"MATCH {pattern(part)} WHERE x.graph = $graph AND x.checksum IN $checksums {delete}"
        for start in range(0, len(checksums), BATCH):
            self.write(statement, checksums=checksums[start : start + BATCH].tolist())

    def check(self, want: Checksums) -> None:
        """Compares what the database holds with the folder, label by label and type by type.

        Raises:
            GraphError: counts or checksums differ.
        """
        have = self.checksums()
        for name in want.keys() | have.keys():
            found, asked = have[name], want[name]
            if not np.array_equal(found, asked):
                raise GraphError(
                    f"The database holds {len(found):,} {name} of {self.name!r}, the folder {len(asked):,}, and "
                    f"{len(np.setxor1d(found, asked)):,} differ: something else writes there. Run it again."
                )

    def write(self, statement: str, **parameters: Any) -> None:
        """One write transaction; the driver tries it again with growing pauses when the server is busy or restarts.

        A commit whose answer got lost is tried again too: every statement here can run twice.
        """
        from neo4j.exceptions import IncompleteCommit

        def work(tx: "ManagedTransaction") -> "ResultSummary":
            return tx.run(statement, graph=self.name, **parameters).consume()

        for pause in (1, 2, 4, 8, 0):
            try:
                self.report.add(self.session.execute_write(work))
                return
            except IncompleteCommit:
                if not pause:
                    raise
                time.sleep(pause)


def schema() -> list[str]:
    """The constraints and indexes; each says IF NOT EXISTS."""
    text = (files(__package__) / "schema.cypher").read_text(encoding="utf-8")
    return [line.rstrip(";") for line in text.splitlines() if line.startswith("CREATE")]


def pattern(part: Part) -> str:
    """Matches the part's elements as x; names come from the schema."""
    return f"()-[x:`{part.name}`]->()" if part.source else f"(x:`{part.name}`)"


def node_statement(label: str) -> str:
    """An entity that has changed its type keeps its node and its relationships."""
    others = [other for other in ENTITY_TYPES if other != label] if label in ENTITY_TYPES else []
    forget = f" REMOVE x:{':'.join(others)}" if others else ""
    return f"UNWIND $rows AS row MERGE (x:{base(label)} {{graph: $graph, id: row.id}}) SET x:{label}, x += row{forget}"


def edge_statement(part: Part) -> str:
    """The hints matter: on an empty database the planner would rather scan all nodes, and keep that plan for long."""
    found = " ".join(
        f"MATCH ({x}:{label} {{graph: $graph, id: row.{end}}}) USING INDEX SEEK {x}:{label}(graph, id)"
        for x, label, end in (("a", part.source, "source"), ("b", part.target, "target"))
    )
    return f"UNWIND $rows AS row {found} MERGE (a)-[x:`{part.name}` {{graph: $graph}}]->(b) SET x += row.properties"


def batches(part: Part) -> Iterator[tuple[list[Row], Array]]:
    """The rows of a part by the thousand, with their checksums."""
    rows = part.rows()
    while batch := list(islice(rows, BATCH)):
        holders = (row["properties"] for row in batch) if part.source else batch
        yield batch, np.array([holder["checksum"] for holder in holders], dtype=np.int64)


def ahead(items: Iterator[T]) -> Iterator[T]:
    """The items, each made while the one before is still in use: the server works meanwhile, not this process."""
    with ThreadPoolExecutor(1) as pool:
        coming = pool.submit(next, items, None)
        while (item := coming.result()) is not None:
            coming = pool.submit(next, items, None)
            yield item


def drop_graph(server: Server, name: str) -> Report:
    """Removes everything that kg wrote under this name, finished or not; what others wrote stays.

    Raises:
        GraphError: the database has no such graph.
    """
    with connect(server) as driver, driver.session(database=server.database) as session:
        sync = Sync(session, name, nobody)
        before = -1
        while before < sync.report.nodes_deleted:
            before = sync.report.nodes_deleted
            sync.write(f"{OWN_NODES} WITH x LIMIT {BATCH} DETACH DELETE x")
    if not sync.report.nodes_deleted:
        raise GraphError(f"The database has no graph {name!r} that kg wrote.")
    return sync.report
