"""A paper as the components after entity recognition read it: sentences of units, where a mention is one unit.

Plain data, made once per component from a doc whose ``doc.spans["mentions"]`` and sentences are set.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from spacy.tokens import Doc, Span

from kg.extract.attributes import SPANS
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
    names, owner = name_mentions(spans)
    at = {token: index for index, span in reversed(list(enumerate(spans))) for token in range(span.start, span.end)}
    marks = [mark(name) if typed else "NAME" for name in names]
    reading = Reading([], [], [], 0, [], names)
    unit_of: dict[int, tuple[int, int]] = {}
    previous = -1
    for token, (word, first) in enumerate(zip(words(doc), doc.to_array("SENT_START"), strict=True)):
        if first == 1 or not token:
            units: list[str] = []
            starts: list[int] = []
            reading.sentences.append(units)
            reading.starts.append(starts)
            reading.firsts.append(token)
        mention = at.get(token, -1)
        if mention >= 0 and mention != previous:
            unit_of[mention] = (len(reading.sentences) - 1, len(units))
            units.append(marks[owner[mention]])
            starts.append(token)
        elif mention < 0 and not word.isspace():
            units.append(fold(word))
            starts.append(token)
        elif "\n" in word and not reading.title:
            reading.title = len(reading.sentences)
        previous = mention
    for index, span in enumerate(spans):
        sentence, unit = unit_of.get(index) or unit_of[at[span.start]]
        names[owner[index]].mentions.append(index)
        reading.mentions.append(Mention(span.label_, owner[index], sentence, unit))
    return reading


@lru_cache(maxsize=1)
def words(doc: Doc) -> tuple[str, ...]:
    """The words of the doc in hand, which several components read one after the other."""
    return tuple(token.text for token in doc)


def mark(name: Name) -> str:
    """The unit of a mention: its type in capitals, with a star where the paper proposes it."""
    return name.type.upper() + "*" * name.proposed


def window(units: list[str], first: int, last: int) -> list[str]:
    """The three units before ``[first, last)`` and the three after it, filled up beyond the ends of the sentence."""
    left, right = units[max(0, first - 3) : first], units[last : last + 3]
    return ["<s>"] * (3 - len(left)) + left + right + ["</s>"] * (3 - len(right))


def around(units: list[str], first: int, last: int) -> Iterator[str]:
    """The n-grams that touch ``[first, last)`` on the left, on the right and on both sides."""
    a, b, c, x, y, z = window(units, first, last)
    yield from (f"{c} _", f"{b} {c} _", f"{a} {b} {c} _", f"_ {x}", f"_ {x} {y}", f"_ {x} {y} {z}", f"{c} _ {x}")


@lru_cache(maxsize=50_000)
def fold(word: str) -> str:
    """A word in lower case with its digits as zeros, at most four in a row."""
    return re.sub(r"0000+", "0000", re.sub(r"\d", "0", word.lower()))


def shape(text: str) -> str:
    """How a name is written: with inner capitals or digits (I), a capital (C) or neither (l); its words up to three."""
    words = re.findall(r"[^\W_]+", text)
    inner = any(re.search(r"\w[A-Z]|\d", word) for word in words)
    return f"{'I' if inner else 'C' if text[:1].isupper() else 'l'}{min(len(words), 3)}"


def name_mentions(spans: list[Span]) -> tuple[list[Name], list[int]]:
    """The names of a paper in the order of their first mention, and for each span the index of its name."""
    facts = [(span.text, span.label_, span._) for span in spans]
    keys = group((text, own.expansion) for text, _, own in facts)
    index_of = {key: index for index, key in enumerate(dict.fromkeys(keys))}
    members: list[list[tuple[str, str, bool]]] = [[] for _ in index_of]
    owner = [index_of[key] for key in keys]
    for index, (text, type_, own) in zip(owner, facts, strict=True):
        members[index].append((text, type_, own.role == PROPOSED))
    return [_name(*zip(*member, strict=True)) for member in members], owner


def _name(texts: tuple[str, ...], types: tuple[str, ...], proposed: tuple[bool, ...]) -> Name:
    return Name(max(texts, key=len), max(types, key=types.count), any(proposed))
