from collections.abc import Callable

from .conftest import Read

PROSE = "This abstract is long enough to be told from a title, as it says something and then says it again. " * 4
PAGE = "new\n\nDaily Papers\n\nDec 12\n\n"


def paper(title: str, byline: str = "  • 3 authors\n·\nMay 5, 2020 1") -> str:
    return f"{title}\n\n{PROSE.strip()}\n\n{byline}\n\n"


def test_golden(check_golden: Callable[[str], None]) -> None:
    check_golden("pages.txt")


def test_as_of_gives_the_year(read: Read) -> None:
    page = PAGE + paper("A", "  • 3 authors\n·\nMay 5") + paper("B")
    assert [record.date for record in read(page)[0]] == ["May 5, 2021", "May 5, 2020"]
    assert [record.date for record in read(page, as_of=2030)[0]] == ["May 5, 2030", "May 5, 2020"]


def test_date_without_any_year_on_the_page_is_none(read: Read) -> None:
    assert read(PAGE + paper("A", "  • 3 authors\n·\nMay 5"))[0][0].date is None


def test_head_may_be_missing_or_stand_in_the_middle(read: Read) -> None:
    records, rejected = read(paper("A") + PAGE + paper("B") + paper("C", "") + PAGE + paper("D"))
    assert [record.title for record in records] == ["A", "B", "C", "D"]
    assert rejected == []


def test_windows_and_wrapped_lines(read: Read) -> None:
    page = (PAGE + paper("A title\nover two lines")).replace("says something and", "says something\nand")
    for text in (page, page.replace("\n", "\r\n")):
        records, rejected = read(text)
        assert [record.title for record in records] == ["A title over two lines"]
        assert (records[0].abstract, rejected) == (PROSE.strip(), [])


def test_last_title_without_anything_is_named(read: Read) -> None:
    records, rejected = read(PAGE + paper("A") + "Lonely title\n")
    assert len(records) == 1
    assert [(rejection.line, rejection.reason) for rejection in rejected] == [(15, "no abstract")]


def test_broken_text_costs_one_paper(read: Read) -> None:
    page = (PAGE + paper("A") + paper("B\udce9") + paper("C")).encode("utf-8", "surrogateescape")
    records, rejected = read(page)
    assert [record.title for record in records] == ["A", "C"]
    assert [rejection.reason for rejection in rejected] == ["not UTF-8"]


def test_page_that_is_only_a_head_is_named(read: Read) -> None:
    records, rejected = read("Daily Papers\n\n·\n\nDec 12, 2020\n")
    assert (records, [rejection.reason for rejection in rejected]) == ([], ["no abstract"])
