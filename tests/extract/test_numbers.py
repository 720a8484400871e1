"""Numbers in running text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.numbers import find_numbers


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("an accuracy of 91.4% on IAM", [("91.4%", 91.4, "%")]),
        ("by 3.1 BLEU", [("3.1", 3.1, None)]),
        (r"gains of 4.5\% and 2", [(r"4.5\%", 4.5, "%"), ("2", 2.0, None)]),
        (
            "runs 2.3$\\times$ faster, 4x smaller and 10-fold",
            [("2.3$\\times$", 2.3, "x"), ("4x", 4.0, "x"), ("10-fold", 10.0, "fold")],
        ),
        ("a range of 2-5%", [("2-5%", 2.0, "%")]),
        ("8% to 20% fewer errors", [("8% to 20%", 8.0, "%")]),
        ("from 71% to 85%", [("71%", 71.0, "%"), ("85%", 85.0, "%")]),
        ("0.91 ± 0.02 and 86.1/72.3", [("0.91 ± 0.02", 0.91, None), ("86.1/72.3", 86.1, None)]),
        ("1,234.5 ms", [("1,234.5 ms", 1234.5, "ms")]),
        (
            "2.7 points, 3 percentage points",
            [("2.7 points", 2.7, "points"), ("3 percentage points", 3.0, "percentage points")],
        ),
        ("GPT-4, ResNet50, top-1, mAP@50 and v2.1", []),
        ("scores 89.3.", [("89.3", 89.3, None)]),
    ],
)
def test_numbers_with_units(text: str, found: list[tuple[str, float, str | None]]) -> None:
    assert [(number.value, number.number, number.unit) for number in find_numbers(text)] == found


@given(st.text(alphabet="0123456789.,-–±/ %xto$\\fromGPT@", max_size=40))
def test_numbers_stand_where_they_say_and_never_overlap(text: str) -> None:
    end = 0
    for number in find_numbers(text):
        assert text[number.start : number.end] == number.value
        assert number.start >= end
        end = number.end
