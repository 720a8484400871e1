"""Pages of daily or trending papers, pasted as text.

After the head of the page, whatever it says, come papers as paragraphs: title, abstract, and a byline. A byline is a
count of authors or an organisation, a line with a dot, and a date with the number of comments behind it; parts of it,
or all of it, may be missing.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.readers._source import Source
from kg.records import Record

DOC = "pasted page of daily papers: title, abstract, authors, date as paragraphs"
_DATE = re.compile(
    r"((?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.? \d{1,2})(?:, (\d{4}))?(?: [\d.,]+k?)?"
)
_AUTHORS = re.compile(r"•\s*[\d.,]+k? authors?")
_DOT = "·"
_LONG = 300
"""Characters that no title has."""


@dataclass(slots=True)
class _Block:
    """A paragraph: the number of its first line, and its lines."""

    line: int
    lines: list[str]

    @property
    def text(self) -> str:
        return " ".join(self.lines)

    @property
    def date(self) -> tuple[str, str | None] | None:
        """Day and year of the line that is a date."""
        found = next(filter(None, map(_DATE.fullmatch, self.lines)), None)
        return (found[1], found[2]) if found else None

    @property
    def is_byline(self) -> bool:
        return self.date is not None or self.is_marked

    @property
    def is_marked(self) -> bool:
        """Whether it says so by itself: the head of a page may also end with a date."""
        return any(line == _DOT or _AUTHORS.fullmatch(line) for line in self.lines)

    @property
    def is_prose(self) -> bool:
        return len(self.text) >= _LONG or self.text.endswith(".")


def sniff(head: str) -> int:
    lines = [line.strip() for line in head.splitlines()]
    has_mark = _DOT in lines or any(map(_AUTHORS.fullmatch, lines))
    return 90 if has_mark and any(map(_DATE.fullmatch, lines)) else 0


def read(source: Source) -> Iterator[Record]:
    blocks = list(_blocks(source))
    years = [int(year) for block in blocks if (date := block.date) and (year := date[1])]
    this_year = source.as_of or (max(years) + 1 if years else None)
    titles: list[_Block] = []
    abstract: list[_Block] = []
    for block in blocks:
        if block.is_byline:
            if block.is_marked and not abstract and len(titles) > 1:  # an abstract as short as a title
                abstract = [titles.pop()]
            yield from _paper(source, titles, abstract, _date(block, this_year), is_due=block.is_marked)
            titles, abstract = [], []
        elif abstract and block.is_prose:
            abstract.append(block)
        elif abstract:
            yield from _paper(source, titles, abstract, None, is_due=True)
            titles, abstract = [block], []
        elif block.is_prose and (titles or len(block.text) >= _LONG):
            abstract = [block]
        else:
            titles.append(block)
    yield from _paper(source, titles, abstract, None, is_due=bool(years))


def _blocks(source: Source) -> Iterator[_Block]:
    block = _Block(0, [])
    for number, line in source.lines():
        if stripped := line.strip():
            block = block if block.lines else _Block(number, [])
            block.lines.append(stripped)
        elif block.lines:
            yield block
            block = _Block(0, [])
    if block.lines:
        yield block


def _date(block: _Block, this_year: int | None) -> str | None:
    day, year = block.date or (None, None)
    return f"{day}, {year or this_year}" if day and (year or this_year) else None


def _paper(
    source: Source, titles: list[_Block], abstract: list[_Block], date: str | None, *, is_due: bool
) -> Iterator[Record]:
    """The paper of the last title, what stands before it being the head of the page; none without an abstract."""
    if abstract:
        title = titles[-1] if titles else None
        text = "\n\n".join(block.text for block in abstract)
        yield from source.record(
            (title or abstract[0]).line, title=title.text if title else "", abstract=text, date=date
        )
    elif titles and is_due:
        source.set_aside(titles[-1].line, "no abstract")
