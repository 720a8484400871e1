"""The snapshot of arXiv's metadata: JSON lines."""

from collections.abc import Iterator
from typing import Any

from kg.readers import _json
from kg.readers._source import Source
from kg.records import Record

DOC = "arXiv metadata snapshot (JSON lines)"


def sniff(head: str) -> int:
    return 80 if '"authors_parsed"' in head or ('"journal-ref"' in head and '"categories"' in head) else 0


def read(source: Source) -> Iterator[Record]:
    return _json.records(source, _fields_of)


def _fields_of(item: dict[str, Any]) -> dict[str, Any]:
    names = [
        " ".join(filter(None, (first, last, suffix))) for last, first, suffix, *_ in item.get("authors_parsed") or ()
    ]
    versions = item.get("versions") or [{}]
    return {
        "title": item.get("title"),
        "abstract": item.get("abstract"),
        "id": item.get("id"),
        "date": versions[0].get("created") or item.get("update_date"),
        "authors": names or item.get("authors"),
        "venue": item.get("journal-ref"),
        "url": f"https://arxiv.org/abs/{item['id']}" if item.get("id") else None,
    }
