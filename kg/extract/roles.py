"""The role *proposed*: which names a paper introduces. One decision per name, for all its mentions."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc

from kg.extract.attributes import SPANS
from kg.extract.linear import Linear, buckets, load
from kg.extract.reading import PROPOSED, Mention, Name, Reading, read

MIN_SCORE = 0.4


@dataclass(frozen=True, slots=True)
class RoleTagger:
    """Sets ``span._.role`` of every mention: ``"proposed"`` where its name scores at least ``min_score``, else None."""

    model: Linear
    min_score: float

    def __call__(self, doc: Doc) -> Doc:
        reading = read(doc)
        scores = self.model.scores([buckets(features(reading, name), self.model.size) for name in reading.names])
        spans = list(doc.spans[SPANS]) if reading.names else []
        for span, mention in zip(spans, reading.mentions, strict=True):
            span._.role = PROPOSED if scores[mention.name, 0] >= self.min_score else None
        return doc


@Language.factory("kg_roles", assigns=["span._.role"], default_config={"min_score": MIN_SCORE})
def create(nlp: Language, name: str, min_score: float) -> RoleTagger:  # noqa: ARG001  (spaCy's signature)
    return RoleTagger(load("roles"), min_score)


def features(reading: Reading, name: Name) -> Iterator[str]:
    """What speaks for or against a name being the paper's own, over all its mentions."""
    mentions = [reading.mentions[index] for index in name.mentions]
    type_ = name.type
    first = mentions[0]
    in_title = first.sentence < reading.title
    yield f"type {type_}"
    yield f"title {in_title} {type_}"
    yield f"mentions {min(len(mentions), 5)} {in_title}"
    yield f"shape {shape(name.text)} {in_title}"
    yield f"shape {shape(name.text)} {type_}"
    last = name.text.lower().split()[-1]
    yield f"last {last}"
    for word in name.text.lower().split():
        yield f"word {word}"
    bodies = [mention for mention in mentions if mention.sentence >= reading.title]
    count = len(reading.sentences) - reading.title
    if bodies:
        position = bodies[0].sentence - reading.title
        yield f"first {min(position, 6)} {in_title}"
        yield f"first part {4 * position // count} {in_title} {type_}"
        yield f"sentences {min(len({m.sentence for m in bodies}), 4)} {in_title}"
    else:
        yield "title only"
        yield f"title only {type_} {shape(name.text)}"
    for mention in mentions:
        yield from context(reading, mention, in_title)
    if bodies:
        yield from (f"1st {feature}" for feature in context(reading, bodies[0], in_title))


def context(reading: Reading, mention: Mention, in_title: bool) -> Iterator[str]:
    """The units around a mention, and the sentence's words before it."""
    units, at = reading.sentences[mention.sentence], mention.at
    place = "title" if mention.sentence < reading.title else "body"
    left = ["<s>", "<s>", "<s>", *units[:at]][-4:]
    right = [*units[at + 1 : at + 4], "</s>", "</s>", "</s>"]
    yield f"{place} {left[-1]} _"
    yield f"{place} {left[-2]} {left[-1]} _"
    yield f"{place} {left[-3]} {left[-2]} {left[-1]} _"
    yield f"{place} _ {right[0]}"
    yield f"{place} _ {right[0]} {right[1]}"
    yield f"{place} _ {right[0]} {right[1]} {right[2]}"
    yield f"{place} {left[-1]} _ {right[0]} {mention.type}"
    yield f"{place} at {min(at, 3)} of start"
    yield f"{place} at {min(at, 3)} {right[0]}"
    for word in set(units[max(0, at - 10) : at]):
        yield f"{place} before {word}"
        yield f"{place} before {word} {mention.type} {in_title}"
    for word in set(units[at + 1 : at + 7]):
        yield f"{place} after {word}"
    if any(word in units[:at] for word in ("we", "paper", "work", "article", "study")):
        yield f"we {place} {in_title}"


def shape(text: str) -> str:
    """The kind of a written name: lower, Capital, ACRONYM, inner capital or digit; and whether it has many words."""
    words = re.findall(r"[^\W_]+", text)
    inner = any(re.search(r"\w[A-Z]|\d", word) for word in words)
    first = "I" if inner else "C" if text[:1].isupper() else "l"
    return f"{first}{min(len(words), 3)}"
