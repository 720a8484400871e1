"""Ways to hand a graph on, one file each: a new module here is a new format on the command line.

A format's module has ``DOC`` (one line), ``SUFFIX`` (of the file or folder it writes) and
``write(tables, target, *, ...options)``; names with a leading underscore are no formats.
"""

import ast
from functools import cache
from importlib import import_module
from importlib.resources import files
from inspect import signature
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import InputError

if TYPE_CHECKING:
    from kg.store.network import Tables


@cache
def _constants() -> dict[str, dict[str, str]]:
    """Format -> its constants, read without importing the format: help texts must not load what a format needs."""
    sources = [path for path in files(__package__).iterdir() if path.name.endswith(".py") and path.name[0] != "_"]
    sources.sort(key=lambda path: path.name)
    found = {path.name.removesuffix(".py"): _literals(path.read_text(encoding="utf-8")) for path in sources}
    return {name: constants for name, constants in found.items() if "DOC" in constants}


def _literals(source: str) -> dict[str, str]:
    assigned = [line for line in ast.parse(source).body if isinstance(line, ast.Assign)]
    return {
        target.id: str(line.value.value)
        for line in assigned
        for target in line.targets
        if isinstance(target, ast.Name) and isinstance(line.value, ast.Constant)
    }


def exporters() -> dict[str, str]:
    """Format -> what it is, in one line."""
    return {name: constants["DOC"] for name, constants in _constants().items()}


def suffix(format: str) -> str:
    """What the name of a file in this format ends with; empty for a folder."""
    return _constants()[_checked(format)]["SUFFIX"]


def export(format: str, tables: "Tables", target: Path, **options: Any) -> None:
    """Writes the graph to a file or folder, whole or not at all; options of None count as not given.

    Raises:
        InputError: an unknown format or option, or a target that cannot be written; names what would be accepted.
    """
    write = import_module(f"{__package__}.{_checked(format)}").write
    given = {name: value for name, value in options.items() if value is not None}
    known = [name for name in signature(write).parameters if name not in ("tables", "target")]
    for name in sorted(given.keys() - set(known)):
        raise InputError(f"Format {format} has no option {name!r}; it takes {', '.join(known) or 'none'}.")
    write(tables, target, **given)


def _checked(format: str) -> str:
    if format not in _constants():
        raise InputError(f"Unknown export format {format!r}; there are {', '.join(_constants())}.")
    return format
