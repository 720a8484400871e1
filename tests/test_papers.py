from collections.abc import Iterable
from datetime import date
from itertools import permutations, product
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.papers import content, digest, normal_date, offsets, to_paper, union, unique
from kg.records import Paper, Record

steady = settings(deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
RECORDS = [
    Record(title, abstract, source, name, day)
    for title, abstract, source, name, day in product(
        ("", "T"), ("a b", "A  B", r"$\alpha$", "c"), ("x:1", "x:2"), (None, "1", "2"), (None, "2020", "2020-05")
    )
]
PAPERS = st.lists(st.sampled_from([to_paper(record) for record in RECORDS]), max_size=8)


def paper(**given: str) -> Paper:
    return to_paper(Record(**{"title": "", "abstract": "We measure.", "source": "f:1", **given}))


def test_to_paper_cleans_and_completes() -> None:
    found = to_paper(
        Record("PanGu-$α$", "a {\\em b}\n c", "f:1", None, "Dec 3, 2024", (' K. H\\"ill', ""), " V\\&W ", " u \ud800")
    )
    assert (found.title, found.abstract, found.text) == ("PanGu-α", "a b c", "PanGu-α\na b c")
    assert (found.date, found.authors, found.venue, found.url) == ("2024-12-03", ("K. Hïll",), "V&W", "u")
    assert found.id == found.digest[:16]


def test_offsets_are_those_of_the_paper() -> None:
    assert all(offsets(record).text == to_paper(record).text for record in RECORDS)


def test_offsets_cross_from_title_to_abstract() -> None:
    record = Record("The \\emph{Hedge}", "A  hedge", "f:1")
    raw = f"{record.title}\n{record.abstract}"
    cleaned = offsets(record)
    assert raw[slice(*cleaned.to_raw(4, 9))] == "Hedge"
    assert raw[slice(*cleaned.to_raw(12, 17))] == "hedge"


def test_digest_ignores_how_a_text_is_set() -> None:
    same = ["The ﬁrst “hedge-\nrow”, 2 m high.", 'the FIRST "hedge row" 2 m high', "The first hedgerow: ２ m high!"]
    assert len({digest(text) for text in same}) == 1
    assert len({digest(text) for text in ("a hedge", "a ledge", "a hedge 2", "", "?!", "?")}) == 6
    assert len(digest("")) == 32


@pytest.mark.parametrize(
    ("given", "normal"),
    [
        *(("2024", "2024"), ("2024-12", "2024-12"), ("2024-2-3", "2024-02-03"), ("20241230", "2024-12-30")),
        *(
            ("2024-12-30T10:00:00Z", "2024-12-30"),
            ("2024/12/30/", "2024-12-30"),
            ("2002///", "2002"),
            ("2013.0", "2013"),
        ),
        *(("Dec 30, 2024", "2024-12-30"), ("30 December 2024", "2024-12-30"), ("Sept. 2024", "2024-09")),
        *(("Mon, 4 Jan 1999 10:00:00 GMT", "1999-01-04"), ("2024 May", "2024-05"), ("feb 1999", "1999-02")),
        *(("2023-02-29", "2023-02"), ("2024-02-29", "2024-02-29"), ("2024-13-01", "2024"), ("Feb 30, 2024", "2024-02")),
        *(
            (None, None),
            ("", None),
            ("soon", None),
            ("May", None),
            ("0000", None),
            ("1700000000000", None),
            ("12", None),
        ),
    ],
)
def test_normal_date(given: str | None, normal: str | None) -> None:
    assert normal_date(given) == normal


@steady
@given(st.dates(min_value=date(1000, 1, 1), max_value=date(2999, 12, 31)).map(str))
def test_normal_date_keeps_what_is_normal(day: str) -> None:
    assert normal_date(day) == day
    assert normal_date(day[:7]) == day[:7]


def test_unique_keeps_the_richest_of_the_same_paper() -> None:
    bare, titled, dated = paper(), paper(title="T", abstract="we  MEASURE."), paper(title="T", date="2020")
    named = paper(title="T", id="2001.00001")
    for order in permutations([bare, titled, dated, named]):
        assert unique(order) == [named]
    assert unique([bare, titled, dated]) == [dated]


def test_unique_keeps_the_later_of_two_versions() -> None:
    first, second = (
        paper(id="2001.00001", date="2020-01", title="T"),
        paper(id="2001.00001", date="2021", abstract="We measure again."),
    )
    assert unique([first, second]) == unique([second, first]) == [second]


@steady
@given(PAPERS, st.randoms())
def test_unique_does_not_depend_on_order(papers: list[Paper], random: Random) -> None:
    shuffled = random.sample(papers, len(papers))
    assert unique(shuffled) == unique(papers)


@steady
@given(PAPERS)
def test_unique_leaves_one_row_an_id_and_a_digest(papers: list[Paper]) -> None:
    found = unique(papers)
    assert [paper.id for paper in found] == sorted({paper.id for paper in found})
    assert len({paper.digest for paper in found}) == len(found)
    assert unique(found) == found


def state(papers: Iterable[Paper]) -> tuple[list[Paper], list[Paper]]:
    """What a graph folder holds of these papers: the chosen ones, and the reserve."""
    held = union(papers)
    chosen = unique(held)
    return chosen, [paper for paper in held if paper not in chosen]


def without(papers: Iterable[Paper], gone: Iterable[Paper]) -> list[Paper]:
    contents = set(map(content, gone))
    return [paper for paper in papers if content(paper) not in contents]


@steady
@given(PAPERS, st.randoms())
def test_chosen_and_reserve_are_all_there_is_in_any_order(papers: list[Paper], random: Random) -> None:
    chosen, others = state(papers)
    assert state(random.sample(papers, len(papers))) == state(chosen + others) == (chosen, others)
    assert sorted(map(content, chosen + others), key=repr) == sorted(set(map(content, papers)), key=repr)


@steady
@given(st.lists(st.tuples(st.booleans(), PAPERS), max_size=6))
def test_steps_end_where_one_build_of_what_is_left_ends(steps: list[tuple[bool, list[Paper]]]) -> None:
    held: tuple[list[Paper], list[Paper]] = ([], [])
    left: list[Paper] = []
    for adds, papers in steps:
        chosen, others = held
        held = state([*chosen, *others, *papers] if adds else without(chosen + others, papers))
        left = left + papers if adds else without(left, papers)
    assert held == state(left)


@steady
@given(PAPERS, PAPERS)
def test_retracting_what_was_added_gives_back_what_was_before(old: list[Paper], new: list[Paper]) -> None:
    chosen, others = state([*old, *without(new, old)])
    assert state(without(chosen + others, without(new, old))) == state(old)


def test_an_older_version_waits_behind_its_duplicate() -> None:
    # The chain that a folder without a reserve forgets: same abstract under another id, then a later version of it.
    first = paper(id="a", date="2020", source="f:1")
    again = paper(id="b", date="2020", source="f:2")
    later = paper(id="b", date="2021", abstract="We measure again.", source="f:3")
    assert state([first, again]) == ([again], [first])
    assert state([first, again, later]) == ([later], [first, again])
    assert state(without([first, again, later], [again])) == ([first, later], [])


def test_the_same_file_twice_leaves_nothing_in_reserve() -> None:
    once, twice = paper(source="f:1"), paper(source="g:7")
    assert state([twice, once]) == state([once, twice]) == ([twice], [])


def test_row_numbers_of_two_files_are_no_versions_of_one_paper() -> None:
    first, second = (to_paper(Record("t", f"abstract of {name}", f"{name}.csv:2", id="1")) for name in ("a", "b"))
    assert len(unique([first, second])) == 2
    assert first.id.startswith("1-")
