import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.acronyms import spelled_out, spells

WORDS = st.lists(
    st.sampled_from(["deep", "low", "rank", "graph", "neural", "adapter", "search"]), min_size=2, max_size=6
)


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("RL", "reinforcement learning"),
        ("LLMs", "large language models"),
        ("event-centric QA", "event-centric question answering"),
        ("T2I generation", "Text-to-Image Generation"),
        ("RepNet", "reprojection network"),
        ("MF", "matrix factorization models"),
        ("R-SEM", "rotation-scale equivariant matching"),
        ("A3C", "asynchronous advantage actor-critic"),
        ("S4", "structured state space sequence model"),
        ("ROV3R", "robust optical video registration, restoration and retrieval"),
        ("O3D", "offline data-driven discovery and distillation"),
        ("KM4N", "kernel matching of nearest neighbor neural networks"),
        ("LF2CS", "learning features into clustering space"),
        ("XMC", "extreme multi-label classification"),
        ("XLT", "cross-lingual transfer"),
        ("dependent bidirectional RNN", "dependent bidirectional recurrent neural network"),
    ],
)
def test_acronym_of_another_name(short: str, long: str) -> None:
    assert spells(short, long)


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("RL", "learning to rank"),
        ("GAN", "graph adversarial"),
        ("BERT", "bidirectional transformer"),
        ("BERT", "BERT transfer"),
        ("OK-VQA", "A-OKVQA"),
        ("A3C", "advantage actor-critic"),
        ("T5", "text-to-text transformer"),
        ("ResNet-50", "residual network 101"),
        ("reinforcement learning", "reinforcement learning"),
    ],
)
def test_names_of_two_things(short: str, long: str) -> None:
    assert not spells(short, long)


@given(WORDS)
def test_initials_spell_their_words(words: list[str]) -> None:
    assert spells("".join(word[0] for word in words).upper(), " ".join(words))


def test_an_acronym_of_two_names_is_left_alone() -> None:
    names = ["SSL", "self-supervised learning", "semi-supervised learning", "RL", "reinforcement learning"]
    assert spelled_out(names) == {"RL": "reinforcement learning"}


def test_case_variants_of_the_long_form_are_one() -> None:
    assert spelled_out(["QA", "Question Answering", "question answering"]) == {"QA": "Question Answering"}
