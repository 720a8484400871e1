"""Parquet tables whose columns say what they hold."""

from collections.abc import Iterator
from contextlib import ExitStack

from kg.readers import _fields
from kg.readers._source import Source, to_seekable
from kg.records import Record

DOC = "Parquet table, one row a paper; columns are guessed or given with --field"


def sniff(head: str) -> int:
    return 100 if head.startswith("PAR1") else 0


def read(source: Source) -> Iterator[Record]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    with ExitStack() as stack:
        try:
            file = pq.ParquetFile(to_seekable(source.stream, stack), pre_buffer=False)
        except (pa.ArrowException, OSError) as error:
            source.set_aside(1, f"broken Parquet: {error}")
            return
        if not _fields.check(source, file.schema_arrow.names):
            return
        columns = _fields.columns(file.schema_arrow.names, source.fields)
        row = 0
        try:
            for batch in file.iter_batches(batch_size=1000, columns=columns):
                for item in batch.to_pylist():
                    row += 1
                    yield from source.record(row, **_fields.values(item, source.fields))
        except (pa.ArrowException, OSError) as error:
            source.set_aside(row + 1, f"broken Parquet: {error}; what follows cannot be read")
