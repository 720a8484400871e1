"""The role *proposed*: which names a paper introduces. One decision per name, for all its mentions."""

import math
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc, Span

from kg.extract.attributes import SPANS
from kg.extract.linear import Linear, buckets, code, codes, extended, load
from kg.extract.reading import PROPOSED, Mention, Name, Reading, around, name_words, read, shape, window

MIN_SCORE = 0.35
STEPS = (0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98)
OWN = frozenset(("we", "our", "paper", "work", "article", "study"))


@dataclass(frozen=True, slots=True)
class RoleTagger:
    """Sets ``span._.role`` of every mention: ``"proposed"`` where its name scores at least ``min_score``, else None.

    A paper introduces one or two things: the ``draft`` judges every name by itself, and ``model`` once more beside the
    others.
    """

    draft: Linear
    model: Linear
    min_score: float

    def __call__(self, doc: Doc) -> Doc:
        reading = read(doc)
        scores = self.scores(doc, reading)
        spans = list(doc.spans[SPANS]) if reading.names else []
        for span, mention in zip(spans, reading.mentions, strict=True):
            span._.role = PROPOSED if scores[mention.name] >= self.min_score else None
        return doc

    def scores(self, doc: Doc, reading: Reading) -> list[float]:
        """How surely the paper introduces each name of its reading."""
        rows = [buckets(row, self.model.size) for row in standings(doc, reading, self.draft)]
        found: list[float] = self.model.scores(rows)[:, 0].tolist()
        return found


@Language.factory("kg_roles", assigns=["span._.role"], default_config={"weights": "roles_fast", "min_score": MIN_SCORE})
def create(nlp: Language, name: str, weights: str, min_score: float) -> RoleTagger:
    return RoleTagger(load("roles"), load(weights), min_score)


def standings(doc: Doc, reading: Reading, draft: Linear) -> list[list[int]]:
    """The features of every name with what the first guesses say of it, by itself and beside the other names."""
    rows = [features(reading, name) for name in reading.names]
    guesses = {"draft": draft.scores([buckets(row, draft.size) for row in rows])[:, 0].tolist()}
    spans = list(doc.spans[SPANS]) if rows else []
    if doc._.introduced is not None:
        found = [introduced(doc, [spans[index] for index in name.mentions]) for name in reading.names]
        both = [math.sqrt(a * b) for a, b in zip(guesses["draft"], found, strict=True)]
        guesses |= {"introduced": found, "both": both}
    for place, (row, name) in enumerate(zip(rows, reading.names, strict=True)):
        score = spans[name.mentions[0]]._.score
        row += beyond("score", 1.0 if score is None else score)
        for guess, values in guesses.items():
            rank = min(4, sum(value > values[place] for value in values))
            row += beyond(guess, values[place]) + beyond(f"{guess} behind", max(values) - values[place])
            row += codes((f"{guess} rank {rank}", f"{guess} rank {rank} {name.type}"))
    return rows


def beyond(what: str, value: float) -> list[int]:
    return codes(f"{what} {step}" for step in STEPS if value > step)


def introduced(doc: Doc, mentions: list[Span]) -> float:
    """What a recogniser that reads roles as well makes of a name: the mean over its mentions."""
    return float(sum(doc._.introduced[span.start : span.end].mean() for span in mentions) / len(mentions))


def features(reading: Reading, name: Name) -> list[int]:
    """What speaks for or against a name being the paper's own, over all its mentions, as codes."""
    mentions = [reading.mentions[index] for index in name.mentions]
    bodies = [mention for mention in mentions if mention.sentence >= reading.title]
    titled = "titled" if mentions[0].sentence < reading.title else "untitled"
    form, words = shape(name.text), name_words(name.text)
    found = codes((
        f"type {name.type}", f"{titled} {name.type}", f"{titled} mentions {min(len(mentions), 5)}",
        f"{titled} shape {form}", f"shape {form} {name.type}", f"last {words[-1]}",
    ))  # fmt: skip
    found += codes(words, WORD)
    for mention in mentions:
        found += context(reading, mention, titled)
    if not bodies:
        return [*found, code(f"title only {name.type} {form}")]
    first = bodies[0].sentence
    found += codes((
        f"{titled} first {min(first - reading.title, 6)}", f"{titled} first {name.type} {reading.part(first)}",
        f"{titled} sentences {min(len({mention.sentence for mention in bodies}), 4)}",
    ))  # fmt: skip
    return found + context(reading, bodies[0], titled, FIRST)


def context(reading: Reading, mention: Mention, titled: str, before: int = 0) -> list[int]:
    """The units around a mention, and the words near it; ``before`` is the code of what the features begin with."""
    units, at = reading.sentences[mention.sentence], mention.at
    place = "title " if mention.sentence < reading.title else "body "
    left, right = window(units, at, at + 1)[2:4]
    here, there = code(place, before), code(f"{titled} {place}", before)
    found = codes(around(units, at, at + 1), here)
    found += codes((f"{left} _ {right} {mention.type}", f"at {min(at, 3)}", f"at {min(at, 3)} {right}"), here)
    near = units[max(0, at - 10) : at]
    found += codes(near, code("before ", here))
    found += extended(codes(near, code("before ", there)), f" {mention.type}")
    found += codes(units[at + 1 : at + 7], code("after ", here))
    if not OWN.isdisjoint(units[:at]):
        found.append(code("own", there))
    return found


WORD, FIRST = codes(("word ", "1st "))
