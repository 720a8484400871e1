from collections.abc import Callable

import pytest

from kg.errors import InputError

from .conftest import Read


def test_golden(check_golden: Callable[[str], None]) -> None:
    check_golden("table.csv")
    check_golden("table.tsv")


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_delimiters(read: Read, sign: str) -> None:
    records, rejected = read(f"title{sign}abstract{sign}year\nT{sign}We measure.{sign}2020\n")
    assert [(record.title, record.abstract, record.date) for record in records] == [("T", "We measure.", "2020")]
    assert rejected == []


def test_one_column_of_abstracts(read: Read) -> None:
    assert [record.abstract for record in read("abstract\nWe measure.\nWe count.\n")[0]] == ["We measure.", "We count."]


def test_fields_name_columns_of_any_name(read: Read) -> None:
    content = "Heading,Body\nT,We measure.\n"
    records, _ = read(content, format="csv", fields={"title": "Heading", "abstract": "Body"})
    assert (records[0].title, records[0].abstract) == ("T", "We measure.")
    with pytest.raises(InputError, match=r"no column 'Text'\. It has: Heading, Body\."):
        read(content, format="csv", fields={"abstract": "Text"})


def test_quote_that_is_never_closed_costs_one_row(read: Read) -> None:
    rows = [f"T{at},{chr(34) if at == 3 else ''}Abstract number {at}.\n" for at in range(2000)]
    records, rejected = read("title,abstract\n" + "".join(rows))
    assert [record.title for record in records] == [f"T{at}" for at in range(2000) if at != 3]
    assert [rejection.line for rejection in rejected] == [5]


def test_field_that_is_too_long_costs_one_row(read: Read) -> None:
    records, rejected = read(f"title,abstract\nA,B c.\nLong,{'x' * 200_000}\nC,D e.\n")
    assert [record.title for record in records] == ["A", "C"]
    assert [rejection.line for rejection in rejected] == [3]
