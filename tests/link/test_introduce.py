"""A paper does not introduce what many older papers name."""

import pytest

from kg.link import link
from tests.link.make import paper, rows, tables

OWN = "[Model* Kelp] and [Model Reef]."


def proposers(*named: str | None, own: str | None) -> list[str]:
    """Who introduces Kelp, if a paper of the date ``own`` says so and papers of the dates ``named`` name it."""
    others = [paper(f"p{n}", "[Model Kelp] and [Model Tide].", date) for n, date in enumerate(named)]
    graph = link(**tables(paper("own", OWN, own), *others))
    edges = [source for source, type in rows(graph["edges"], "source", "type") if type == "PROPOSES"]
    assert [edges] == [names for id, names in rows(graph["entities"], "id", "proposed_by") if id == "system:kelp"]
    return edges


def test_ten_older_papers_know_better() -> None:
    assert proposers(*["2020-01"] * 10, own="2021-05") == []
    assert proposers(*["2020-01"] * 9, own="2021-05") == ["own"]


@pytest.mark.parametrize("date", ["2021-05", "2021-05-01", "2021", "2022", None])
def test_papers_not_surely_older_say_nothing(date: str | None) -> None:
    assert proposers(*[date] * 30, own="2021-05-20") == ["own"]


@pytest.mark.parametrize(("own", "expected"), [("2021", []), ("2020", ["own"]), (None, ["own"])])
def test_a_paper_without_month_is_as_old_as_its_year(own: str | None, expected: list[str]) -> None:
    assert proposers(*["2020-12"] * 10, own=own) == expected


def test_of_something_famous_a_few_older_papers_mean_something_else() -> None:
    assert proposers(*["2020"] * 10, *["2022"] * 190, own="2021") == ["own"]
    assert proposers(*["2020"] * 10, *["2022"] * 189, own="2021") == []
