"""Papers in, annotated JSON records out, in the order of the input: what `kg extract` does."""

import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import IO, Any

import orjson

from kg import readers
from kg.errors import InputError
from kg.extract.load import DEFAULT, load, model_path
from kg.extract.shards import CHUNK, chunked, spread
from kg.papers import offsets, to_paper
from kg.records import Record, Rejected

Progress = Callable[[str, int, int], None]


def write_records(
    inputs: Sequence[str | Path],
    output: Path,
    options: Mapping[str, Any],
    progress: Progress,
    *,
    min_score: float = 0.0,
) -> tuple[Rejected, ...]:
    """Writes one line a paper to ``output`` (``-``: standard output) and returns what was set aside.

    Raises:
        InputError: nothing could be read; or, with ``strict``, something could not.
    """
    options = {"model": DEFAULT, "workers": 1, "strict": False, **options}
    model_path(options["model"])
    rejected: list[Rejected] = []
    reading = {name: options.get(name) for name in ("format", "fields", "as_of")}
    records = list(readers.read(inputs, reject=rejected.append, **reading))
    if not records or (rejected and options["strict"]):
        first = f" {rejected[0].file}, line {rejected[0].line}: {rejected[0].reason}." if rejected else ""
        raise InputError(
            f"No paper in the input.{first}" if not records else f"Stopped at the first bad record.{first}"
        )
    with opened(output) as out:
        done = 0
        to_chunk = partial(to_lines, model=options["model"], min_score=min_score)
        for lines in spread(to_chunk, list(chunked(records, CHUNK)), options["workers"], ordered=True):
            out.writelines(lines)
            done += len(lines)
            progress("Extracting", done, len(records))
    return tuple(rejected)


def to_lines(records: Sequence[Record], model: str, min_score: float) -> list[bytes]:
    from kg.extract.annotate import annotate
    from kg.extract.record import to_record

    nlp = load(model)
    lines = []
    for record in records:
        paper = to_paper(record)
        found = to_record(record, record.id or paper.id, offsets(record), annotate(nlp, paper, min_score))
        lines.append(orjson.dumps(found) + b"\n")
    return lines


@contextmanager
def opened(output: Path) -> Iterator[IO[bytes]]:
    """Standard output, or a file that appears only when it is complete."""
    if str(output) == "-":
        yield sys.stdout.buffer
        return
    unfinished = output.with_name(f".{output.name}.partial")
    with unfinished.open("wb") as out:
        yield out
        out.flush()
        os.fsync(out.fileno())
    unfinished.replace(output)
