"""CSV and TSV tables whose head says what the columns hold."""

import csv
import re
from collections.abc import Iterator

from kg.readers import _fields
from kg.readers._source import Source
from kg.records import Record

DOC = "CSV or TSV with a head, one row a paper; columns are guessed or given with --field"
_DELIMITERS = ",\t;|"
_NAME = re.compile(r"[\w .:/()#-]{0,60}")


def sniff(head: str) -> int:
    columns = _split(_first_line(head), _delimiter(head))
    if not all(map(_NAME.fullmatch, columns)):
        return 0
    found = _fields.values(dict.fromkeys(columns, "x"), {})
    return 40 if found["abstract"] and (len(columns) > 1 or columns[0].lower() == "abstract") else 0


def read(source: Source) -> Iterator[Record]:
    rows = _Rows(source, _delimiter(source.head))
    columns = next(rows.read(), (0, []))[1]
    if not columns or not _fields.check(source, columns):
        return
    for line, row in rows.read(len(columns)):
        yield from source.record(line, **_fields.values(dict(zip(columns, row, strict=True)), source.fields))


class _Rows:
    """Rows with the number of their first line. A row that is broken costs its first line: a quote that is never closed
    swallows the rest of the file otherwise."""

    def __init__(self, source: Source, delimiter: str) -> None:
        self.source, self.delimiter = source, delimiter
        self.lines = source.lines()
        self.again: list[tuple[int, str]] = []
        self.taken: list[tuple[int, str]] = []

    def read(self, width: int = 0) -> Iterator[tuple[int, list[str]]]:
        while True:
            self.taken = []
            try:
                row = next(csv.reader(self._feed(), delimiter=self.delimiter, strict=True), None)
                reason = f"{len(row or ())} columns where the head has {width}"
            except csv.Error as error:
                row, reason = self._retry(), f"broken CSV: {error}"
            if not self.taken:
                return
            line = self.taken[0][0]
            if row and (not width or len(row) == width):
                yield line, row
            elif row != []:
                self.source.set_aside(line, reason)
                self.again = self.taken[1:] + self.again

    def _feed(self) -> Iterator[str]:
        while numbered := self.again.pop(0) if self.again else next(self.lines, None):
            self.taken.append(numbered)
            yield numbered[1] + "\n"

    def _retry(self) -> list[str] | None:
        """The row of a single line with a stray quote, which many programs write; None of several lines."""
        return (_split(self.taken[0][1], self.delimiter) or None) if len(self.taken) == 1 else None


def _first_line(head: str) -> str:
    return head.lstrip("\n\r").split("\n", 1)[0].strip("\r")


def _delimiter(head: str) -> str:
    return max(_DELIMITERS, key=lambda sign: len(_split(_first_line(head), sign)))


def _split(line: str, delimiter: str) -> list[str]:
    try:
        return [column.strip() for column in next(csv.reader([line], delimiter=delimiter), [])]
    except csv.Error:
        return []
