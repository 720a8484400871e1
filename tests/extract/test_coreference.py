"""Which names of a paper could be one thing, how they are joined, and what the shipped model says."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc, Span

from kg.extract import sentences  # noqa: F401
from kg.extract.alike import are_alike
from kg.extract.attributes import SPANS
from kg.extract.coreference import Coreference, features, firsts, pairs
from kg.extract.linear import load
from kg.extract.reading import read
from kg.extract.tokenizer import blank

NLP = blank()
NLP.add_pipe("kg_sentences")


def marked(text: str, type_: str = "Method") -> Doc:
    """A doc whose mentions stand in square brackets."""
    parts = text.split("[")
    plain, spans = parts[0], []
    for part in parts[1:]:
        name, rest = part.split("]")
        spans.append((len(plain), len(plain) + len(name)))
        plain += name + rest
    doc = NLP(plain)
    doc.spans[SPANS] = [doc.char_span(*span, label=type_) for span in spans]
    return doc


@pytest.mark.parametrize(
    "names",
    [
        ("tidal mixing network", "tidal mixing"), ("robotics manipulation", "robotic manipulation"),
        ("XMC", "xylem multi-label classification"), ("kelp pruning", "structured kelp pruning"),
    ],
)  # fmt: skip
def test_names_that_could_be_one_thing(names: tuple[str, str]) -> None:
    assert are_alike(*names)
    assert are_alike(*reversed(names))


@pytest.mark.parametrize(
    "names", [("kelp", "reef"), ("ReefNet 2", "ReefNet 3"), ("GPT-4", "GPT"), ("XMC", "tidal mixing"), ("AB", "a")]
)
def test_names_that_could_not(names: tuple[str, str]) -> None:
    assert not are_alike(*names)
    assert not are_alike(*reversed(names))


def test_names_of_two_types_are_two_things() -> None:
    doc = marked("[Kelp pruning] and [structured kelp pruning].")
    assert list(pairs(read(doc))) == [(0, 1)]
    first, second = doc.spans[SPANS]
    doc.spans[SPANS] = [first, Span(doc, second.start, second.end, "Task")]
    assert pairs(read(doc)) == {}


def test_the_order_of_a_pair_says_nothing() -> None:
    reading = read(marked("[Kelp pruning] for reefs\nWe call [structured kelp pruning] a method. [Kelp pruning] wins."))
    one, other = reading.names
    assert features(reading, one, other) == features(reading, other, one)


def test_joined_names_lead_to_the_first_of_them() -> None:
    assert firsts([(1, 4), (0, 1), (2, 3)]) == {1: 0, 4: 0, 3: 2}
    assert firsts([]) == {}


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)).filter(lambda p: p[0] < p[1]), max_size=6))
def test_joining_is_the_same_in_any_order(same: list[tuple[int, int]]) -> None:
    found = firsts(same)
    assert all(firsts(list(order)) == found for order in permutations(same[:4]) if len(same) <= 4)
    assert all(first < name and first not in found for name, first in found.items())
    for one, other in same:
        assert found.get(one, one) == found.get(other, other)


def test_the_model_joins_the_short_name_of_what_a_paper_introduces() -> None:
    text = (
        "[Weighted Kelp Network] for tide forecasting\nWe introduce the [Weighted Kelp Network]. "
        "[Weighted Kelp] needs less memory than an [LSTM]."
    )
    doc = Coreference(load("coreference"), 0.55)(marked(text, "Model"))
    assert [span._.same_as for span in doc.spans[SPANS]] == [None, None, "Weighted Kelp Network", None]
    assert [len(name.mentions) for name in read(doc).names] == [3, 1]


def test_the_model_keeps_a_variant_apart() -> None:
    doc = marked("[Kelp pruning] and [dynamic kelp pruning] are compared; [dynamic kelp pruning] beats [kelp pruning].")
    doc = Coreference(load("coreference"), 0.55)(doc)
    assert len(read(doc).names) == 2
