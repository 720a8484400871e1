"""Rows that belong to a node or an edge, kept on it as parallel lists.

The fourth evidence of an edge is ``evidence_paper[3]``, ``evidence_start[3]`` and so on. Neo4j's lists hold no null, so
a missing number is -1 (no offset is negative) and a missing text ``␀``.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from kg.errors import GraphError
from kg.records import Alias, Evidence, Mention, Relation, Result
from kg.store.tables import schema_of

Key = tuple[str, ...]
Lists = dict[str, list[Any]]
NO_NUMBER, NO_TEXT = -1, "␀"


class Rows(NamedTuple):
    """A table whose rows live on nodes or edges: what the lists are called, and the columns that name the owner."""

    table: str
    prefix: str
    record: type
    owner: Key

    @property
    def columns(self) -> dict[str, str]:
        """Column of the table -> name of the list."""
        names = [name for name in schema_of(self.record).names if name not in self.owner]
        return {name: f"{self.prefix}_{name}" for name in names}


OF_PAPERS = (
    Rows("mentions", "mention", Mention, ("paper",)),
    Rows("relations", "relation", Relation, ("paper",)),
    Rows("results", "result", Result, ("paper",)),
)
OF_ENTITIES = Rows("aliases", "alias", Alias, ("entity",))
OF_EDGES = Rows("evidence", "evidence", Evidence, ("type", "source", "target"))


def to_lists(rows: Rows, batches: Iterable[pa.RecordBatch]) -> Iterator[tuple[Key, Lists]]:
    """Each owner with its rows, which stand together, as parallel lists; :func:`from_lists` is the inverse."""
    rest: pa.Table | None = None
    for batch in batches:
        table = pa.Table.from_batches([batch])
        table = table if rest is None else pa.concat_tables([rest, table])
        starts = _starts(table, rows.owner)
        yield from _groups(rows, table.slice(0, starts[-1]), starts)
        rest = table.slice(starts[-1])
    if rest is not None:
        yield from _groups(rows, rest, [0, len(rest)])


def _starts(table: pa.Table, owner: Key) -> list[int]:
    """Where each owner's rows begin."""
    changed = pa.repeat(False, len(table) - 1)
    for name in owner:
        column = table[name].combine_chunks()
        changed = pc.or_(changed, pc.not_equal(column[1:], column[:-1]))
    return [0, *(place + 1 for place in pc.indices_nonzero(changed).to_pylist())]


def _groups(rows: Rows, table: pa.Table, starts: Sequence[int]) -> Iterator[tuple[Key, Lists]]:
    columns = {name: _without_null(table[column]) for column, name in rows.columns.items()}
    first = pa.array(starts[:-1], pa.int64())
    owners = [table[name].take(first).to_pylist() for name in rows.owner]
    for key, start, end in zip(zip(*owners, strict=True), starts, starts[1:], strict=False):
        yield key, {name: values[start:end] for name, values in columns.items()}


def _without_null(column: pa.ChunkedArray) -> list[Any]:
    if column.null_count:
        column = column.fill_null(NO_TEXT if pa.types.is_string(column.type) else NO_NUMBER)
    values: list[Any] = column.to_pylist()
    return values


def from_lists(rows: Rows, owner: Key, properties: Mapping[str, Any]) -> Lists:
    """The columns of the table for one owner; a list that is missing is empty.

    Raises:
        GraphError: the lists differ in length, so somebody changed one of them.
    """
    schema = schema_of(rows.record)
    found = {column: list(properties.get(name) or ()) for column, name in rows.columns.items()}
    lengths = {len(values) for values in found.values()}
    if len(lengths) != 1:
        raise GraphError(f"The lists {rows.prefix}_... of {' '.join(owner)} differ in length: export the graph again.")
    for column, values in found.items():
        if schema.field(column).nullable:
            found[column] = [None if value in (NO_TEXT, NO_NUMBER) else value for value in values]
    return found | {name: [value] * lengths.copy().pop() for name, value in zip(rows.owner, owner, strict=True)}


class Follower:
    """Hands out the rows of one owner after the other, in the order of a sorted table.

    Args:
        strict: every owner in the table will be asked for.
    """

    def __init__(self, rows: Rows, groups: Iterator[tuple[Key, Lists]], *, strict: bool) -> None:
        self._rows, self._groups, self._strict = rows, groups, strict
        self._none: Lists = {name: [] for name in rows.columns.values()}
        self._next = next(groups, None)

    def of(self, *owner: str) -> Lists:
        """The lists of this owner; owners come in ascending order.

        Raises:
            GraphError: there are rows of another owner in between.
        """
        while self._next and self._next[0] < owner:
            if self._strict:
                raise self._stray(self._next[0])
            self._next = next(self._groups, None)
        if not self._next or self._next[0] != owner:
            return self._none
        lists = self._next[1]
        self._next = next(self._groups, None)
        return lists

    def finish(self) -> None:
        """Checks that nothing is left over.

        Raises:
            GraphError: there is.
        """
        if self._strict and self._next:
            raise self._stray(self._next[0])

    def _stray(self, owner: Key) -> GraphError:
        where = " ".join(owner)
        return GraphError(
            f"The table {self._rows.table} is out of order or has rows of {where}, which is not there. Build anew."
        )
