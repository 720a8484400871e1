"""A paper as the components after entity recognition read it: sentences of units, where a mention is one unit.

Plain data, made once per component from a doc whose ``doc.spans["mentions"]`` and sentences are set.
"""

import re
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

    ``starts`` are the token offsets of the sentences' units; the title's sentences come first and number ``title``.
    """

    sentences: list[list[str]]
    starts: list[list[int]]
    title: int
    mentions: list[Mention]
    names: list[Name]

    def part(self, sentence: int) -> str:
        """Where a sentence stands: ``t`` for the title, else its quarter of the abstract, ``0`` to ``3``."""
        length = len(self.sentences) - self.title
        return "t" if sentence < self.title else str(4 * (sentence - self.title) // length)


def read(doc: Doc) -> Reading:
    """The reading of a doc; mentions that overlap an earlier one share its unit."""
    spans = list(doc.spans[SPANS]) if SPANS in doc.spans else []
    names, owner = name_mentions(spans)
    at = {token: index for index, span in reversed(list(enumerate(spans))) for token in range(span.start, span.end)}
    marks = [mark(name) for name in names]
    reading = Reading([], [], 0, [], names)
    unit_of: dict[int, tuple[int, int]] = {}
    previous = -1
    for token, (word, first) in enumerate(zip([t.text for t in doc], doc.to_array("SENT_START"), strict=True)):
        if first == 1 or not token:
            units: list[str] = []
            starts: list[int] = []
            reading.sentences.append(units)
            reading.starts.append(starts)
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


def mark(name: Name) -> str:
    """The unit of a mention: its type in capitals, with a star where the paper proposes it."""
    return name.type.upper() + "*" * name.proposed


@lru_cache(maxsize=50_000)
def fold(word: str) -> str:
    """A word in lower case with its digits as zeros, at most four in a row."""
    return re.sub(r"0000+", "0000", re.sub(r"\d", "0", word.lower()))


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
