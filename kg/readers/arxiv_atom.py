"""Answers of the arXiv API: Atom feeds."""

import re
from collections.abc import Iterator

from kg.readers._source import Source
from kg.readers._xml import elements, text
from kg.records import Record

DOC = "arXiv API answer (Atom)"
_ATOM = "{http://www.w3.org/2005/Atom}"
_ARXIV = "{http://arxiv.org/schemas/atom}"


def sniff(head: str) -> int:
    return 90 if "<feed" in head and "http://www.w3.org/2005/Atom" in head and "arxiv" in head.lower() else 0


def read(source: Source) -> Iterator[Record]:
    for entry in elements(source, f"{_ATOM}entry"):
        url = text(entry.find(f"{_ATOM}id")).strip()
        if "/api/errors" in url:
            source.set_aside(entry.sourceline, f"an error answer: {text(entry.find(f'{_ATOM}summary')).strip()}")
            continue
        yield from source.record(
            entry.sourceline,
            title=text(entry.find(f"{_ATOM}title")),
            abstract=text(entry.find(f"{_ATOM}summary")),
            id=re.sub(r"^.*/abs/|v\d+$", "", url) or None,
            date=text(entry.find(f"{_ATOM}published")) or None,
            authors=tuple(text(name) for name in entry.iterfind(f"{_ATOM}author/{_ATOM}name")),
            venue=text(entry.find(f"{_ARXIV}journal_ref")) or None,
            url=url or None,
        )
