"""From what a reader found to clean papers, each of them once."""

import re
import unicodedata
from calendar import monthrange
from collections.abc import Callable, Hashable, Iterable
from dataclasses import replace
from hashlib import blake2b
from typing import Any

from kg.clean import Cleaned, clean
from kg.records import Paper, Record

Rank = tuple[Any, ...]

_ID_LENGTH = 16
_ROW_NUMBER = re.compile(r"\d{1,7}")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = re.compile(rf"\b(?:{'|'.join(_MONTHS)})(?=[a-z]*\b)", re.IGNORECASE)
_ISO = re.compile(r"(\d{4})(?:([-/.]?)(\d{1,2})(?:\2(\d{1,2}))?)?(?!\d)")


def to_paper(record: Record) -> Paper:
    """The paper of a record: cleaned text, normalised date, digest, and an id made of the digest where it has none."""
    title, abstract = clean(record.title).text, clean(record.abstract).text
    hashed = digest(abstract)
    return Paper(
        id=_global_id(record.id, hashed),
        title=title,
        abstract=abstract,
        date=normal_date(record.date),
        authors=tuple(name for author in record.authors if (name := clean(author).text)),
        venue=clean(record.venue or "").text or None,
        url=_bare(record.url),
        source=record.source,
        digest=hashed,
    )


def _global_id(given: str | None, hashed: str) -> str:
    """The id as given, or one made of the digest; a bare row number, which other files use too, gets both."""
    id = _bare(given)
    if id is None:
        return hashed[:_ID_LENGTH]
    return f"{id}-{hashed[:8]}" if _ROW_NUMBER.fullmatch(id) else id


def _bare(name: str | None) -> str | None:
    """An id or address without white space round it and what no file can hold."""
    return " ".join((name or "").encode("utf-8", "ignore").decode().split()) or None


def offsets(record: Record) -> Cleaned:
    """The map between ``Paper.text``, which is its text, and the title, newline and abstract as they came in."""
    return clean(record.title, record.abstract)


def digest(abstract: str) -> str:
    """32 hexadecimal digits of a text's normal form: letters and digits alone, of either case and any width.

    Hyphens, quotes and white space differ between the places that a paper is taken from.
    """
    folded = unicodedata.normalize("NFKC", abstract).casefold()
    normal = re.sub(r"[\W_]+", "", folded) or "".join(folded.split())
    return blake2b(normal.encode("utf-8", "replace"), digest_size=16).hexdigest()


def normal_date(date: str | None) -> str | None:
    """``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD`` of a date as people and files write it; None where it names no year.

    Understood are ISO dates and times, ``2024/12/30``, ``20241230``, ``Dec 30, 2024``, ``30 December 2024`` and
    ``Dec 2024``. A month or day that does not exist is left out.
    """
    text = (date or "").strip()
    numbers = _ISO.match(text)
    month = _MONTH.search(text)
    if numbers and not month:
        return _date(numbers[1], int(numbers[3] or 0), int(numbers[4] or 0))
    year = re.search(r"(?<!\d)\d{4}(?!\d)", text)
    day = re.search(r"(?<!\d)\d{1,2}(?!\d)", text)
    number = _MONTHS.index(month[0].lower()) + 1 if month else 0
    return _date(year[0], number, int(day[0]) if day else 0) if year else None


def _date(year: str, month: int, day: int) -> str | None:
    if not 1000 <= int(year) <= 2999:
        return None
    if not 1 <= month <= 12:
        return year
    return f"{year}-{month:02}" + (f"-{day:02}" if 1 <= day <= monthrange(int(year), month)[1] else "")


def unique(papers: Iterable[Paper]) -> list[Paper]:
    """Every paper once, sorted by id, whatever the order of the input.

    The same abstract is the same paper, and its richest record stays: with title, own id, date, authors, venue,
    address. Two abstracts under one id are two versions, and the later stays.
    """
    distinct = _best(papers, lambda paper: paper.digest, _richness)
    return sorted(_best(distinct, lambda paper: paper.id, _lateness), key=lambda paper: paper.id)


def union(papers: Iterable[Paper]) -> list[Paper]:
    """Every record once, in a total order; records that differ only in where they were read are one.

    A graph folder keeps this of all papers that were added and not retracted, and :func:`unique` chooses from it: so
    the graph does not depend on the order of the steps, and what stood behind a retracted record comes back.
    """
    return sorted(_best(papers, content, lambda paper: paper.source), key=lambda paper: (paper.id, _richness(paper)))


def kin(some: Iterable[Paper], papers: Iterable[Paper]) -> set[Paper]:
    """These records and all others of the same papers: joined by a common id or abstract, in any number of steps."""
    papers, found = list(papers), set(some)
    while True:
        ids, digests = {paper.id for paper in found}, {paper.digest for paper in found}
        more = {paper for paper in papers if paper.id in ids or paper.digest in digests}
        if more <= found:
            return found
        found |= more


def content(paper: Paper) -> Paper:
    """The paper without the place it was read from."""
    return replace(paper, source="")


def _best(papers: Iterable[Paper], key: Callable[[Paper], Hashable], rank: Callable[[Paper], Any]) -> Iterable[Paper]:
    best: dict[Hashable, Paper] = {}
    for paper in papers:
        name = key(paper)
        if name not in best or rank(paper) > rank(best[name]):
            best[name] = paper
    return best.values()


def _lateness(paper: Paper) -> Rank:
    return paper.date or "", _richness(paper)


def _richness(paper: Paper) -> Rank:
    """A total order of the records of one paper: how much they hold, then what they hold."""
    date, venue, url = paper.date or "", paper.venue or "", paper.url or ""
    has = (paper.title, paper.id != paper.digest[:_ID_LENGTH], date, paper.authors, venue, url)
    return (
        *map(bool, has),
        len(date),
        paper.id,
        date,
        paper.title,
        paper.abstract,
        paper.authors,
        venue,
        url,
        paper.source,
    )
