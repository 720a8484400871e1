"""Works of OpenAlex: JSON lines, or an answer of its API; abstracts come as an index of word positions."""

from collections.abc import Iterator, Mapping
from typing import Any

from kg.readers import _json
from kg.readers._source import Source
from kg.records import Record

DOC = "OpenAlex works (JSON lines or API answer)"


def sniff(head: str) -> int:
    return 80 if '"abstract_inverted_index"' in head or ('"authorships"' in head and "openalex.org" in head) else 0


def read(source: Source) -> Iterator[Record]:
    return _json.records(source, _fields_of)


def _fields_of(work: dict[str, Any]) -> dict[str, Any]:
    place = work.get("primary_location") or {}
    doi = (work.get("doi") or "").removeprefix("https://doi.org/")
    return {
        "title": work.get("title") or work.get("display_name"),
        "abstract": _abstract(work.get("abstract_inverted_index") or {}),
        "id": doi or (work.get("id") or "").rsplit("/", 1)[-1],
        "date": work.get("publication_date") or work.get("publication_year"),
        "authors": [authorship.get("author") for authorship in work.get("authorships") or ()],
        "venue": place.get("source"),
        "url": place.get("landing_page_url") or work.get("doi") or work.get("id"),
    }


def _abstract(index: Mapping[str, list[int]]) -> str:
    """The text of which the index gives every word's places."""
    return " ".join(word for _, word in sorted((place, word) for word, places in index.items() for place in places))
