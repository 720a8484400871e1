"""All that the inputs of a command hold, and the one line that says what was set aside or why nothing came of them."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

from kg import readers
from kg.errors import InputError
from kg.progress import Progress
from kg.records import Record, Rejected

T = TypeVar("T")
BROKEN = "the extractor failed on it"


def read_all(
    inputs: Sequence[str | Path], make: Callable[[Record], T], progress: Progress, *, strict: bool, **how: Any
) -> tuple[list[T], tuple[Rejected, ...]]:
    """What ``make`` makes of every record of the inputs, and what could not be read.

    Args:
        how: ``format``, ``fields`` and ``as_of`` of :func:`kg.readers.read`.

    Raises:
        InputError: nothing could be read; or, with ``strict``, something could not.
    """
    rejected: list[Rejected] = []
    found: list[T] = []
    for record in readers.read(inputs, reject=rejected.append, **how):
        found.append(make(record))
        if len(found) % 1000 == 0:
            progress("Reading", len(found), 0)
    check(len(found), rejected, strict=strict)
    return found, tuple(rejected)


def check(papers: int, rejected: Sequence[Rejected], *, strict: bool) -> None:
    """Whether to go on with so many papers, and this set aside.

    Raises:
        InputError: there is nothing to go on with; or, with ``strict``, something was set aside.
    """
    if rejected and (strict or not papers):
        raise InputError(f"{summary(rejected)} Nothing was written.")
    if not papers:
        raise InputError("No paper in the input. Nothing was written.")


def broken(source: str) -> Rejected:
    """The note about a paper, read at ``source`` (``file:line`` or ``file#key``), that breaks the extractor."""
    file, _, line = source.rpartition(":")
    return Rejected(file, int(line), BROKEN) if file and line.isdecimal() else Rejected(source, 0, BROKEN)


def summary(rejected: Sequence[Rejected]) -> str:
    """One line about what was set aside: how many records, and the first of them with file, line and reason."""
    first = rejected[0]
    count = f"{len(rejected)} records" if len(rejected) > 1 else "1 record"
    place = f"{first.file}, line {first.line}" if first.line else first.file
    return f"{count} set aside, first: {place}: {first.reason}."
