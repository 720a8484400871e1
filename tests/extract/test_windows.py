"""Our run of spaCy's window encoder against thinc's own."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.ml.models.tok2vec import MaxoutWindowEncoder, MishWindowEncoder
from thinc.api import Model

from kg.extract.windows import windows_of


def encoder(width: int = 4, pieces: int = 3, depth: int = 2, seed: int = 0) -> Model:
    model = MaxoutWindowEncoder(width=width, window_size=1, maxout_pieces=pieces, depth=depth)
    model.initialize()
    draw = np.random.default_rng(seed)
    for node in model.walk():
        for name in node.param_names:
            node.set_param(name, draw.normal(size=node.get_param(name).shape).astype("f"))
    return model


@given(
    length=st.integers(1, 9), width=st.integers(2, 6), pieces=st.integers(2, 3), depth=st.integers(1, 4),
    seed=st.integers(0, 99),
)  # fmt: skip
def test_it_computes_what_thinc_does(length: int, width: int, pieces: int, depth: int, seed: int) -> None:
    model = encoder(width, pieces, depth, seed)
    rows = np.random.default_rng(seed).normal(size=(length, width)).astype("f")
    windows = windows_of(model)
    assert windows is not None
    before = rows.copy()
    np.testing.assert_allclose(windows(rows), model.predict([rows])[0], rtol=1e-4, atol=1e-4)
    np.testing.assert_array_equal(rows, before)


def test_it_sees_new_weights() -> None:
    model, rows = encoder(), np.ones((5, 4), "f")
    windows = windows_of(model)
    assert windows is not None
    first = windows(rows)
    last = [node for node in model.walk() if node.name == "maxout"][-1]
    last.set_param("W", last.get_param("W") * 2)
    assert not np.allclose(windows(rows), first)
    np.testing.assert_allclose(windows(rows), model.predict([rows])[0], rtol=1e-5)


@pytest.mark.parametrize(
    "other",
    [
        MaxoutWindowEncoder(width=4, window_size=2, maxout_pieces=3, depth=2),
        MishWindowEncoder(width=4, window_size=1, depth=2),
    ],
)
def test_other_networks_are_left_to_thinc(other: Model) -> None:
    assert windows_of(other) is None
