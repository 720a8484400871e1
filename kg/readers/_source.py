"""One input as a reader sees it: opened, unpacked, cut into lines of bounded length, with a gate for what comes out."""

import gzip
import io
import re
import shutil
import sys
import tempfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, cast

import zstandard

from kg.records import Record, Rejected

HEAD = 1 << 16
"""Bytes that a format is told by."""
MAX_LINE = 1 << 25
"""Bytes of the longest line or item that is read; whole dumps of works stay below."""
MAX_TEXT = 100_000
"""Characters of the longest abstract."""
UNREADABLE = (EOFError, OSError, zlib.error, zstandard.ZstdError)
"""What reading may raise."""
_PART = 1 << 10
"""Bytes unpacked at once: a block of four bytes may hold 128 kB."""
_NOT_UTF8 = re.compile("[\udc80-\udcff]")
_NO_ABSTRACT = frozenset(("", "-", "n/a", "na", "nan", "none", "null", "no abstract", "no abstract available"))


@dataclass(slots=True)
class Source:
    """An opened input. ``name`` is the name of its file without folders; ``lines`` and ``stream`` can be read once."""

    name: str
    stream: BinaryIO
    head: str
    reject: Callable[[Rejected], None]
    fields: Mapping[str, str] = field(default_factory=dict)
    as_of: int | None = None
    is_used: bool = False
    """Whether a record came out of it, or word of one."""

    def lines(self) -> Iterator[tuple[int, str]]:
        """Number (from 1) and text of each line; bytes that are no UTF-8 come as lone surrogates, as in file names."""
        number = 0
        while line := self.stream.readline(MAX_LINE):
            number += 1
            if len(line) == MAX_LINE and not line.endswith(b"\n"):
                self.set_aside(number, f"line longer than {MAX_LINE >> 20} MB")
                while line and not line.endswith(b"\n"):
                    line = self.stream.readline(MAX_LINE)
            else:
                text = line.decode("utf-8", "surrogateescape").rstrip("\r\n")
                yield number, text.removeprefix("\ufeff") if number == 1 else text

    def set_aside(self, line: int, reason: str) -> None:
        """Report what stands in a line (or row, or item; from 1) as no paper."""
        self.is_used = True
        self.reject(Rejected(self.name, line, reason))

    def record(self, line: int, *, title: str, abstract: str, key: str = "", **rest: Any) -> Iterator[Record]:
        """The record that starts in a line, or none and a report of what is wrong with it."""
        if abstract.strip().casefold().strip(".[]()") in _NO_ABSTRACT:
            self.set_aside(line, "no abstract")
        elif len(title) + len(abstract) > MAX_TEXT:
            self.set_aside(line, f"title and abstract longer than {MAX_TEXT:,} characters")
        elif any(map(_NOT_UTF8.search, (title, abstract, *_texts(rest)))):
            self.set_aside(line, "not UTF-8")
        else:
            self.is_used = True
            yield Record(title, abstract, f"{self.name}#{key}" if key else f"{self.name}:{line}", **rest)


def _texts(rest: Mapping[str, Any]) -> Iterator[str]:
    for value in rest.values():
        yield from (value,) if isinstance(value, str) else value or ()


class _Rewound(io.RawIOBase):
    """A stream with the bytes that were read ahead put back."""

    def __init__(self, head: bytes, rest: io.BufferedIOBase) -> None:
        self.head, self.rest = io.BytesIO(head), rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self.head.read(len(buffer)) or self.rest.read1(len(buffer))
        buffer[: len(data)] = data
        return len(data)


class _Zstandard(io.RawIOBase):
    """Unpacked frames. The library's own reader takes a file that is cut off for one that ends."""

    def __init__(self, packed: io.BufferedIOBase) -> None:
        self.packed, self.left, self.ready = packed, b"", io.BytesIO()
        self.frame: zstandard.ZstdDecompressionObj | None = None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not (data := self.ready.read(len(buffer))) and (part := self.left or self.packed.read(_PART)):
            frame = self.frame or zstandard.ZstdDecompressor().decompressobj()
            self.ready = io.BytesIO(frame.decompress(part))
            self.left = frame.unused_data
            self.frame = None if frame.eof else frame
        if not data and self.frame:
            raise EOFError
        buffer[: len(data)] = data
        return len(data)


def open_source(path: str, stack: ExitStack) -> tuple[BinaryIO, bytes]:
    """The unpacked bytes of a file (``-``: of standard input) and the first of them; closed with the stack."""
    raw = sys.stdin.buffer if path == "-" else stack.enter_context(Path(path).open("rb"))  # noqa: SIM115
    magic = _read(cast(io.BufferedIOBase, raw), 4)
    stream: io.BufferedIOBase = io.BufferedReader(_Rewound(magic, cast(io.BufferedIOBase, raw)), HEAD)
    if magic.startswith(b"\x1f\x8b"):
        stream = gzip.GzipFile(fileobj=stream)
    elif magic == b"\x28\xb5\x2f\xfd":
        stream = io.BufferedReader(_Zstandard(stream), HEAD)
    head = _read(stream, HEAD)
    return cast(BinaryIO, io.BufferedReader(_Rewound(head, stream), HEAD)), head


def _read(stream: io.BufferedIOBase, size: int) -> bytes:
    """Up to that many bytes, fewer only at the end or before an error, which the next to read will meet again."""
    parts = bytearray()
    try:
        while len(parts) < size and (part := stream.read1(size - len(parts))):
            parts += part
    except UNREADABLE:
        if not parts:
            raise
    return bytes(parts)


def to_seekable(stream: BinaryIO, stack: ExitStack) -> BinaryIO:
    """The bytes of a stream in a nameless file, for formats that are read from their end."""
    copy = stack.enter_context(tempfile.TemporaryFile())  # noqa: SIM115
    shutil.copyfileobj(stream, copy)
    copy.seek(0)
    return cast(BinaryIO, copy)
