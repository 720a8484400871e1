"""Daily papers of Hugging Face: the answers of its API."""

from collections.abc import Iterator
from typing import Any

from kg.readers import _json
from kg.readers._source import Source
from kg.records import Record

DOC = "Hugging Face daily papers (API answer)"


def sniff(head: str) -> int:
    return 75 if '"publishedAt"' in head and '"summary"' in head and ('"paper"' in head or '"upvotes"' in head) else 0


def read(source: Source) -> Iterator[Record]:
    return _json.records(source, _fields_of)


def _fields_of(item: dict[str, Any]) -> dict[str, Any]:
    paper = item.get("paper") or item
    return {
        "title": paper.get("title"),
        "abstract": paper.get("summary"),
        "id": paper.get("id"),
        "date": paper.get("publishedAt") or item.get("publishedAt"),
        "authors": paper.get("authors"),
        "url": f"https://huggingface.co/papers/{paper['id']}" if paper.get("id") else None,
    }
