"""The XML files of the ACL Anthology."""

from collections.abc import Iterator
from typing import Any

from kg.readers._source import Source
from kg.readers._xml import elements, text
from kg.records import Record

DOC = "ACL Anthology XML"


def sniff(head: str) -> int:
    return 90 if "<collection" in head and "<volume" in head else 0


def read(source: Source) -> Iterator[Record]:
    date = venue = None
    for element in elements(source, "meta", "paper"):
        if element.tag == "meta":
            date = f"{text(element.find('month'))} {text(element.find('year'))}".strip() or None
            venue = text(element.find("booktitle")) or None
        else:
            name = _name(element)
            yield from source.record(
                element.sourceline,
                title=text(element.find("title"), maths="tex-math"),
                abstract=text(element.find("abstract"), maths="tex-math"),
                id=name,
                date=date,
                authors=tuple(_author(author) for author in element.iterfind("author")),
                venue=venue,
                url=f"https://aclanthology.org/{name}" if name else None,
            )


def _name(paper: Any) -> str | None:
    """The Anthology's own id: the one it links to, else that of collection, volume and paper."""
    url = text(paper.find("url")).strip()
    if url and "/" not in url:
        return url
    volume = paper.getparent()
    collection = volume.getparent() if volume is not None else None
    if collection is None:
        return None
    return f"{collection.get('id')}-{volume.get('id')}.{paper.get('id')}"


def _author(author: Any) -> str:
    return " ".join(part for name in ("first", "last") if (part := text(author.find(name)).strip()))
