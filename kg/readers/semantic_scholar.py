"""Papers of Semantic Scholar: answers of its API, or its datasets as JSON lines."""

from collections.abc import Iterator
from typing import Any

from kg.readers import _json
from kg.readers._source import Source
from kg.records import Record

DOC = "Semantic Scholar papers (API answer or JSON lines)"


def sniff(head: str) -> int:
    lower = head.lower()
    return 70 if '"paperid"' in lower or ('"corpusid"' in lower and '"externalids"' in lower) else 0


def read(source: Source) -> Iterator[Record]:
    return _json.records(source, _fields_of)


def _fields_of(given: dict[str, Any]) -> dict[str, Any]:
    paper = {key.lower(): value for key, value in given.items()}
    ids = paper.get("externalids") or {}
    return {
        "title": paper.get("title"),
        "abstract": paper.get("abstract"),
        "id": ids.get("ArXiv") or ids.get("DOI") or paper.get("paperid") or paper.get("corpusid"),
        "date": paper.get("publicationdate") or paper.get("year"),
        "authors": paper.get("authors"),
        "venue": paper.get("venue") or paper.get("journal"),
        "url": paper.get("url"),
    }
