"""Papers in, annotated JSON records out, in the order of the input: what `kg extract` does."""

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import IO, Any

import orjson

from kg.errors import InputError
from kg.extract.inputs import broken, check, read_all, summary
from kg.extract.load import DEFAULT, model_path
from kg.extract.shards import CHUNK, annotate_all, chunked, spread
from kg.papers import offsets, to_paper
from kg.progress import Progress
from kg.records import Record, Rejected


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
    reading = {name: options.get(name) for name in ("format", "fields", "as_of")}
    records, rejected = read_all(inputs, lambda record: record, progress, strict=options["strict"], **reading)
    to_chunk = partial(to_lines, model=options["model"], min_score=min_score)
    done = 0
    with opened(output) as out:
        for lines, failed in spread(to_chunk, list(chunked(records, CHUNK)), options["workers"], ordered=True):
            out.writelines(lines)
            rejected = (*rejected, *failed)
            if failed and options["strict"]:
                raise InputError(f"{summary(failed)} Stopped there.")
            done += len(lines)
            progress("Extracting", done, len(records))
        check(done, rejected, strict=False)
    return rejected


def to_lines(records: Sequence[Record], model: str, min_score: float) -> tuple[list[bytes], list[Rejected]]:
    """The records that could be annotated, each as a line of JSON, and what broke the extractor."""
    from kg.extract.record import to_record

    papers = [to_paper(record) for record in records]
    lines, failed = [], []
    for record, paper, found in zip(records, papers, annotate_all(papers, model, min_score), strict=True):
        if found is None:
            failed.append(broken(record.source))
        else:
            lines.append(orjson.dumps(to_record(record, record.id or paper.id, offsets(record), found)) + b"\n")
    return lines, failed


@contextmanager
def opened(output: Path) -> Iterator[IO[bytes]]:
    """Standard output, or a file that appears only when it is complete."""
    if str(output) == "-":
        yield sys.stdout.buffer
        return
    unfinished = output.with_name(f".{output.name}.partial")
    try:
        with unfinished.open("wb") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        unfinished.replace(output)
    finally:
        unfinished.unlink(missing_ok=True)
