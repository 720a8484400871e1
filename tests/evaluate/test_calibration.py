"""Figures along the score, and whether scores mean what they say."""

from hypothesis import given
from hypothesis import strategies as st

from kg.evaluate.calibration import calibration, curve
from kg.evaluate.judge import Finding, Judgement
from kg.evaluate.measure import Judged


def paper(*found: tuple[float | None, bool], missed: int = 0, measure: str = "entity") -> Judged:
    return {measure: Judgement([Finding("Task", score, right) for score, right in found], ["Task"] * missed)}


def test_the_curve_by_hand() -> None:
    rows = curve([paper((0.9, True), (0.5, True), (0.7, False)), paper((0.2, False), missed=2)])
    at = {row["score"]: [row["entity"][name] for name in "prf"] for row in rows}
    assert at[0.0] == [0.5, 0.5, 0.5]
    assert at[0.2] == at[0.0]
    assert at[0.25] == [0.6667, 0.5, 0.5714]
    assert at[0.6] == [0.5, 0.25, 0.3333]
    assert at[0.75] == [1, 0.25, 0.4]
    assert at[0.95] == [0, 0, 0]


def test_what_has_no_scores_has_no_curve() -> None:
    assert "entity" not in curve([paper((0.9, True), (None, True))])[0]
    assert calibration([paper((0.9, True), (None, True))]) == {}


def test_the_error_by_hand() -> None:
    # bin 0.9-1: mean 0.95, all right, off by 0.05; bin 0.4-0.5: mean 0.45, a quarter right, off by 0.2
    found = calibration(
        [paper((0.9, True), (1.0, True)), paper((0.4, True), (0.5 - 1e-9, False), (0.45, False), (0.45, False))]
    )
    assert found["entity"]["error"] == round((2 * 0.05 + 4 * 0.2) / 6, 4)
    assert found["entity"]["bins"] == [
        {"from": 0.4, "n": 4, "score": 0.45, "right": 0.25},
        {"from": 0.9, "n": 2, "score": 0.95, "right": 1.0},
    ]


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1))
def test_recall_falls_along_the_score_and_the_error_is_a_share(found: list[tuple[float, bool]]) -> None:
    recalls = [row["entity"]["r"] for row in curve([paper(*found)])]
    assert recalls == sorted(recalls, reverse=True)
    error = calibration([paper(*found)])["entity"]
    assert 0 <= error["error"] <= 1
    assert sum(each["n"] for each in error["bins"]) == len(found)
