"""Sparse linear models: scores, storage, hashing."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.linear import Linear, buckets, code, codes

MODEL = Linear(
    ("a", "b"),
    np.array([[0, 0], [100, -50], [1, 2], [3, 4]], np.int8),
    np.array([0.01, 0.02], np.float32),
    np.array([0.0, 1.0], np.float32),
)
ROWS = st.lists(st.lists(st.integers(0, 3), max_size=6), max_size=5)


def test_scores_are_logistic_of_the_scaled_sum() -> None:
    assert np.allclose(MODEL.scores([[1, 2]]), [[1 / (1 + np.exp(-1.01)), 1 / (1 + np.exp(-(1 - 0.96)))]], atol=1e-4)


def test_a_row_without_features_scores_its_bias() -> None:
    assert MODEL.scores([[], [1], []])[[0, 2]].tolist() == [[0.5, 0.7311], [0.5, 0.7311]]


def test_no_rows_no_scores() -> None:
    assert MODEL.scores([]).shape == (0, 2)


@given(ROWS)
def test_scores_depend_neither_on_order_nor_on_company(rows: list[list[int]]) -> None:
    together = MODEL.scores(rows)
    alone = [MODEL.scores([row[::-1]])[0].tolist() for row in rows]
    assert together.tolist() == alone


def test_large_sums_do_not_overflow_the_stored_width() -> None:
    assert MODEL.scores([[1] * 500])[0].tolist() == [1.0, 0.0]


def test_bytes_come_back_as_the_same_model() -> None:
    again = Linear.from_bytes(MODEL.to_bytes())
    assert again.labels == MODEL.labels
    assert again.to_bytes() == MODEL.to_bytes()
    assert np.array_equal(again.weights, MODEL.weights)


@given(st.lists(st.text(max_size=8)))
def test_buckets_are_distinct_ordered_and_in_range(features: list[str]) -> None:
    found = buckets(codes(features), 64)
    assert found == sorted(set(found))
    assert found == buckets(codes(features[::-1]), 64)
    assert all(0 <= bucket < 64 for bucket in found)


def test_a_bucket_never_changes() -> None:
    assert buckets(codes(["left we", "right on"]), 1 << 16) == [2496, 60966]


@given(st.text(), st.lists(st.text()))
def test_a_shared_beginning_is_hashed_once(beginning: str, ends: list[str]) -> None:
    assert codes(ends, code(beginning)) == [code(beginning + end) for end in ends]


@given(ROWS.filter(bool))
def test_the_sums_of_the_parts_of_a_row_add_up(rows: list[list[int]]) -> None:
    whole = [bucket for row in rows for bucket in row]
    assert MODEL.sums([whole]).tolist() == [MODEL.sums(rows).sum(axis=0).tolist()]
