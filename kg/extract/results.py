"""Reported numbers: which numbers of a paper are results, of what kind, and what they are about.

A number is a result where the model says so. Its subject, dataset and metric are the names that the model ties to it,
each the best of its kind, if it scores at least ``TIED``. The kind is a factor where the unit says so ("2.3x"), a gain
where the model does.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc, Span

from kg.extract import figures, slots
from kg.extract.attributes import SPANS
from kg.extract.figures import Place
from kg.extract.linear import Linear, buckets, load
from kg.extract.numbers import Number, find_numbers
from kg.extract.reading import MARKS, Name, Reading, read
from kg.extract.slots import SLOTS
from kg.extract.words import written

MIN_SCORE, TIED = 0.5, 0.4  # of a number, of a name for it
LABELS = ("result", "gain", *SLOTS)

Doc.set_extension("results", default=(), force=True)


@dataclass(frozen=True, slots=True)
class DocResult:
    """A number at characters ``[start, end)``; ``kind`` is absolute, gain or factor, ``score`` lies in [0, 1]."""

    start: int
    end: int
    value: str
    number: float
    unit: str | None
    kind: str
    subject: Span | None
    dataset: Span | None
    metric: Span | None
    sentence: Span
    score: float


def places(doc: Doc, reading: Reading, numbers: Iterable[Number]) -> list[Place]:
    """Where the numbers of a doc stand; those inside a mention are left out."""
    found = []
    for number in numbers:
        span = doc.char_span(number.start, number.end, alignment_mode="expand")
        assert span is not None  # expanding always finds one
        sentence = bisect_right(reading.firsts, span.start) - 1
        first = bisect_right(reading.starts[sentence], span.start) - 1
        if first < 0:  # a mention runs on from the sentence before, and the number is in it
            continue
        last = max(first + 1, bisect_left(reading.starts[sentence], span.end))
        if MARKS.isdisjoint(reading.sentences[sentence][first:last]):
            found.append(Place(number, sentence, first, last))
    return found


@dataclass(frozen=True, slots=True)
class ResultExtractor:
    """Sets ``doc._.results``: a tuple of :class:`DocResult` that score at least ``min_score``, from left to right."""

    model: Linear
    min_score: float

    def __call__(self, doc: Doc) -> Doc:
        numbers = list(find_numbers(written(doc)))
        if not numbers:
            doc._.results = ()
            return doc
        reading = read(doc)
        found = places(doc, reading, numbers)
        scores = self.model.scores([buckets(figures.of_number(reading, place), self.model.size) for place in found])
        kept = [(place, row) for place, row in zip(found, scores, strict=True) if row[0] >= self.min_score]
        tied = self._tied(doc, reading, [place for place, _ in kept])
        doc._.results = tuple(
            _result(reading.span(doc, place.sentence), place.number, row, filled)
            for (place, row), filled in zip(kept, tied, strict=True)
        )
        return doc

    def _tied(self, doc: Doc, reading: Reading, found: list[Place]) -> list[dict[str, Span]]:
        """For each place the mentions that its number is tied to, by slot."""
        names = [(name, slot) for slot, ends in SLOTS.items() for name in reading.names if name.type in ends]
        rows = [buckets(slots.features(reading, name, place), self.model.size) for place in found for name, _ in names]
        columns = [LABELS.index(slot) for _, slot in names]
        scores = self.model.scores(rows).reshape(len(found), len(names), len(LABELS))[:, range(len(names)), columns]
        mentions: list[Span] = list(doc.spans[SPANS]) if names else []
        tied: list[dict[str, Span]] = []
        for place, row in zip(found, scores.tolist(), strict=True):
            best: dict[str, tuple[float, Name]] = {}
            for (name, slot), score in zip(names, row, strict=True):
                if score >= TIED and (slot not in best or score > best[slot][0]):
                    best[slot] = score, name
            tied.append({slot: mentions[nearest(reading, name, place)] for slot, (_, name) in best.items()})
        return tied


def _result(sentence: Span, number: Number, row: NDArray[np.float64], filled: dict[str, Span]) -> DocResult:
    return DocResult(
        start=number.start,
        end=number.end,
        value=number.value,
        number=number.number,
        unit=number.unit,
        kind="factor" if number.is_factor else "gain" if row[1] >= 0.5 else "absolute",
        subject=filled.get("subject"),
        dataset=filled.get("dataset"),
        metric=filled.get("metric"),
        sentence=sentence,
        score=float(row[0]),
    )


def nearest(reading: Reading, name: Name, place: Place) -> int:
    """The mention (by index) of a name that stands nearest to a number."""
    at = reading.mentions
    return min(name.mentions, key=lambda m: (abs(at[m].sentence - place.sentence), abs(at[m].at - place.first)))


@Language.factory("kg_results", assigns=["doc._.results"], default_config={"min_score": MIN_SCORE})
def create(nlp: Language, name: str, min_score: float) -> ResultExtractor:
    return ResultExtractor(load("results"), min_score)
