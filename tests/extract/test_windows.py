"""Our run of spaCy's window encoder, in 8 bits, against thinc's own."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.ml.models.tok2vec import MaxoutWindowEncoder, MishWindowEncoder
from thinc.api import Model

from kg.extract.viterbi import Floats
from kg.extract.windows import Windows, windows_of


def encoder(width: int = 32, pieces: int = 3, depth: int = 2, seed: int = 0) -> Model:
    model = MaxoutWindowEncoder(width=width, window_size=1, maxout_pieces=pieces, depth=depth)
    model.initialize()
    draw = np.random.default_rng(seed)
    for node in model.walk():
        for name in node.param_names:
            node.set_param(name, draw.normal(size=node.get_param(name).shape).astype("f"))
    return model


def differ(windows: Windows, model: Model, rows: Floats) -> float:
    """How far the two are from one another, beside how far the rows are from their mean."""
    expected = model.predict([rows])[0]
    return float(np.abs(windows(rows) - expected).mean() / expected.std())


@given(length=st.integers(1, 9), width=st.integers(16, 48), depth=st.integers(1, 4), seed=st.integers(0, 99))
def test_it_computes_what_thinc_does(length: int, width: int, depth: int, seed: int) -> None:
    model = encoder(width, 3, depth, seed)
    rows = np.random.default_rng(seed).normal(size=(length, width)).astype("f")
    windows = windows_of(model)
    assert windows is not None
    before = rows.copy()
    assert differ(windows, model, rows) < 0.05
    np.testing.assert_array_equal(rows, before)


def test_it_sees_new_weights() -> None:
    model, rows = encoder(), np.random.default_rng(0).normal(size=(5, 32)).astype("f")
    windows = windows_of(model)
    assert windows is not None
    assert differ(windows, model, rows) < 0.05
    last = [node for node in model.walk() if node.name == "maxout"][-1]
    last.set_param("W", -last.get_param("W"))
    assert differ(windows, model, rows) < 0.05


@pytest.mark.parametrize(
    "other",
    [
        MaxoutWindowEncoder(width=4, window_size=2, maxout_pieces=3, depth=2),
        MaxoutWindowEncoder(width=4, window_size=1, maxout_pieces=2, depth=2),
        MishWindowEncoder(width=4, window_size=1, depth=2),
    ],
)
def test_other_networks_are_left_to_thinc(other: Model) -> None:
    other.initialize()
    assert windows_of(other) is None
