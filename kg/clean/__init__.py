"""Clean a text of LaTeX debris and stray white space, and keep the way back to the text as it came in."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from kg.clean.latex import edits
from kg.clean.scan import Edit

# What a text must hold for a rule to apply; without, it is only searched, at the speed of memory.
_MARKS = (
    *("\\", "$", "{", "~", "``", "''", "&", "</", "/>", "<br>"),
    *("tarrow", "parrow", "wnarrow", "infty", "propto", "cdot"),
)
_TIMES = re.compile(r"\dtimes|\d times \d")
_SPACE = re.compile(r"\A\s+|\s+\Z|\s{2,}|[^\S ]")
_INVISIBLE = re.compile(
    "[\0-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ud800-\udfff]+"
)


@dataclass(frozen=True, slots=True)
class Step:
    """One pass: edit i turned ``raw[raw_starts[i]:raw_ends[i]]`` into ``clean[clean_starts[i]:clean_ends[i]]``."""

    raw_starts: list[int] = field(default_factory=list)
    raw_ends: list[int] = field(default_factory=list)
    clean_starts: list[int] = field(default_factory=list)
    clean_ends: list[int] = field(default_factory=list)

    def to_raw(self, start: int, end: int) -> tuple[int, int]:
        """A span after the pass, before it; what was deleted at its ends stays out, what was replaced counts whole."""
        return _span(start, end, (self.clean_starts, self.clean_ends), (self.raw_starts, self.raw_ends))

    def from_raw(self, start: int, end: int) -> tuple[int, int]:
        """A span before the pass, after it."""
        return _span(start, end, (self.raw_starts, self.raw_ends), (self.clean_starts, self.clean_ends))


def _span(start: int, end: int, old: tuple[list[int], list[int]], new: tuple[list[int], list[int]]) -> tuple[int, int]:
    """A span moved from one side of the edits to the other; an empty span stays empty."""
    low, high = start, end
    if (edit := bisect_right(old[0], start) - 1) >= 0:
        low = new[0][edit] if start < old[1][edit] else new[1][edit] + start - old[1][edit]
    if (edit := bisect_left(old[0], end) - 1) >= 0:
        high = new[1][edit] + max(end - old[1][edit], 0)
    return low, max(low, high) if end > start else low


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A text after cleaning, and the map between its character offsets and those of the raw text."""

    text: str
    steps: tuple[Step, ...] = ()

    def to_raw(self, start: int, end: int) -> tuple[int, int]:
        """The span ``[start, end)`` of the cleaned text as a span of the raw text."""
        for step in reversed(self.steps):
            start, end = step.to_raw(start, end)
        return start, end

    def from_raw(self, start: int, end: int) -> tuple[int, int]:
        """The span ``[start, end)`` of the raw text in the cleaned text, the nearest; empty where all of it went."""
        for step in self.steps:
            start, end = step.from_raw(start, end)
        return start, end


def clean(*parts: str) -> Cleaned:
    """A text without LaTeX debris, runs of white space and invisible characters; cleaning it again changes nothing.

    Of several texts each is cleaned on its own; text and offsets are those of all of them joined by newlines.
    """
    steps = []
    while any(map(_is_dirty, parts)):
        step = Step()
        parts = tuple(_apply(parts, step))
        if not step.raw_starts:
            break
        steps.append(step)
    return Cleaned("\n".join(parts), tuple(steps))


def _is_dirty(text: str) -> bool:
    is_plain = text.isprintable() and "  " not in text and text.strip() == text
    return not is_plain or any(mark in text for mark in _MARKS) or ("times" in text and bool(_TIMES.search(text)))


def _apply(parts: tuple[str, ...], step: Step) -> Iterator[str]:
    """Each text after one pass; the step learns the edits."""
    raw_at = clean_at = 0
    for text in parts:
        pieces: list[str] = []
        at = 0
        for start, end, new in sorted((*edits(text), *_blanks(text)), key=lambda edit: (edit[0], -edit[1])):
            if start >= at and text[start:end] != new:
                pieces += text[at:start], new
                clean_at += start - at
                step.raw_starts.append(raw_at + start)
                step.raw_ends.append(raw_at + end)
                step.clean_starts.append(clean_at)
                step.clean_ends.append(clean_at := clean_at + len(new))
                at = end
        pieces.append(text[at:])
        clean_at += len(text) - at + 1
        raw_at += len(text) + 1
        yield "".join(pieces)


def _blanks(text: str) -> Iterator[Edit]:
    for found in _SPACE.finditer(text):
        yield *found.span(), " " if found.start() and found.end() < len(text) else ""
    for found in _INVISIBLE.finditer(text):
        yield *found.span(), ""
