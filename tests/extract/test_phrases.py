"""Descent in so many words, and what is not."""

import pytest
from spacy.tokens import Doc, Span

from kg.extract import sentences  # noqa: F401
from kg.extract.attributes import SPANS
from kg.extract.phrases import phrases
from kg.extract.relations import DocRelation
from kg.extract.tokenizer import blank

NLP = blank()
NLP.add_pipe("kg_sentences")


def read(text: str, *names: str, type: str = "Method") -> Doc:
    """The text with each name, where it stands as a word of its own, as a mention."""
    doc = NLP(text)
    doc.spans[SPANS] = [Span(doc, token.i, token.i + 1, type) for token in doc if token.text in names]
    return doc


def pairs(doc: Doc) -> list[tuple[str, str]]:
    return [(r.head.text, r.tail.text) for r in phrases(doc)._.relations]


@pytest.mark.parametrize(
    "text",
    [
        "QLoRA extends LoRA by much.",
        "QLoRA is a quantized variant of LoRA.",
        "QLoRA (ours), which generalizes the original LoRA, wins.",
        "We present QLoRA, an extension of LoRA.",
        "QLoRA thus builds on LoRA.",
        "QLoRA, short for its long name, builds on LoRA.",
        "QLoRA models extend LoRA.",
    ],
)
def test_descent_is_found(text: str) -> None:
    relations = phrases(read(text, "QLoRA", "LoRA"))._.relations
    assert [(r.type, r.head.text, r.by) for r in relations] == [("BASED_ON", "QLoRA", "kg_phrases")]


@pytest.mark.parametrize(
    "text",
    [
        "Adam extends training of GANs.", "Adam trains GANs.", "Adam fine-tunes GANs.", "Adam is built with GANs.",
        "Adam wins. It extends GANs.",
    ],
)  # fmt: skip
def test_other_words_say_nothing(text: str) -> None:
    assert phrases(read(text, "Adam", "GANs"))._.relations == ()


@pytest.mark.parametrize("text", ["Kelp is fine-tuned from the original Reef.", "Kelp was initialised with Reef."])
def test_weights_come_from_a_model(text: str) -> None:
    assert pairs(read(text, "Kelp", "Reef")) == []
    assert pairs(read(text, "Kelp", "Reef", type="Model")) == [("Kelp", "Reef")]


LOOSE = [
    "Kelp adapts the encoder of Reef.",
    "Kelp, an improved Reef, wins.",
    "Kelp replaces the loss of Reef.",
]
BASED = ["Kelp is based on Reef.", "Kelp, built upon the popular Reef, wins."]


@pytest.mark.parametrize("text", [*LOOSE, *BASED])
def test_looser_phrases_are_believed_of_what_a_paper_introduces(text: str) -> None:
    doc = read(text, "Kelp", "Reef", type="Model")
    assert pairs(doc) == []
    doc.spans[SPANS][0]._.role = "proposed"
    assert pairs(doc) == [("Kelp", "Reef")]


@pytest.mark.parametrize("text", LOOSE)
def test_or_of_a_name_that_is_unmistakably_one(text: str) -> None:
    assert pairs(read(text.replace("Kelp", "KelpNet"), "KelpNet", "Reef")) == [("KelpNet", "Reef")]


@pytest.mark.parametrize("text", ["Kelp adapts attention.", "Kelp is based on attention."])
def test_nothing_comes_from_what_has_no_name(text: str) -> None:
    doc = read(text, "Kelp", "attention", type="Model")
    doc.spans[SPANS][0]._.role = "proposed"
    assert pairs(doc) == []


@pytest.mark.parametrize(
    ("text", "parents"),
    [
        ("Kelp extends Reef and Moss.", ["Reef", "Moss"]),
        ("Kelp extends Reef, Moss, and the Fern.", ["Reef", "Moss", "Fern"]),
        ("Kelp builds on Reef for search, and on Moss for prose.", ["Reef", "Moss"]),
        ("Kelp extends Reef. Moss and Fern do not.", ["Reef"]),
        ("Kelp extends Reef with Moss.", ["Reef"]),
        ("Kelp, which extends Reef, and Moss win.", ["Reef"]),
        ("Kelp, which extends Reef and Moss, wins.", ["Reef", "Moss"]),
    ],
)
def test_what_is_listed_with_a_parent_is_one(text: str, parents: list[str]) -> None:
    assert pairs(read(text, "Kelp", "Reef", "Moss", "Fern")) == [("Kelp", parent) for parent in parents]


def test_of_a_name_and_the_one_in_its_bracket_the_nearer_is_the_child() -> None:
    assert pairs(read("Algae (Kelp) extends Reef.", "Algae", "Kelp", "Reef")) == [("Kelp", "Reef")]
    assert pairs(read("Algae (ours, Kelp too) extends Reef.", "Algae", "Kelp", "Reef")) == [("Algae", "Reef")]


def test_the_phrase_replaces_the_models_word() -> None:
    doc = read("DoRA is a variant of GaLore.", "DoRA", "GaLore")
    head, tail = doc.spans[SPANS]
    doc._.relations = (
        DocRelation(head, "BASED_ON", tail, head.sent, 0.4),
        DocRelation(head, "OUTPERFORMS", tail, head.sent, 0.5),
    )
    assert [(r.type, r.score) for r in phrases(doc)._.relations] == [("OUTPERFORMS", 0.5), ("BASED_ON", 0.9)]
