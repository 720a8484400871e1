"""Brings a Neo4j database to the state of a graph folder: writes what is new or changed, removes what went.

Every node and relationship carries the name of its graph and a checksum of its row. Rows whose checksum is there
already are not sent; checksums that no row has any more are removed. So a second run writes nothing, an interrupted
one is completed by the next, and another graph in the same database is never touched.
"""

import time
from array import array
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from kg.errors import GraphError, InputError
from kg.exporters.neo4j import statements
from kg.exporters.neo4j.batches import Ahead, Array, batches
from kg.exporters.neo4j.connect import Server, connect
from kg.exporters.neo4j.rows import Part, Source
from kg.progress import Progress
from kg.store.folder import check_graph
from kg.types import NODE_PROPERTIES, EdgeType

if TYPE_CHECKING:
    from neo4j import ManagedTransaction, ResultSummary, Session, SummaryCounters

LONGEST_NAME = 200  # characters of a graph's name: it stands in every index entry
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

    def add(self, counters: "SummaryCounters") -> None:
        for name in ("nodes_created", "relationships_created", "nodes_deleted", "relationships_deleted"):
            setattr(self, name, getattr(self, name) + getattr(counters, name))


def export_graph(folder: Path, server: Server, name: str, progress: Progress) -> Report:
    """Makes the graph ``name`` in the database what the folder holds.

    Raises:
        InputError: the name cannot be one; the server refuses (see :func:`kg.exporters.neo4j.connect.connect`).
        GraphError: no graph in the folder, the server fails, or afterwards the database does not hold what it should.
    """
    check_name(name)
    source, report = Source(check_graph(folder)), Report()
    try:
        with connect(server) as driver, driver.session(database=server.database) as session:
            Sync(session, name, progress, report).run(source)
    except GraphError as error:
        if not report.written:
            raise
        raise GraphError(f"{error} The {report.written:,} rows written so far stay: run it again to go on.") from error
    return report


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


def drop_graph(server: Server, name: str) -> Report:
    """Removes everything that kg wrote under this name, finished or not; what others wrote stays.

    Raises:
        GraphError: the database has no such graph.
    """
    report = Report()
    with connect(server) as driver, driver.session(database=server.database) as session:
        sync = Sync(session, name, nobody, report)
        for statement in statements.DROP:
            while sync.write(statement).contains_updates:
                pass
    if not report.nodes_deleted:
        raise GraphError(f"The database has no graph {name!r} that kg wrote.")
    return report


def is_in(values: Array, ascending: Array) -> npt.NDArray[np.bool_]:
    """Which of the values stand in a sorted array; ``numpy.isin`` would sort the whole array each time."""
    if not len(ascending):
        return np.zeros(len(values), dtype=np.bool_)
    places = np.searchsorted(ascending, values)
    found: npt.NDArray[np.bool_] = ascending[np.minimum(places, len(ascending) - 1)] == values
    return found


class Sync:
    """One run for one graph in one database."""

    def __init__(self, session: "Session", name: str, progress: Progress, report: Report) -> None:
        self.session, self.name, self.progress, self.report = session, name, progress, report

    def run(self, source: Source) -> None:
        """All of it, in an order that leaves no relationship without its nodes."""
        for statement in [*statements.schema(), statements.BEGIN]:
            self.write(statement)
        have, want = self.checksums(), Checksums()
        nodes, edges = source.nodes(), source.edges()
        for part in nodes:
            want[part.name] = self.put(part, have[part.name])
        for part in edges:
            want[part.name] = self.put(part, have[part.name])
            self.remove(part, np.setdiff1d(have[part.name], want[part.name]))
        for part in nodes:
            self.remove(part, np.setdiff1d(have[part.name], want[part.name]))
        self.progress("Checking", 0, 0)
        self.check(want)
        self.write(statements.END, **source.about())

    def put(self, part: Part, have: Array) -> Array:
        """Writes the rows whose checksums are not there yet; gives the checksums of all rows, ascending."""
        statement, found = statements.put(part), [np.empty(0, dtype=np.int64)]
        coming = Ahead(batches(part, statements.BATCH))
        for rows, checksums in coming:
            known = is_in(checksums, have).tolist()
            fresh = [row for row, is_known in zip(rows, known, strict=True) if not is_known]
            if fresh:
                self.write(statement, meanwhile=coming.start, rows=fresh)
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
            for query in (statements.ALL_NODES, statements.ALL_EDGES):
                for labels, _, checksums in tx.run(query, graph=self.name):
                    found[next(filter(SCHEMA.__contains__, labels), "")].extend(checksums)
            return Checksums((name, np.sort(np.frombuffer(values, dtype=np.int64))) for name, values in found.items())

        return self.session.execute_read(work)

    def remove(self, part: Part, checksums: Array) -> None:
        """Takes away what has one of these checksums."""
        for start in range(0, len(checksums), statements.BATCH):
            some = checksums[start : start + statements.BATCH]
            self.write(statements.remove(part), checksums=some.tolist())

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
                    f"{len(np.setxor1d(found, asked)):,} differ: something else writes there."
                )

    def write(self, statement: str, *, meanwhile: Callable[[], None] = nobody, **parameters: Any) -> "SummaryCounters":
        """One write transaction; the driver tries it again with growing pauses when the server is busy or restarts.

        A commit whose answer got lost is tried again too: every statement here can run twice.

        Args:
            meanwhile: called when the server has run the statement and is about to commit.
        """
        from neo4j.exceptions import IncompleteCommit

        def work(tx: "ManagedTransaction") -> "ResultSummary":
            result = tx.run(statement, graph=self.name, **parameters)
            meanwhile()
            return result.consume()

        for pause in (1, 2, 4, 8, 0):
            try:
                counters = self.session.execute_write(work).counters
                break
            except IncompleteCommit:
                if not pause:
                    raise
                time.sleep(pause)
        self.report.add(counters)
        return counters
