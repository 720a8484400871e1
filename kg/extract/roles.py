"""The role *proposed*: which names a paper introduces. One decision per name, for all its mentions."""

import math
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc, Span

from kg.extract.attributes import SPANS
from kg.extract.introductions import features
from kg.extract.linear import Linear, beyond, buckets, codes, load
from kg.extract.reading import PROPOSED, Reading, read

MIN_SCORE = 0.35
STEPS = (0.01, 0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98)
SUMS = (0.05, 0.2, 0.5, 0.8, 1.2, 1.7, 2.3, 3)


@dataclass(frozen=True, slots=True)
class RoleTagger:
    """Sets ``span._.role`` of every mention: ``"proposed"`` where its name scores at least ``min_score``, else None.

    A paper introduces one or two things: the ``draft`` judges every name by itself, from all that is said of it, and
    ``model`` beside the others, from what the draft and the recogniser make of them.
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
    """What the first guesses say of every name, by itself and beside the other names of the paper, as codes."""
    spans = list(doc.spans[SPANS]) if reading.names else []
    mentions = [[spans[index] for index in name.mentions] for name in reading.names]
    drafts = draft.scores([buckets(features(reading, name), draft.size) for name in reading.names])
    guesses: dict[str, list[float]] = {"draft": drafts[:, 0].tolist()}
    if doc._.introduced is not None:
        found = [introduced(doc, each) for each in mentions]
        both = [math.sqrt(a * b) for a, b in zip(guesses["draft"], found, strict=True)]
        guesses |= {"introduced": found, "both": both}
    rows = []
    for place, name in enumerate(reading.names):
        titled = reading.mentions[name.mentions[0]].sentence < reading.title
        score = mentions[place][0]._.score
        row = codes((f"type {name.type}", f"titled {titled} {name.type}", f"count {min(4, len(name.mentions))}"))
        row += beyond("score", 1.0 if score is None else score, STEPS)
        for guess, values in guesses.items():
            own, rank = values[place], min(4, sum(value > values[place] for value in values))
            row += beyond(guess, own, STEPS) + beyond(f"{guess} behind", max(values) - own, STEPS)
            row += beyond(f"{guess} others", sum(values) - own, SUMS)
            row += codes((f"{guess} rank {rank}", f"{guess} rank {rank} {name.type}"))
        rows.append(row)
    return rows


def introduced(doc: Doc, mentions: list[Span]) -> float:
    """What a recogniser that reads roles as well makes of a name: the mean over its mentions."""
    return float(sum(doc._.introduced[span.start : span.end].mean() for span in mentions) / len(mentions))
