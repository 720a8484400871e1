"""Rows by the thousand with their checksums, made while the server is busy with those before."""

import gc
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from itertools import islice
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from kg.exporters.neo4j.rows import Part, Row

Array = npt.NDArray[np.int64]


class Batch(NamedTuple):
    """Some rows of a part and the checksum of each."""

    rows: list[Row]
    checksums: Array


def batches(part: Part, size: int) -> Iterator[Batch]:
    """The rows of a part, ``size`` at a time."""
    rows = part.rows()
    while batch := read(rows, size):
        holders = (row["properties"] for row in batch) if part.source else batch
        yield Batch(batch, np.array([holder["checksum"] for holder in holders], dtype=np.int64))


def read(rows: Iterator[Row], size: int) -> list[Row]:
    with no_collector():
        return list(islice(rows, size))


@contextmanager
def no_collector() -> Iterator[None]:
    """Stops the collector of reference cycles: rows form none, and looking for them takes a third of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class Ahead:
    """Iterates over batches; :meth:`start` makes the next one in a thread.

    Called when the server has the last one: started earlier, the thread would only take the interpreter away from the
    driver, which packs rows in Python.
    """

    def __init__(self, items: Iterator[Batch]) -> None:
        self._items, self._pool = items, ThreadPoolExecutor(1)
        self._next: Future[Batch | None] | None = None

    def start(self) -> None:
        """Begins with the next batch; does nothing where that has happened."""
        if self._next is None:
            self._next = self._pool.submit(next, self._items, None)

    def __iter__(self) -> Iterator[Batch]:
        with self._pool:
            while (batch := self._take()) is not None:
                yield batch

    def _take(self) -> Batch | None:
        self.start()
        assert self._next is not None
        coming, self._next = self._next, None
        return coming.result()
