"""Definitions of abbreviations, and what follows for mentions."""

import pytest
from spacy.tokens import Span

from kg.extract import abbreviations as module
from kg.extract.attributes import SPANS
from kg.extract.occurrences import occurrences
from kg.extract.tokenizer import blank

NLP = blank()


def pairs(text: str) -> list[tuple[str, str]]:
    return [(short.text, long.text) for short, long in module.find_pairs(NLP.make_doc(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We use Low-Rank Adaptation (LoRA).", [("LoRA", "Low-Rank Adaptation")]),
        ("with convolutional neural networks (CNNs) here", [("CNNs", "convolutional neural networks")]),
        ("RAG (retrieval-augmented generation) helps", [("RAG", "retrieval-augmented generation")]),
        ("Direct Preference Optimization (DPO; ours)", [("DPO", "Direct Preference Optimization")]),
        ("by self-supervised learning (SSL)", [("SSL", "self-supervised learning")]),
        ("mean average precision (mAP)", [("mAP", "mean average precision")]),
        ("Fréchet Inception Distance (FID)", [("FID", "Fréchet Inception Distance")]),
        ("Contrastive Language-Image Pre-training (CLIP)", [("CLIP", "Contrastive Language-Image Pre-training")]),
        ("Asynchronous Advantage Actor-Critic (A3C)", [("A3C", "Asynchronous Advantage Actor-Critic")]),
        ("the structured state space sequence model (S4)", [("S4", "structured state space sequence model")]),
        ("T5 (Text-to-Text Transfer Transformer)", [("T5", "Text-to-Text Transfer Transformer")]),
        ("and the Agent-to-Agent Protocol (A2A)", [("A2A", "Agent-to-Agent Protocol")]),
        ("from natural language to SQL (NL2SQL)", [("NL2SQL", "natural language to SQL")]),
        (
            "twin delayed deep deterministic policy gradient (TD3)",
            [("TD3", "twin delayed deep deterministic policy gradient")],
        ),
        ("by explainable AI (XAI)", [("XAI", "explainable AI")]),
        ("for cross-lingual transfer (XLT)", [("XLT", "cross-lingual transfer")]),
        ("Vision Transformer (ViT) and later Vision Tower (ViT)", [("ViT", "Vision Transformer")]),
    ],
)
def test_finds_definitions(text: str, expected: list[tuple[str, str]]) -> None:
    assert pairs(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "a model (see Fig. 3)",
        "ImageNet (1.2M images)",
        "as shown (Smith et al. 2020)",
        "we win (up to 5%)",
        "()",
        "BERT (BERT)",
        "low level actions (L2)",
        "Pixels outperform it on a wide range of datasets (Places2)",
    ],
)
def test_finds_nothing_where_nothing_is_defined(text: str) -> None:
    assert pairs(text) == []


def test_a_definition_completes_the_mentions() -> None:
    doc = NLP.make_doc("Low-Rank Adaptation (LoRA) is cheap. LoRA is fast.")
    known = doc.char_span(0, 19, label="Method")
    assert isinstance(known, Span)
    known._.score, known._.by = 0.9, "kg_entities"
    doc.spans[SPANS] = [known]
    occurrences(module.abbreviations(doc))
    found = [(m.text, m.label_, m._.expansion, m._.by) for m in doc.spans[SPANS]]
    assert found == [
        ("Low-Rank Adaptation", "Method", None, "kg_entities"),
        ("LoRA", "Method", "Low-Rank Adaptation", "kg_abbreviations"),
        ("LoRA", "Method", "Low-Rank Adaptation", "kg_occurrences"),
    ]


def test_a_mention_widens_the_long_form() -> None:
    doc = NLP.make_doc("Weight-Decomposed Low-Rank Adaptation (DoRA)")
    known = doc.char_span(0, 37, label="Method")
    assert isinstance(known, Span)
    known._.score, known._.by = 0.9, "kg_entities"
    doc.spans[SPANS] = [known]
    module.abbreviations(doc)
    assert [(m.text, m._.expansion) for m in doc.spans[SPANS]] == [
        ("Weight-Decomposed Low-Rank Adaptation", None),
        ("DoRA", "Weight-Decomposed Low-Rank Adaptation"),
    ]


def test_a_mention_without_the_article_that_the_short_form_counts_is_the_same_thing() -> None:
    doc = NLP("A Lite Kelp (ALKELP) modifies Kelp.")
    doc.spans[SPANS] = [Span(doc, 1, 3, "Model"), Span(doc, 4, 5, "Model"), Span(doc, 7, 8, "Model")]
    for mention in doc.spans[SPANS]:
        mention._.score = 0.9
    found = {mention.text: mention._.expansion for mention in module.abbreviations(doc).spans[SPANS]}
    assert found == {"Lite Kelp": "A Lite Kelp", "ALKELP": "A Lite Kelp", "Kelp": None}
