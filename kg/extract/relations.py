"""Typed relations between the names of one paper: scored per pair of names, reported with mentions and sentence.

A pair needs no sentence of its own: "it reaches … on D" is about the paper's proposed system, so the features of both
ends count also where they never meet. The closed list of types, and what each may join, is :data:`kg.types.PAIRS`.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc, Span

from kg.extract import pairs
from kg.extract.attributes import SPANS
from kg.extract.evidence import stated
from kg.extract.linear import Linear, buckets, load
from kg.extract.reading import Reading, read
from kg.types import ENTITY_TYPES, PAIRS

TYPES = tuple(type_ for type_, ends in PAIRS.items() if ends[0][0] in ENTITY_TYPES and type_ != "CO_MENTIONED_WITH")
MIN_SCORE = 0.35
ALLOWED = frozenset(ends for type_ in TYPES for ends in PAIRS[type_])

Doc.set_extension("relations", default=(), force=True)


@dataclass(frozen=True, slots=True)
class DocRelation:
    """``head`` stands in relation ``type`` to ``tail``, as ``sentence`` says, with ``score`` in [0, 1].

    ``by`` is the component that found it.
    """

    head: Span
    type: str
    tail: Span
    sentence: Span
    score: float
    by: str = "kg_relations"


Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Candidates:
    """Buckets: of every name as a head and as a tail, and of each ordered pair of names (by index) whose types a
    relation may join.
    """

    heads: list[list[int]]
    tails: list[list[int]]
    pairs: dict[Pair, list[int]]


def candidates(reading: Reading, size: int) -> Candidates:
    tail_side = size // 2 + 1
    heads = [buckets(pairs.of_end(reading, name), size) for name in reading.names]
    tails = [[bucket ^ tail_side for bucket in row] for row in heads]
    return Candidates(heads, tails, {
        (a, b): buckets(pairs.of_pair(reading, head, tail), size)
        for a, head in enumerate(reading.names)
        for b, tail in enumerate(reading.names)
        if a != b and (head.type, tail.type) in ALLOWED
    })  # fmt: skip


def rows(reading: Reading, size: int) -> dict[Pair, list[int]]:
    """The buckets of every candidate, those of its ends and those of the pair."""
    found = candidates(reading, size)
    return {(a, b): found.heads[a] + found.tails[b] + row for (a, b), row in found.pairs.items()}


@dataclass(frozen=True, slots=True)
class RelationExtractor:
    """Sets ``doc._.relations``: each :class:`DocRelation` that scores at least ``min_score``, in the order of names."""

    model: Linear
    min_score: float

    def __call__(self, doc: Doc) -> Doc:
        reading = read(doc)
        ends, scores = self._scores(reading)
        found = []
        for row, label in np.argwhere(scores >= self.min_score).tolist():
            (a, b), type_ = ends[row], self.model.labels[label]
            if (reading.names[a].type, reading.names[b].type) in PAIRS[type_]:
                found.append(self._relation(doc, reading, a, type_, b, float(scores[row, label])))
        doc._.relations = tuple(found)
        return doc

    def _scores(self, reading: Reading) -> tuple[list[Pair], NDArray[np.float64]]:
        """The candidates, and their scores: the weights of a name are summed once for all pairs that it is in."""
        found = candidates(reading, self.model.size)
        ends = np.array([*found.pairs], np.int64).reshape(-1, 2)
        sums = self.model.sums(found.heads)[ends[:, 0]] + self.model.sums(found.tails)[ends[:, 1]]
        return [*found.pairs], self.model.probabilities(sums + self.model.sums([*found.pairs.values()]))

    def _relation(self, doc: Doc, reading: Reading, a: int, type_: str, b: int, score: float) -> DocRelation:
        head, tail, at = stated(doc, reading, self.model, reading.names[a], type_, reading.names[b])
        spans = doc.spans[SPANS]
        return DocRelation(spans[head], type_, spans[tail], reading.span(doc, reading.mentions[at].sentence), score)


@Language.factory("kg_relations", assigns=["doc._.relations"], default_config={"min_score": MIN_SCORE})
def create(nlp: Language, name: str, min_score: float) -> RelationExtractor:
    return RelationExtractor(load("relations"), min_score)
