"""Extraction over many papers: chunks go to worker processes, each finished chunk is a shard on disk.

A shard holds the four per-paper tables of its papers. It appears under its name only when it is complete, so whatever a
killed run has finished is there for the next one.
"""

import hashlib
import logging
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import pyarrow as pa

from kg.extract.load import load
from kg.progress import Progress
from kg.records import Paper
from kg.store.tables import PAPER_TABLES, read_table, to_table, write_table

if TYPE_CHECKING:
    from kg.extract.annotate import Annotation

LOG = logging.getLogger(__name__)
S = TypeVar("S")
T = TypeVar("T")
CHUNK = 100


def extract(papers: Sequence[Paper], model: str, folder: Path, *, workers: int, progress: Progress) -> None:
    """Writes shards of all the papers under ``folder``; the work is spread over processes when it is worth their
    start.
    """
    chunks = [tuple(chunk) for chunk in chunked(papers, CHUNK)]
    progress("Extracting", 0, len(papers))
    done = 0
    for count in spread(partial(write_shard, model=model, folder=folder), chunks, workers, ordered=False):
        done += count
        progress("Extracting", done, len(papers))


def chunked(items: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    return (items[start : start + size] for start in range(0, len(items), size))


def spread(work: Callable[[S], T], chunks: Sequence[S], workers: int, *, ordered: bool) -> Iterable[T]:
    """What ``work`` gives for each chunk: in this process, or in several where there is enough to do."""
    if workers == 1 or len(chunks) == 1:
        return map(work, chunks)
    from joblib import Parallel, delayed

    kind = "generator" if ordered else "generator_unordered"
    pool = Parallel(n_jobs=workers, backend="loky", return_as=kind, pre_dispatch="2*n_jobs")
    done: Iterable[T] = pool(delayed(work)(chunk) for chunk in chunks)
    return done


def write_shard(papers: tuple[Paper, ...], model: str, folder: Path) -> int:
    """Extracts one chunk and writes its shard; returns the number of papers in the chunk."""
    from kg.extract.coordination import spelt_out

    annotated = zip(papers, annotate_all(papers, model), strict=True)
    found = {paper: spelt_out(paper.text, what) for paper, what in annotated if what}
    rows: dict[str, Iterable[object]] = {
        "papers": found,
        "mentions": [m for a in found.values() for m in a.mentions],
        "relations": [r for a in found.values() for r in a.relations],
        "results": [r for a in found.values() for r in a.results],
    }
    name = hashlib.sha256("\0".join(paper.digest for paper in papers).encode()).hexdigest()[:16]
    unfinished = folder / f"{name}.partial"
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(parents=True)
    for table, record in PAPER_TABLES.items():
        write_table(unfinished / f"{table}.parquet", to_table(record, rows[table]))
    shutil.rmtree(folder / name, ignore_errors=True)
    unfinished.rename(folder / name)
    return len(papers)


def annotate_all(papers: Iterable[Paper], model: str, min_score: float = 0.0) -> Iterator["Annotation | None"]:
    """What was found in each paper; None for one that breaks a component, which takes no other with it."""
    from kg.extract.annotate import annotate

    nlp = load(model)
    for paper in papers:
        try:
            yield annotate(nlp, paper, min_score)
        except Exception as error:  # whatever a model or a user's own component raises
            LOG.warning("%s (%s): the extractor failed: %r", paper.source, paper.id, error)
            yield None


def read_shards(folder: Path) -> Iterator[dict[str, pa.Table]]:
    """The four tables of each finished shard; one paper may lie in two of them with two texts."""
    for shard in sorted(path for path in folder.glob("*") if path.is_dir() and path.suffix != ".partial"):
        yield {name: read_table(shard / f"{name}.parquet", record) for name, record in PAPER_TABLES.items()}
