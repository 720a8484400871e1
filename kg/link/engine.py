"""Where the expressions run: an in-memory DuckDB with bounded threads and memory, which spills to the disk."""

from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryDirectory

import ibis
import pyarrow as pa
from ibis.backends.duckdb import Backend
from ibis.expr.types import Table, Value

THREADS = 2
MEMORY = "1200MB"


@contextmanager
def connect() -> Iterator[Backend]:
    """A fresh DuckDB; what does not fit into ``MEMORY`` goes to a temporary folder that is gone afterwards."""
    with TemporaryDirectory(prefix="kg-link-") as folder:
        backend = ibis.duckdb.connect(threads=THREADS, memory_limit=MEMORY, temp_directory=folder)
        backend.raw_sql("SET enable_progress_bar = false")
        try:
            yield backend
        finally:
            backend.disconnect()


def read(backend: Backend, name: str, table: pa.Table) -> Table:
    """An Arrow table as an expression; nothing is copied."""
    backend.con.register(name, table)
    return backend.table(name)


def keep(backend: Backend, name: str, rows: Table) -> Table:
    """Computes an expression once, for the many that read it."""
    return backend.create_table(name, rows, temp=True)


def discard(backend: Backend, *names: str) -> None:
    """Gives back what kept tables hold, when nothing will read them any more."""
    for name in names:
        backend.raw_sql(f"DROP TABLE {name}")  # Ibis 12's own drop_table forgets the name


def fetch(backend: Backend, rows: Table, schema: pa.Schema, *order: str | Value) -> pa.Table:
    """The rows in a total order and in exactly this schema."""
    return backend.to_pyarrow(rows.order_by(order).select(*schema.names)).cast(schema)


def best(rows: Table, keys: tuple[str, ...], *order: Value) -> Table:
    """The first row of each group of ``keys`` in a total order; unlike an aggregate, it keeps a row together."""
    window = ibis.window(group_by=keys, order_by=order)
    return rows.mutate(_rank=ibis.row_number().over(window)).filter(ibis._._rank == 0).drop("_rank")
