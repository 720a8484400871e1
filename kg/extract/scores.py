"""How sure it is that a reader would mark a name: the recogniser's scores, weighed with all that the paper says of it.

Many errors of the recogniser are plain phrases that the paper uses once, or a second form of a longer name. A draft
reads the name, the words around its mentions and the other names; the model weighs that with what the recogniser saw,
and gives one probability to all mentions of the name.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc, Span

from kg.extract import types
from kg.extract.attributes import SPANS
from kg.extract.linear import Linear, beyond, buckets, codes, extended, load
from kg.extract.occurrences import complete, named
from kg.extract.reading import Name, Reading, name_words, read, shape

MIN_SCORE = 0.35
DRAFTS = (0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.93, 0.95, 0.97, 0.98, 0.99)
NAMED = (0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 0.97, 0.99, 0.995)
STEPS = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 0.97, 0.99)


@dataclass(frozen=True, slots=True)
class NameScorer:
    """Sets ``span._.score``, one probability a name, and drops the mentions of names that score below ``min_score``;
    shorter names are mentions where these stood.
    """

    draft: Linear
    model: Linear
    min_score: float

    def __call__(self, doc: Doc) -> Doc:
        reading = read(doc, typed=False)
        if not reading.names:
            return doc
        spans = list(doc.spans[SPANS])
        rows = standings(reading, spans, self.draft)
        scores = self.model.scores([buckets(row, self.model.size) for row in rows])[:, 0]
        for span, mention in zip(spans, reading.mentions, strict=True):
            span._.score = float(scores[mention.name])
        kept = [span for span in spans if span._.score >= self.min_score]
        if len(kept) < len(spans):
            doc.spans[SPANS] = complete(doc, kept)
        return doc


def features(reading: Reading, name: Name, beside: list[int]) -> list[int]:
    """What the words of a name, those around its mentions and the other names speak for or against it, as codes;
    ``beside`` are its :func:`overlaps`.
    """
    type_, words = name.type, name_words(name.text)
    found = codes((
        f"type {type_}", f"shape {shape(name.text)} {type_}",
        f"last {words[-1]} {type_}", f"name {' '.join(words)} {type_}",
    ))  # fmt: skip
    return found + beside + types.features(reading, name)


def standings(reading: Reading, spans: Sequence[Span], draft: Linear) -> list[list[int]]:
    """How each name stands, as codes; ``spans`` are all mentions, with the recogniser's scores."""
    beside = [overlaps(reading, name) for name in reading.names]
    pairs = list(zip(reading.names, beside, strict=True))
    drafts = draft.scores([buckets(features(reading, *pair), draft.size) for pair in pairs])[:, 0].tolist()
    return [
        standing(reading, name, [spans[index] for index in name.mentions], drafted) + each
        for (name, each), drafted in zip(pairs, drafts, strict=True)
    ]


def standing(reading: Reading, name: Name, spans: Sequence[Span], drafted: float) -> list[int]:
    mentions, seen = [reading.mentions[index] for index in name.mentions], [span._.score for span in spans]
    type_, place = name.type, reading.part(mentions[0].sentence)
    steps = beyond("draft", drafted, DRAFTS)
    found = steps + extended([*steps, *beyond("mean", sum(seen) / len(seen), STEPS)], f" {type_}")
    found += beyond("most", max(seen), STEPS) + beyond("named", sum(map(named, spans)) / len(spans), NAMED)
    return found + codes((
        f"type {type_}", f"count {min(4, len(mentions))} {type_}", f"shape {shape(name.text)} {type_}",
        f"part {place} {type_}", f"titled {place == 't'} {type_} {min(3, len(mentions))}",
        f"names {min(20, len(reading.names)) // 3}",
        *(f"beside {reading.sentences[mention.sentence].count('NAME')}" for mention in mentions),
    ))  # fmt: skip


def overlaps(reading: Reading, name: Name) -> list[int]:
    """How the words of a name lie in those of the others, as codes."""
    words = name_words(name.text)
    return [
        each
        for other in reading.names
        if other is not name and not set(words).isdisjoint(its := name_words(other.text))
        for each in codes(overlap(words, its, f"{name.type} {other.type}"))
    ]


def overlap(words: list[str], other: list[str], pair: str) -> Iterator[str]:
    """How the words of a name lie in those of another that shares some."""
    own, its = f" {' '.join(words)} ", f" {' '.join(other)} "
    if own in its:
        yield from ("inside", f"inside {pair}")
    elif its in own:
        yield from ("around", f"around {pair}")
    if words[-1] == other[-1]:
        yield f"same last {pair}"
    if words[0] == other[0]:
        yield f"same first {pair}"


@Language.factory(
    "kg_scores",
    assigns=["doc.spans", "span._.score"],
    default_config={"weights": "scores_fast", "min_score": MIN_SCORE},
)
def create(nlp: Language, name: str, weights: str, min_score: float) -> NameScorer:
    return NameScorer(load("scores"), load(weights), min_score)
