"""Annotated papers out of files: one JSON object a line, in either of two shapes (docs/evaluating.md).

With entities that have names joined, as `kg extract` writes them (:mod:`kg.evaluate.record`), or with bare spans
(:mod:`kg.evaluate.spans`).
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import islice
from pathlib import Path

import orjson

from kg.errors import InputError
from kg.evaluate.fields import Item, value
from kg.evaluate.known import labels_of
from kg.evaluate.labels import OURS, Labels
from kg.evaluate.paper import Gold
from kg.evaluate.record import read_record
from kg.evaluate.spans import read_spans
from kg.readers._source import UNREADABLE, Source, open_source
from kg.records import Rejected

Reject = Callable[[Rejected], None]


def read_gold(path: str, labels: Labels | None, reject: Reject, limit: int | None = None) -> list[Gold]:
    """The papers of one set: a file, a folder whose files are one set, or standard input (``-``), plain or packed.

    Args:
        path: where the set is.
        labels: what its labels mean; when None, spans go by the file's name (:func:`kg.evaluate.known.labels_of`).
        reject: told of each line that is no annotated paper, with what would be accepted.
        limit: how many papers, from the start; all when None.

    Raises:
        InputError: there is no such file, or no annotated paper in it.
    """
    rejected: list[Rejected] = []

    def note(each: Rejected) -> None:
        rejected.append(each)
        reject(each)

    found = list(islice(papers(path, labels, note), limit))
    if not found:
        first = f" {rejected[0].file}, line {rejected[0].line}: {rejected[0].reason}." if rejected else ""
        raise InputError(f"No annotated paper in {path}.{first}")
    return found


def papers(path: str, labels: Labels | None, reject: Reject) -> Iterator[Gold]:
    """Each annotated paper once."""
    seen: dict[str, str] = {}
    for name, line, item in objects(path, reject):
        try:
            paper = to_gold(item, f"{name}:{line}", labels)
            if paper.id in seen:
                raise ValueError(f"a second paper {paper.id!r}; the first is {seen[paper.id]}")
        except ValueError as error:
            reject(Rejected(name, line, str(error)))
        else:
            seen[paper.id] = paper.source
            yield paper


def objects(path: str, reject: Reject) -> Iterator[tuple[str, int, Item]]:
    """File name, line and JSON object of each line, in the order of the files; what is none is rejected.

    Raises:
        InputError: there is no such file.
    """
    if path != "-" and not Path(path).exists():
        raise InputError(f"There is no file or folder {path!r}. Give JSON lines, plain or packed, or - for input.")
    for file in sorted(map(str, Path(path).glob("[!.]*"))) if Path(path).is_dir() else [path]:
        name = "stdin" if file == "-" else Path(file).name
        try:
            with ExitStack() as stack:
                stream, _ = open_source(file, stack)
                for line, text in Source(name, stream, "", reject).lines():
                    item = to_object(text)
                    if isinstance(item, dict):
                        yield name, line, item
                    elif item is not None:
                        reject(Rejected(name, line, item))
        except UNREADABLE as error:
            reject(Rejected(name, 1, f"cannot be read: {getattr(error, 'strerror', None) or error}"))


def to_object(line: str) -> Item | str | None:
    """The JSON object of a line, why it is none, or None for an empty line."""
    if not line.strip():
        return None
    try:
        item = orjson.loads(line)
    except ValueError as error:
        return f"no JSON object on one line: {error}"
    return item if isinstance(item, dict) else f"a JSON {type(item).__name__} where an object is expected"


def to_gold(item: Item, source: str, labels: Labels | None) -> Gold:
    """The annotated paper of an object of either shape.

    Raises:
        ValueError: something in it is missing or wrong; says what would be accepted.
    """
    id = to_id(item)
    if "char_spans" in item:
        labels = labels or labels_of(source)
        marked, unknown = read_spans(item, labels)
        return Gold(id, "", item["text"], source, labels, marked, unknown, by_name=True)
    if "entities" not in item:
        raise ValueError("neither entities (beside title and abstract) nor char_spans (beside text)")
    title, abstract = value(item, "title", str), value(item, "abstract", str)
    labels = labels or OURS
    marked, unknown = read_record(item, len(title) + 1 + len(abstract), labels)
    return Gold(id, title, abstract, source, labels, marked, unknown)


def to_id(item: Item) -> str:
    id = item.get("id")
    if not isinstance(id, str | int):
        raise ValueError("no id, which must be a text or a number")
    return str(id)
