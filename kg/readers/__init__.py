"""Read papers from files: one module a format, each told by its content.

A format is a module of this package with

- ``DOC``, one line about it for ``kg formats`` and the documentation,
- ``sniff(head)``, how sure it is (0 to 100) that a text that starts with ``head`` is its own,
- ``read(source)``, the records of a :class:`kg.readers._source.Source`.

It is found by its file: a new module is a new format, and its name is the format's name.
"""

import pkgutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from kg.errors import InputError
from kg.readers._fields import FIELDS
from kg.readers._source import UNREADABLE, Source, open_source
from kg.records import Record, Rejected


class Format(Protocol):
    """What a module of this package must have to be a format."""

    DOC: str

    def sniff(self, head: str) -> int: ...

    def read(self, source: Source) -> Iterator[Record]: ...


def formats() -> dict[str, str]:
    """Name and one line of documentation of every format, sorted by name."""
    return {name: module.DOC for name, module in _modules().items()}


def read(
    paths: Iterable[str | Path],
    *,
    reject: Callable[[Rejected], None],
    format: str | None = None,
    fields: Mapping[str, str] | None = None,
    as_of: int | None = None,
) -> Iterator[Record]:
    """The records of files, of all files in folders, and of standard input (``-``), plain or packed (gzip, Zstandard).

    Args:
        paths: read in this order; the files of a folder and its folders by name, hidden ones left out.
        reject: told of everything that is no paper, or cannot be read; the rest goes on.
        format: one of :func:`formats`; told by the content of each file when None.
        fields: for JSON, CSV and Parquet, the column or key that holds a field of the record, such as
            ``{"title": "Title"}``; guessed for the fields not named.
        as_of: for pasted pages, the year of the dates that name none.

    Raises:
        InputError: a path that does not exist, an unknown format or field, a column that a file does not have.
    """
    modules = _modules()
    name = format.replace("-", "_") if format else None
    if name and name not in modules:
        raise InputError(f"There is no format {format!r}. There are: {', '.join(modules)}.")
    if unknown := sorted(set(fields or ()) - set(FIELDS)):
        raise InputError(f"Records have no field {unknown[0]!r}. They have: {', '.join(FIELDS)}.")
    wanted = [str(path) for path in paths]
    if missing := [path for path in wanted if path != "-" and not Path(path).exists()]:
        raise InputError(f"There is no file or folder {missing[0]!r}. Give files, folders, or - for standard input.")
    make = partial(Source, reject=reject, fields=fields or {}, as_of=as_of)
    return _read_all(wanted, {name: modules[name]} if name else modules, make, reject)


def _read_all(
    paths: list[str], modules: Mapping[str, Format], make: Callable[..., Source], reject: Callable[[Rejected], None]
) -> Iterator[Record]:
    for path in paths:
        files = _files(Path(path)) if path != "-" and Path(path).is_dir() else [path]
        if not files:
            reject(Rejected(Path(path).resolve().name, 1, "a folder without files"))
        for file in files:
            name = "stdin" if file == "-" else Path(file).name
            try:
                yield from _read_one(file, name, modules, make)
            except EOFError:
                reject(Rejected(name, 1, "packed data is cut off"))
            except UNREADABLE as error:
                reject(Rejected(name, 1, f"cannot be read: {getattr(error, 'strerror', None) or error}"))


def _files(folder: Path) -> list[str]:
    found = (path for path in folder.rglob("*") if path.is_file())
    shown = (path for path in found if not any(part.startswith(".") for part in path.relative_to(folder).parts))
    return [str(path) for path in sorted(shown, key=lambda path: path.relative_to(folder).parts)]


def _read_one(path: str, name: str, modules: Mapping[str, Format], make: Callable[..., Source]) -> Iterator[Record]:
    with ExitStack() as stack:
        stream, head = open_source(path, stack)
        source = make(name, stream, head.decode("utf-8", "replace").removeprefix("\ufeff"))
        module = _choose(source.head, modules)
        if module:
            yield from module.read(source)
        if not source.is_used:
            source.set_aside(1, "no paper in it" if module else _why_not(head, modules))


def _choose(head: str, modules: Mapping[str, Format]) -> Format | None:
    """The surest format; the only one need not be sure. What follows a zero byte is no text that could tell."""
    if not head.strip() or len(modules) == 1:
        return next(iter(modules.values())) if head.strip() else None
    sure, best = max((module.sniff(head.partition("\0")[0]), name) for name, module in modules.items())
    return modules[best] if sure > 0 else None


def _why_not(head: bytes, modules: Mapping[str, Format]) -> str:
    if not head.strip():
        return "empty file"
    if b"\0" in head:
        return "binary file of no known format"
    return f"no known format; there are: {', '.join(modules)}"


def _modules() -> dict[str, Format]:
    names = sorted(module.name for module in pkgutil.iter_modules(__path__) if not module.name.startswith("_"))
    return {name: cast(Format, import_module(f"{__name__}.{name}")) for name in names}
