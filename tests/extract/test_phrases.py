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


def read(text: str, *names: str) -> Doc:
    """The text with each name, where it stands as a word of its own, as a mention."""
    doc = NLP(text)
    doc.spans[SPANS] = [Span(doc, token.i, token.i + 1, "Method") for token in doc if token.text in names]
    return doc


@pytest.mark.parametrize(
    "text",
    [
        "QLoRA extends LoRA by much.",
        "QLoRA is a quantized variant of LoRA.",
        "QLoRA (ours), which generalizes the original LoRA, wins.",
        "We present QLoRA, an extension of LoRA.",
        "QLoRA thus builds on LoRA.",
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
    doc = read(text, "Kelp", "Reef")
    assert phrases(doc)._.relations == ()
    head, tail = doc.spans[SPANS]
    doc.spans[SPANS] = [head, Span(doc, tail.start, tail.end, "Model")]
    assert [r.type for r in phrases(doc)._.relations] == ["BASED_ON"]


def test_the_phrase_replaces_the_models_word() -> None:
    doc = read("DoRA is a variant of GaLore.", "DoRA", "GaLore")
    head, tail = doc.spans[SPANS]
    doc._.relations = (
        DocRelation(head, "BASED_ON", tail, head.sent, 0.4),
        DocRelation(head, "OUTPERFORMS", tail, head.sent, 0.5),
    )
    assert [(r.type, r.score) for r in phrases(doc)._.relations] == [("OUTPERFORMS", 0.5), ("BASED_ON", 0.9)]
