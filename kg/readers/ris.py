"""RIS records that have an abstract."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import rispy
from rispy.parser import ParseError

from kg.readers import _fields
from kg.readers._source import Source
from kg.records import Record

DOC = "RIS with abstracts"


def sniff(head: str) -> int:
    return 85 if re.search(r"^TY  - ", head, re.MULTILINE) else 0


def read(source: Source) -> Iterator[Record]:
    for line, block in _blocks(source):
        try:
            entries = rispy.loads(block)
        except (ParseError, AttributeError, KeyError, TypeError, ValueError) as error:
            source.set_aside(line, f"broken RIS: {error}")
            continue
        for entry in entries:
            yield from source.record(line, **_record(entry))


def _blocks(source: Source) -> Iterator[tuple[int, str]]:
    """First line and text of each record, ended as it should be even where it is not."""
    start, lines = 0, list[str]()
    for number, line in source.lines():
        tag = line[:6].rstrip()
        if tag == "TY  -":
            if lines:
                yield start, "\n".join([*lines, "ER  - "])
            start, lines = number, [line]
        elif tag == "ER  -" and lines:
            yield start, "\n".join([*lines, line])
            lines = []
        elif lines:
            lines.append(line)
        elif line.strip():
            source.set_aside(number, "no RIS record starts before this line")
    if lines:
        yield start, "\n".join([*lines, "ER  - "])


def _record(entry: Mapping[str, Any]) -> dict[str, Any]:
    def first(*names: str) -> str | None:
        return next((text for name in names if (text := _fields.text(entry.get(name)))), None)

    doi = first("doi")
    return {
        "title": first("title", "primary_title") or "",
        "abstract": first("abstract", "notes_abstract") or "",
        "id": doi,
        "date": first("date", "year", "publication_year"),
        "authors": tuple(map(_fields.name_in_order, entry.get("authors") or entry.get("first_authors") or ())),
        "venue": first("secondary_title", "journal_name", "alternate_title3", "alternate_title2"),
        "url": first("urls") or (f"https://doi.org/{doi}" if doi else None),
    }
