"""The Parquet tables of a graph folder: one per record type, schema derived from the record, bytes the same on every
run.
"""

import types
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields
from operator import attrgetter
from pathlib import Path
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

import pyarrow as pa
import pyarrow.parquet as pq

from kg.records import Alias, Edge, Entity, Evidence, Mention, Paper, Relation, Result

PAPER_TABLES: dict[str, type] = {"papers": Paper, "mentions": Mention, "relations": Relation, "results": Result}
GRAPH_TABLES: dict[str, type] = {"entities": Entity, "aliases": Alias, "edges": Edge, "evidence": Evidence}
TABLES: dict[str, type] = PAPER_TABLES | GRAPH_TABLES
_ARROW = {str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_()}
ROW_GROUP = 100_000
T = TypeVar("T")


def schema_of(record: type) -> pa.Schema:
    """The Arrow schema of a record type: tuples become lists, ``| None`` becomes nullable."""
    hints = get_type_hints(record)
    return pa.schema([_field(field.name, hints[field.name]) for field in fields(record)])


def _field(name: str, hint: Any) -> pa.Field:
    options = [option for option in get_args(hint) if option is not type(None)]
    if get_origin(hint) in (Union, types.UnionType):
        return pa.field(name, _ARROW[options[0]], nullable=True)
    if get_origin(hint) is tuple:
        return pa.field(name, pa.list_(pa.string()), nullable=False)
    return pa.field(name, _ARROW[hint], nullable=False)


def to_table(record: type[T], rows: Iterable[T]) -> pa.Table:
    """Records -> Arrow table in the order given; the inverse of :func:`from_table`."""
    schema = schema_of(record)
    columns: list[Sequence[Any]] = [*zip(*map(attrgetter(*schema.names), rows), strict=True)] or [()] * len(schema)
    return pa.Table.from_arrays([pa.array(c, type=f.type) for c, f in zip(columns, schema, strict=True)], schema=schema)


def from_table(record: type[T], table: pa.Table) -> Iterator[T]:
    """Arrow table -> records, streamed batch by batch."""
    names = [field.name for field in fields(record)]  # type: ignore[arg-type]
    for batch in table.select(names).to_batches(max_chunksize=10_000):
        for values in zip(*(column.to_pylist() for column in batch.columns), strict=True):
            yield record(*(tuple(value) if isinstance(value, list) else value for value in values))


def write_table(path: Path, table: pa.Table) -> None:
    """Writes Parquet whose bytes depend on the rows alone."""
    with pq.ParquetWriter(path, table.schema, compression="zstd", store_schema=False) as writer:
        for start in range(0, max(table.num_rows, 1), ROW_GROUP):  # chunks are joined group by group: no second table
            writer.write_table(table.slice(start, ROW_GROUP).combine_chunks(), ROW_GROUP)


def read_table(path: Path, record: type) -> pa.Table:
    """Reads a table and gives it the record's exact schema."""
    return pq.read_table(path).select([field.name for field in fields(record)]).cast(schema_of(record))
