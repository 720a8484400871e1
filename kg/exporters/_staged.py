"""Files and folders that appear whole or not at all."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from fnmatch import fnmatch
from pathlib import Path
from tempfile import TemporaryDirectory

from kg.errors import InputError


@contextmanager
def staged_file(target: Path) -> Iterator[Path]:
    """Yields a path to write to; the file takes the target's place when the block ends well.

    Raises:
        InputError: the target is a folder.
    """
    if target.is_dir():
        raise InputError(f"{target} is a folder; this format writes one file: give a file name.")
    with _staged(target) as path:
        yield path


@contextmanager
def staged_folder(target: Path, *patterns: str) -> Iterator[Path]:
    """Yields an empty folder to write to; it takes the target's place when the block ends well.

    An existing folder is replaced only if it holds nothing but files of the given name patterns: an earlier export.

    Raises:
        InputError: the target is a file or holds something else.
    """
    if target.exists() and not target.is_dir():
        raise InputError(f"{target} is a file; this format writes a folder: give a new name.")
    for path in sorted(target.iterdir()) if target.is_dir() else ():
        if not any(fnmatch(path.name, pattern) for pattern in patterns):
            raise InputError(f"{target} holds {path.name}, which no such export wrote; give a new or empty folder.")
    with _staged(target) as path:
        path.mkdir()
        yield path


@contextmanager
def _staged(target: Path) -> Iterator[Path]:
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix=f".{target.name}.", dir=target.parent) as beside:
            path = Path(beside) / target.name
            yield path
            for written in (*path.rglob("*"), path):
                _fsync(written)
            if target.is_dir():  # a folder cannot be renamed over another; the old one goes with the temporary folder
                target.rename(Path(beside) / "replaced")
            path.replace(target)
        _fsync(target.parent)
    except OSError as error:
        raise InputError(f"Cannot write {target}: {error.strerror or error}.") from error


def _fsync(path: Path) -> None:
    if path.is_dir() and os.name != "posix":  # only there can a folder be opened
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
