"""Lists of abstracts without titles: headings, and under each of them lines that start with ``Abstract:``."""

import re
from collections.abc import Iterator

from kg.readers._source import Source
from kg.records import Record

DOC = "headings, and under them lines that start with Abstract:, one a paper, without titles"
_START = re.compile(r"\s*abstract\s*:\s*", re.IGNORECASE)
_HEADING = 120
"""Characters of the longest heading."""


def sniff(head: str) -> int:
    return 60 if re.search(r"^Abstract:[^\n]{40}", head, re.MULTILINE) else 0


def read(source: Source) -> Iterator[Record]:
    for number, line in source.lines():
        if start := _START.match(line):
            yield from source.record(number, title="", abstract=line[start.end() :])
        elif len(line) > _HEADING:
            source.set_aside(number, "neither a heading nor a line that starts with Abstract:")
