"""Names of one paper that mean one thing though they share no normal form: "Weighted Transformer Network" and "Weighted
Transformer", "robotics manipulation" and "robotic manipulation", an acronym that it never defines.

A linear model judges every two names of one type that share the beginning of a word, or of which one could be short for
the other: how their words lie in each other, which are left over, how they are written and where they stand.
"""

from dataclasses import dataclass
from itertools import combinations

from spacy.language import Language
from spacy.tokens import Doc

from kg.extract.acronyms import WORD
from kg.extract.alike import are_alike, relation, written_alike
from kg.extract.attributes import SPANS
from kg.extract.linear import Linear, buckets, codes, load
from kg.extract.reading import Name, Reading, read

MIN_SCORE = 0.55
Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Coreference:
    """Sets ``span._.same_as`` of the names that a paper uses for what has another name before."""

    model: Linear
    min_score: float

    def __call__(self, doc: Doc) -> Doc:
        reading = read(doc)
        found = pairs(reading)
        if found:
            scores = self.model.scores([buckets(row, self.model.size) for row in found.values()])[:, 0]
            same = [pair for pair, score in zip(found, scores, strict=True) if score >= self.min_score]
            spans = list(doc.spans[SPANS])
            for name, first in firsts(same).items():
                for index in reading.names[name].mentions:
                    spans[index]._.same_as = spans[reading.names[first].mentions[0]].text
        return doc


def firsts(same: list[Pair]) -> dict[int, int]:
    """For each name that is joined to an earlier one, directly or by way of others, the first of them."""
    first: dict[int, int] = {}
    for one, other in sorted(same):
        root, joined = sorted((first.get(one, one), first.get(other, other)))
        if root != joined:
            first = {name: root if at == joined else at for name, at in first.items()} | {joined: root}
    return first


def pairs(reading: Reading) -> dict[Pair, list[int]]:
    """Every two names (by index, ascending) that could be one thing, with what speaks for and against it, as codes."""
    return {
        (a, b): features(reading, one, other)
        for (a, one), (b, other) in combinations(enumerate(reading.names), 2)
        if one.type == other.type and are_alike(one.text, other.text)
    }


def features(reading: Reading, one: Name, other: Name) -> list[int]:
    """What speaks for two names being one thing, as codes; the longer name is named first."""
    long, short = (one, other) if len(WORD.findall(one.text)) >= len(WORD.findall(other.text)) else (other, one)
    found = [*written_alike(long.text, short.text, long.type)]
    places = [[reading.mentions[index].sentence for index in name.mentions] for name in (long, short)]
    titled = "".join(str(min(2, sum(place < reading.title for place in each))) for each in places)
    only = "".join(str(all(place < reading.title for place in each)) for each in places)
    together, before = bool(set(places[0]) & set(places[1])), places[0][0] < places[1][0]
    how = relation(long.text, short.text)
    for what in (f"together {together}", f"titled {titled}", f"only title {only}", f"before {before}"):
        found += codes((what, f"{what} {how}"))
    counts = [min(3, len(each)) for each in places]
    return found + codes((f"count {counts}", f"titled {titled} count {counts}"))


@Language.factory("kg_coreference", assigns=["span._.same_as"], default_config={"min_score": MIN_SCORE})
def create(nlp: Language, name: str, min_score: float) -> Coreference:
    return Coreference(load("coreference"), min_score)
