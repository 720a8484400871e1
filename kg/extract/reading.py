"""A paper as the components after entity recognition read it: sentences of units, where a mention is one unit.

Plain data, made once per component from a doc whose ``doc.spans["mentions"]`` and sentences are set.
"""

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

import numpy as np
from spacy.tokens import Doc, Span

from kg.extract.attributes import SPANS
from kg.extract.words import folded, words, written
from kg.names import group
from kg.types import ENTITY_TYPES

PROPOSED = "proposed"
MARKS = frozenset(type_.upper() + star for type_ in ENTITY_TYPES for star in ("", "*"))


@dataclass(slots=True)
class Mention:
    """One mention: its ``type`` and ``name`` (index in ``Reading.names``); it is unit ``at`` of its sentence."""

    type: str
    name: int
    sentence: int
    at: int


@dataclass(slots=True)
class Name:
    """All mentions of one name in a paper; ``type`` is that of most mentions (the first of equals)."""

    text: str
    type: str
    proposed: bool
    mentions: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Reading:
    """``sentences`` hold units: the folded word, or for a mention its :func:`mark`.

    ``starts`` are the token offsets of the units, ``firsts`` those of the sentences; the first ``title`` sentences are
    the title's.
    """

    sentences: list[list[str]]
    starts: list[list[int]]
    firsts: list[int]
    title: int
    mentions: list[Mention]
    names: list[Name]

    def part(self, sentence: int) -> str:
        """Where a sentence stands: ``t`` for the title, else its quarter of the abstract, ``0`` to ``3``."""
        length = len(self.sentences) - self.title
        return "t" if sentence < self.title else str(4 * (sentence - self.title) // length)

    def span(self, doc: Doc, sentence: int) -> Span:
        """A sentence of the doc that was read."""
        return doc[self.firsts[sentence] : (*self.firsts, len(doc))[sentence + 1]]


def read(doc: Doc, typed: bool = True) -> Reading:
    """The reading of a doc; mentions that overlap an earlier one share its unit.

    Args:
        typed: whether the unit of a mention is its :func:`mark`, or ``NAME`` whatever its type.
    """
    spans = list(doc.spans[SPANS]) if SPANS in doc.spans else []
    names, owner = name_mentions(doc, spans)
    at = {token: index for index, span in reversed(list(enumerate(spans))) for token in range(span.start, span.end)}
    marks = [mark(name) if typed else "NAME" for name in names]
    firsts = sentence_starts(doc)
    reading = Reading([], [], firsts, title(doc, at, firsts), [], names)
    text, covered = folded(doc), iter(sorted(at))
    unit_of: dict[int, tuple[int, int]] = {}
    token = next(covered, len(doc))
    for number, (begin, end) in enumerate(pairwise((*firsts, len(doc)))):
        units: list[str] = []
        starts: list[int] = []
        while token < end:
            if at[token] != at.get(token - 1):
                plain = slice(text.before[begin], text.before[token])
                units += text.words[plain]
                starts += text.tokens[plain]
                unit_of[at[token]] = (number, len(units))
                units.append(marks[owner[at[token]]])
                starts.append(token)
            begin = token + 1
            token = next(covered, len(doc))
        plain = slice(text.before[begin], text.before[end])
        reading.sentences.append(units + text.words[plain])
        reading.starts.append(starts + text.tokens[plain])
    for index, span in enumerate(spans):
        sentence, unit = unit_of.get(index) or unit_of[at[span.start]]
        names[owner[index]].mentions.append(index)
        reading.mentions.append(Mention(span.label_, owner[index], sentence, unit))
    return reading


def sentence_starts(doc: Doc) -> list[int]:
    """The first token of every sentence."""
    marked = doc.to_array("SENT_START") == 1
    marked[:1] = True
    found: list[int] = np.flatnonzero(marked).tolist()
    return found


def title(doc: Doc, at: Mapping[int, int], firsts: list[int]) -> int:
    """How many sentences the title has: it ends at the first line break between units or inside a mention."""
    for token in folded(doc).breaks:
        if at[token] == at.get(token - 1) if token in at else words(doc)[token].isspace():
            return bisect_right(firsts, token)
    return 0


def mark(name: Name) -> str:
    """The unit of a mention: its type in capitals, with a star where the paper proposes it."""
    return name.type.upper() + "*" * name.proposed


def window(units: Sequence[str], first: int, last: int) -> tuple[str, ...]:
    """The three units before ``[first, last)`` and the three after it, filled up beyond the ends of the sentence."""
    left, right = units[max(0, first - 3) : first], units[last : last + 3]
    return *LEFT[len(left) :], *left, *right, *RIGHT[len(right) :]


def around(units: Sequence[str], first: int, last: int) -> tuple[str, ...]:
    """The n-grams that touch ``[first, last)`` on the left, on the right and on both sides."""
    a, b, c, x, y, z = window(units, first, last)
    return f"{c} _", f"{b} {c} _", f"{a} {b} {c} _", f"_ {x}", f"_ {x} {y}", f"_ {x} {y} {z}", f"{c} _ {x}"


LEFT, RIGHT = ("<s>",) * 3, ("</s>",) * 3


@lru_cache(maxsize=50_000)
def name_words(text: str) -> list[str]:
    """The words of a name in lower case; not to be changed."""
    return text.lower().split()


@lru_cache(maxsize=50_000)
def shape(text: str) -> str:
    """How a name is written: with inner capitals or digits (I), a capital (C) or neither (l); its words up to three."""
    words = re.findall(r"[^\W_]+", text)
    inner = any(re.search(r"\w[A-Z]|\d", word) for word in words)
    return f"{'I' if inner else 'C' if text[:1].isupper() else 'l'}{min(len(words), 3)}"


def name_mentions(doc: Doc, spans: list[Span]) -> tuple[list[Name], list[int]]:
    """The names of a paper in the order of their first mention, and for each span the index of its name."""
    text = written(doc)
    facts = [(text[span.start_char : span.end_char], span.label_, span._) for span in spans]
    keys = group((text, own.expansion, own.same_as) for text, _, own in facts)
    index_of = {key: index for index, key in enumerate(dict.fromkeys(keys))}
    members: list[list[tuple[str, str, bool]]] = [[] for _ in index_of]
    owner = [index_of[key] for key in keys]
    for index, (text, type_, own) in zip(owner, facts, strict=True):
        members[index].append((text, type_, own.role == PROPOSED))
    return [_name(*zip(*member, strict=True)) for member in members], owner


def _name(texts: tuple[str, ...], types: tuple[str, ...], proposed: tuple[bool, ...]) -> Name:
    return Name(max(texts, key=len), max(types, key=types.count), any(proposed))
