"""The graph folder: eight Parquet tables and a manifest, replaced as a whole or not at all.

Beside them, only where there is something in it: ``reserve.parquet``, the records that the graph does not show since
another record stands for the same paper; ``left_out.parquet``, claims in doubt and what closes a circle of lineage;
``rejected.jsonl``, what could not be read; ``overrides.yaml``, what a person said about names; and ``graph.lbug``, the
embedded database, which goes with the tables that it was loaded from (see :mod:`kg.store.database`).

A new folder is written beside the old one, in ``.<name>.work``, and put in its place by renaming. Whatever a killed run
leaves behind is in that work folder: finished shards, which the next run takes up, and at worst the old graph, which
:func:`recover` puts back.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from filelock import FileLock, Timeout
from pyarrow.dataset import Dataset, dataset

from kg.errors import GraphError
from kg.records import Paper, Rejected
from kg.store.tables import TABLES, read_table, to_table, write_table

MANIFEST, DATABASE, REJECTED, OVERRIDES = "manifest.json", "graph.lbug", "rejected.jsonl", "overrides.yaml"
RESERVE, LEFT_OUT = "reserve", "left_out"
OWN = frozenset(
    {MANIFEST, DATABASE, REJECTED, OVERRIDES, *(f"{name}.parquet" for name in (*TABLES, RESERVE, LEFT_OUT))}
)
LOGS = tuple(f"{DATABASE}.{kind}" for kind in ("wal", "shadow", "tmp", "checkpoint"))
"""What a killed `kg query --write` leaves: it belongs to that database, and the next one does not open beside it."""


def work_folder(folder: Path) -> Path:
    return folder.parent / f".{folder.name}.work"


def is_graph(folder: Path) -> bool:
    return (folder / MANIFEST).is_file()


def check_graph(folder: Path) -> Path:
    """The folder, if a graph lies in it.

    Raises:
        GraphError: there is none; says how to make one.
    """
    recover(folder)
    if not is_graph(folder):
        raise GraphError(f"No graph in {folder}. Build one with `kg build FILE... -g {folder}`.")
    return folder


def check_target(folder: Path) -> None:
    """Refuses to overwrite a folder that holds something else than a graph."""
    if folder.is_file() or (folder.is_dir() and any(folder.iterdir()) and not is_graph(folder)):
        raise GraphError(f"{folder} exists and is not a graph: name another folder with -g DIR.")


def read_manifest(folder: Path) -> dict[str, Any]:
    manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    return manifest


def read_tables(folder: Path, *names: str) -> dict[str, pa.Table]:
    """The named tables, or all of them."""
    return {name: read_table(folder / f"{name}.parquet", TABLES[name]) for name in names or TABLES}


def open_tables(folder: Path) -> dict[str, Dataset]:
    """All tables, to be read in parts."""
    return {name: dataset(folder / f"{name}.parquet") for name in TABLES}


def write_tables(folder: Path, tables: Mapping[str, pa.Table]) -> None:
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda name: write_table(folder / f"{name}.parquet", tables[name]), tables))


def read_reserve(folder: Path) -> pa.Table:
    """The records that the graph does not show, in the columns of papers."""
    path = folder / f"{RESERVE}.parquet"
    return read_table(path, Paper) if path.is_file() else to_table(Paper, [])


def read_rejected(folder: Path) -> list[Rejected]:
    """What could not be read, sorted."""
    path = folder / REJECTED
    lines = path.read_text(encoding="utf-8").split("\n")[:-1] if path.is_file() else []
    return [Rejected(**json.loads(line)) for line in lines]


def write_rejected(folder: Path, rejected: Iterable[Rejected]) -> None:
    """A line of JSON a record; no file where there is none."""
    lines = [json.dumps(asdict(item), ensure_ascii=False) + "\n" for item in rejected]
    if lines:
        (folder / REJECTED).write_text("".join(lines), encoding="utf-8")


@contextmanager
def locked(folder: Path, *, keep: bool = False) -> Iterator[Path]:
    """Holds the work folder for one writer; afterwards it is gone, unless an error left shards in it.

    With ``keep`` such shards stay without an error too: for who adds what the papers have nothing to do with.
    """
    work = work_folder(folder)
    work.mkdir(parents=True, exist_ok=True)
    lock = FileLock(work / "lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise GraphError(f"{folder} is being written by another process: wait for it or name another folder.") from None
    try:
        recover(folder)
        yield work
        if not keep:
            shutil.rmtree(work, ignore_errors=True)
    finally:
        if not is_graph(work / "old") and not any(work.glob("shards/*/*")):
            shutil.rmtree(work, ignore_errors=True)
        lock.release()


def replace(
    folder: Path, tables: Mapping[str, pa.Table], manifest: Mapping[str, Any], finish: Callable[[Path], None]
) -> None:
    """Writes all of a graph beside the folder, then swaps the two; ``finish(new)`` adds what is not a table, when the
    tables are there.

    Files that are not ours move along. Call it inside :func:`locked`.
    """
    new, old = work_folder(folder) / "new", work_folder(folder) / "old"
    shutil.rmtree(new, ignore_errors=True)
    shutil.rmtree(old, ignore_errors=True)  # a run was killed after the swap
    new.mkdir()
    names = [name for name, table in tables.items() if name not in (RESERVE, LEFT_OUT) or table.num_rows]
    write_tables(new, {name: tables[name] for name in names})
    finish(new)
    digests = {name: hashlib.sha256((new / f"{name}.parquet").read_bytes()).hexdigest() for name in names}
    text = json.dumps({**manifest, "tables": digests}, indent=1, ensure_ascii=False) + "\n"
    (new / MANIFEST).write_text(text, encoding="utf-8")
    keep_foreign(folder, new)
    for path in new.iterdir():
        sync(path)
    if folder.exists():
        folder.rename(old)
    new.rename(folder)
    sync(folder.parent)
    shutil.rmtree(old, ignore_errors=True)


def keep_foreign(folder: Path, new: Path) -> None:
    if folder.is_dir():
        for path in folder.iterdir():
            if path.name not in OWN and not path.name.startswith(LOGS) and path.is_file():
                shutil.copy2(path, new / path.name)


def sync(path: Path) -> None:
    """Waits until a file or folder is on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def recover(folder: Path) -> None:
    """Puts the old graph back when a run was killed between the two renames."""
    old = work_folder(folder) / "old"
    if not folder.exists() and is_graph(old):
        old.rename(folder)


def select(folder: Path, name: str, where: Any = None) -> pa.Table:
    """The rows of one table that fulfil a pyarrow expression, all without one; only the matching part is read."""
    return pq.read_table(folder / f"{name}.parquet", filters=where)
