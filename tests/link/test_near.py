"""Which names are near."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.link.near import one_apart


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [("reef", "reefs", True), ("reef", "rief", True), ("reef", "eref", True), ("reef", "reef", False),
     ("reef", "rife", False), ("reef", "reefers", False), ("", "a", True)],
)  # fmt: skip
def test_one_letter_more_less_other_or_two_swapped(one: str, other: str, near: bool) -> None:
    assert one_apart(one, other) is one_apart(other, one) is near


@given(st.text("ab", max_size=5), st.text("ab", max_size=5))
def test_one_letter_apart_is_the_edit_distance(one: str, other: str) -> None:
    """By Damerau and Levenshtein, counted the slow way."""
    letters = "ab"
    near = {one[:n] + one[n + 1 :] for n in range(len(one))}
    near |= {one[:n] + letter + one[n:] for n in range(len(one) + 1) for letter in letters}
    near |= {one[:n] + letter + one[n + 1 :] for n in range(len(one)) for letter in letters}
    near |= {one[:n] + one[n : n + 2][::-1] + one[n + 2 :] for n in range(len(one) - 1)}
    assert one_apart(one, other) is (other in near - {one})
