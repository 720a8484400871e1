"""Which names may be one thing, whatever else speaks for it."""

import pytest

from kg.link.guard import guard, same_version

JOIN = [
    ("LoRA", "Low-Rank Adaptation"),
    ("GNNs", "graph neural networks"),
    ("C4", "Colossal Clean Crawled Corpus"),
    ("T5", "Text-to-Text Transfer Transformer"),
    ("A3C", "Asynchronous Advantage Actor-Critic"),
    ("T2I", "text-to-image"),
    ("3CM", "compact cascaded convolution module"),
    ("seq2seq", "sequence to sequence"),
    ("T2S", "text into speech"),
    ("3DGS", "3D Gaussian Splatting"),
    ("SAM 2", "Segment Anything Model 2"),
    ("S4", "structured state space sequence model"),
]
APART = [
    ("GPT-3", "Generative Pre-trained Transformer"),
    ("SQuAD", "Stanford question answering dataset 2.0"),
    ("F1", "macro F1"),
    ("CIFAR-10", "Canadian Institute for Advanced Research 100"),
    ("LLMs", "multimodal LLM"),
    ("LoRA", "LoRA"),
    ("Vision Transformer", "ViT"),
    ("C3", "Colossal Clean Crawled Corpus"),
    ("OASIS", "of Imaging Studies"),
    ("D_t|D_", "Dynamic Token Dropping"),
    ("F_T", "Fourier transform"),
    ("SDAR", "suddenly they knit together its own task planner and a robot"),
]


@pytest.mark.parametrize(("short", "long"), JOIN)
def test_the_guard_lets_an_abbreviation_pass(short: str, long: str) -> None:
    assert guard(short, long)


@pytest.mark.parametrize(("short", "long"), APART)
def test_the_guard_stops_what_is_another_thing(short: str, long: str) -> None:
    assert not guard(short, long)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("GPT-3", "GPT-4"),
        ("ResNet-50", "ResNet-101"),
        ("CIFAR-10", "CIFAR-100"),
        ("BLEU", "BLEU-4"),
        ("SQuAD", "SQuAD 2.0"),
        ("HumanEval", "HumanEval+"),
        ("BERT-base", "BERT-large"),
        ("ViT-B", "ViT-L"),
        ("macro F1", "micro F1"),
        ("offline RL", "online RL"),
        ("Phi-3-mini", "Phi-3-medium"),
    ],
)
def test_versions_sizes_and_directions_tell_names_apart(one: str, other: str) -> None:
    assert not same_version(one, other)
    assert same_version(one, one.lower())
    assert same_version(other, other.replace("-", " "))
