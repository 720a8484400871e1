"""Precision, recall, F1 and their intervals."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.evaluate.judge import Finding, Judgement
from kg.evaluate.measure import Judged, measures


def paper(right: int, wrong: int, missed: int, type_: str = "Task", measure: str = "entity") -> Judged:
    found = [Finding(type_, 0.5, True)] * right + [Finding(type_, 0.5, False)] * wrong
    return {measure: Judgement(found, [type_] * missed)}


def test_by_hand() -> None:
    whole, by_type = measures([paper(2, 1, 0), paper(1, 2, 3, "Model")])
    assert {name: whole["entity"][name] for name in "prfn"} == {"p": 0.5, "r": 0.5, "f": 0.5, "n": 6}
    assert {name: by_type["entity"]["Task"][name] for name in "prfn"} == {"p": 0.6667, "r": 1.0, "f": 0.8, "n": 2}
    assert {name: by_type["entity"]["Model"][name] for name in "prfn"} == {"p": 0.3333, "r": 0.25, "f": 0.2857, "n": 4}


def test_nothing_to_divide_by_is_nought() -> None:
    whole, _ = measures([paper(0, 0, 0), paper(0, 0, 2)])
    assert [whole["entity"][name] for name in "prf"] == [0, 0, 0]


def test_only_what_was_measured_is_named() -> None:
    whole, by_type = measures([paper(1, 1, 1, measure="result_value")])
    assert whole.keys() == {"result_value"}
    assert by_type == {}


def test_the_interval_of_papers_that_are_all_alike_is_a_point() -> None:
    ends = measures([paper(3, 1, 2)] * 20)[0]["entity"]
    assert ends["ci"] == {name: [ends[name]] * 2 for name in "prf"}


def test_the_interval_narrows_with_more_papers() -> None:
    mixed = [paper(3, 0, 0), paper(0, 3, 3)]
    narrow, wide = (measures(mixed * count)[0]["entity"]["ci"]["f"] for count in (100, 5))
    assert wide[0] < narrow[0] < 0.5 < narrow[1] < wide[1]
    # 200 fair draws: a share of one half with a standard error of 0.0354, so 1.96 of them to either side
    assert narrow == pytest.approx([0.431, 0.569], abs=0.015)


COUNTS = st.tuples(st.integers(0, 4), st.integers(0, 4), st.integers(0, 4))


@given(st.lists(COUNTS, min_size=1, max_size=8))
def test_figures_lie_in_their_intervals_and_know_no_order(rows: list[tuple[int, int, int]]) -> None:
    papers = [paper(*row) for row in rows]
    whole = measures(papers)[0]["entity"]
    assert measures(papers) == measures(papers)
    backwards = measures(papers[::-1])[0]["entity"]
    for name in "prf":
        assert 0 <= whole["ci"][name][0] <= whole["ci"][name][1] <= 1
        assert backwards[name] == whole[name]
