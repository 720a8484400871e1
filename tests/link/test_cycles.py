"""Lineage has no circles, and what was left out for that can be seen."""

import networkx as nx
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.link import link
from kg.link.cycles import OLDER, WEAKER, left_out, older
from tests.link.make import paper, rows, tables

COLUMNS = ("source", "type", "target", "papers", "score", "born_source", "born_target")
Row = tuple[int, str, int, int, float, str | None, str | None]


def table(found: list[Row]) -> pa.Table:
    return pa.Table.from_pylist([dict(zip(COLUMNS, row, strict=True)) for row in found])


dates = st.sampled_from([None, "2019", "2019-05", "2020-01", "2020-01-02", "2021"])
edges = st.dictionaries(
    st.tuples(st.integers(0, 6), st.sampled_from(["BASED_ON", "IS_A"]), st.integers(0, 6)).filter(
        lambda e: e[0] != e[2]
    ),
    st.tuples(st.integers(1, 3), st.sampled_from([0.3, 0.5, 0.9])),
    min_size=1,
    max_size=25,
)


def graph(born: list[str | None], found: dict[tuple[int, str, int], tuple[int, float]]) -> list[Row]:
    return [(s, kind, t, *weight, born[s], born[t]) for (s, kind, t), weight in found.items()]


@given(st.lists(dates, min_size=7, max_size=7), edges, st.randoms())
def test_what_is_kept_has_no_circle_and_no_edge_too_few(
    born: list[str | None], found: dict[tuple[int, str, int], tuple[int, float]], rng: object
) -> None:
    given = graph(born, found)
    gone = set(rows(left_out(table(given)), "source", "type", "target"))
    kept = nx.DiGraph([(s, t) for s, kind, t in found if (s, kind, t) not in gone])
    assert nx.is_directed_acyclic_graph(kept)
    assert all(nx.has_path(kept, target, source) for source, _, target in gone)
    rng.shuffle(given)  # type: ignore[attr-defined]
    assert set(rows(left_out(table(given)), "source", "type", "target")) == gone


def test_the_child_that_is_older_than_its_parent_goes_first() -> None:
    found = left_out(table([(1, "BASED_ON", 2, 9, 0.9, "2018", "2020"), (2, "BASED_ON", 1, 1, 0.3, "2020", "2018")]))
    assert rows(found, "source", "type", "target", "reason") == [(1, "BASED_ON", 2, OLDER)]


def test_of_equal_dates_the_weakest_goes() -> None:
    circle = [
        (1, "BASED_ON", 2, 1, 0.9),
        (2, "IS_A", 3, 1, 0.5),
        (3, "BASED_ON", 1, 1, 0.7),
        (3, "BASED_ON", 4, 1, 0.1),
    ]
    found = left_out(table([(*row, "2020", "2020") for row in circle]))
    assert rows(found, "source", "type", "target", "reason") == [(2, "IS_A", 3, WEAKER)]


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [("2019", "2020", True), ("2020", "2019", False), ("2020", "2020-05", False), ("2020-01", "2020-05-01", True),
     (None, "2020", False), ("2020", None, False), (None, None, False)],
)  # fmt: skip
def test_a_date_is_earlier_only_as_far_as_both_are_known(
    source: str | None, target: str | None, expected: bool
) -> None:
    assert older({"born_source": source, "born_target": target}) is expected


def test_a_graph_says_what_it_leaves_out_and_keeps_no_evidence_of_it() -> None:
    texts = ("2019", "[Model Kelp] and [Model Reef]."), ("2021", "[Model Kelp] and [Model Reef] and [Model Tide].")
    papers = [
        paper("p0", "[Model Kelp].", "2018"),
        *(paper(f"p{n}", text, day) for n, (day, text) in enumerate(texts, 1)),
    ]
    said = [("p1", "Kelp", "BASED_ON", "Reef"), ("p2", "Reef", "IS_A", "Kelp"), ("p2", "Tide", "BASED_ON", "Reef")]
    found = link(**tables(*papers, said=said))
    lineage = {row for row in rows(found["edges"], "source", "type", "target") if row[1] in ("BASED_ON", "IS_A")}
    assert lineage == {("system:reef", "IS_A", "system:kelp"), ("system:tide", "BASED_ON", "system:reef")}
    assert ("system:kelp", "BASED_ON", "system:reef") not in set(rows(found["evidence"], "source", "type", "target"))
    assert rows(found["left_out"], "source", "type", "target", "papers", "score", "reason") == [
        ("system:kelp", "BASED_ON", "system:reef", 1, 0.8, OLDER)
    ]
