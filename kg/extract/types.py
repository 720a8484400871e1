"""One name has one type within a paper: what the recogniser saw, weighed with how the whole paper speaks of the name.

The recogniser judges each mention from a few words around it. Here a linear model reads all mentions of a name at once
(its words, the n-grams around, the title) and gives each type a log-probability; to it the mean score of the
recogniser's votes for that type is added, times the weight of ``votes``, and the greatest sum wins.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc, Span

from kg.extract.attributes import SPANS
from kg.extract.linear import Linear, buckets, code, codes, load
from kg.extract.reading import Name, Reading, around, name_words, read, shape


@dataclass(frozen=True, slots=True)
class TypeTagger:
    """Gives all mentions of a name in ``doc.spans["mentions"]`` one type; scores and attributes stay."""

    model: Linear
    votes: float = 1.0

    def __call__(self, doc: Doc) -> Doc:
        reading = read(doc, typed=False)
        if reading.names:
            spans = list(doc.spans[SPANS])
            types = self._types(reading, spans)
            doc.spans[SPANS] = [relabel(s, types[m.name]) for s, m in zip(spans, reading.mentions, strict=True)]
        return doc

    def _types(self, reading: Reading, spans: list[Span]) -> list[str]:
        labels = self.model.labels
        scores = self.model.scores([buckets(features(reading, name), self.model.size) for name in reading.names])
        sums: NDArray[np.float64] = np.log(scores + 1e-4) - np.log((scores + 1e-4).sum(axis=1, keepdims=True))
        for row, name in zip(sums, reading.names, strict=True):
            for index in name.mentions:
                row[labels.index(spans[index].label_)] += self.votes * spans[index]._.score / len(name.mentions)
        return [labels[best] for best in sums.argmax(axis=1)]


def features(reading: Reading, name: Name) -> list[int]:
    """What a name is called, how it is written, and the words around its mentions, as codes; nothing about types."""
    found = list(called(name.text))
    for mention in (reading.mentions[index] for index in name.mentions):
        place = "title" if mention.sentence < reading.title else "body"
        found += beside(tuple(reading.sentences[mention.sentence]), mention.at, place)
    return found


@lru_cache(maxsize=50_000)
def called(name: str) -> list[int]:
    words = name_words(name)
    capitals = sum(map(str.isupper, name))
    found = codes((
        f"name {' '.join(words)}", f"first {words[0]}", f"last {words[-1]}", f"last {' '.join(words[-2:])}",
        f"shape {shape(name)}", f"capitals {4 * capitals // len(name)} {len(words)}",
    ))  # fmt: skip
    found += codes(words, WORD)
    found += codes((words[-1][-size:] for size in (2, 3, 4, 5)), SUFFIX)
    return found + codes((name[-size:] for size in (2, 3, 4, 5)), WRITTEN)


@lru_cache(maxsize=1000)
def beside(units: tuple[str, ...], at: int, place: str) -> list[int]:
    """The words around a mention; two components ask for the same of one paper."""
    after = units[at + 1 : at + 8]
    found = codes(around(units, at, at + 1))
    found.append(code(f"{place} {min(at, 2)} {after[0] if after else '</s>'}"))
    found += codes(units[max(0, at - 6) : at], BEFORE)
    found += codes(after[:6], AFTER)
    if after and after[0] in APPOSITION:
        found += codes(after[1:], APPOSED)
    return found


WORD, SUFFIX, WRITTEN, BEFORE, AFTER, APPOSED = codes(
    ("word ", "suffix ", "written suffix ", "before ", "after ", "apposition ")
)
APPOSITION = frozenset((",", ":", "is", "-", "--", "–", "—"))


def relabel(mention: Span, type: str) -> Span:
    """The mention with another type; itself when it has it already. What is known of it belongs to its place."""
    return mention if mention.label_ == type else Span(mention.doc, mention.start, mention.end, type)


@Language.factory("kg_types", assigns=["doc.spans"], default_config={"votes": 1.0})
def create(nlp: Language, name: str, votes: float) -> TypeTagger:
    return TypeTagger(load("types"), votes)
