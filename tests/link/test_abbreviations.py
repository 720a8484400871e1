"""What a long form is without what stands around it, and what two long forms of one abbreviation share."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.link.abbreviations import stem, trim


@pytest.mark.parametrize(
    ("short", "long", "meant"),
    [
        ("LLMs", "transformer-based large language models", "large language models"),
        ("MOT", "End-to-end multi-object tracking", "multi-object tracking"),
        ("LSTM", "bidirectional long short-term memory units", "long short-term memory"),
        ("BERT", "bidirectional encoder representations from transformers", None),
        ("FiLM", "parameter-efficient feature-wise linear modulation", "feature-wise linear modulation"),
        ("3DGS", "explicit 3D Gaussian splatting", "3D Gaussian splatting"),
        ("SAM", "segment anything model", None),
        ("KAN", "Kolmogorov-Arnold network", None),
        ("mAP", "mean average precision", None),
        ("k-NN", "k-nearest neighbors", None),
        ("BIOT", "pretrained biosignal transformer", "biosignal transformer"),
        ("XAI", "explainable AI", None),
        ("seq2seq", "sequence to sequence", None),
    ],
)
def test_a_long_form_is_cut_to_what_its_letters_stand_for(short: str, long: str, meant: str | None) -> None:
    assert trim(short, long) == (meant or long)


@given(st.text(max_size=8), st.text(max_size=40))
def test_what_is_left_is_a_piece_of_the_long_form(short: str, long: str) -> None:
    assert trim(short, long) in long
    assert trim(short, trim(short, long)) == trim(short, long)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("behavior cloning", "behavioural cloning"),
        ("rotary position embedding", "Rotary Positional Embeddings"),
        ("reinforcement learning with verifiable rewards", "Reinforcement Learning from Verified Rewards"),
        ("low-rank adaptation", "low-rank adapters"),
        ("density functional theory", "density function theory"),
    ],
)
def test_long_forms_that_differ_in_endings_have_one_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("quantum neural network", "quantized neural network"),
        ("graph neural simulator", "graph network simulator"),
        ("signed distance function", "signed distance field"),
        ("segment anything model 2", "segment anything model"),
    ],
)
def test_other_words_have_another(one: str, other: str) -> None:
    assert stem(one) != stem(other)
