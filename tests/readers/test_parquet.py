import datetime
import gzip
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from kg.errors import InputError

from .conftest import Read, read_paths


@pytest.fixture
def table(tmp_path: Path) -> Path:
    columns = {
        "Title": pa.array(["One", "Two", None]),
        "summary": pa.array(["The first.", None, "The third."]),
        "published": pa.array([datetime.datetime(2020, 5, 6), None, datetime.datetime(2021, 1, 1)]),
        "authors": pa.array([["Ada Byron", "Kurt Hill"], [], None]),
        "embedding": pa.array([[0.5] * 8] * 3),
    }
    pq.write_table(pa.table(columns), tmp_path / "table.parquet")
    return tmp_path / "table.parquet"


def test_rows_are_records(table: Path) -> None:
    records, rejected = read_paths(table)
    assert [(record.title, record.abstract, record.source) for record in records] == [
        ("One", "The first.", "table.parquet:1"),
        ("", "The third.", "table.parquet:3"),
    ]
    assert (records[0].date, records[0].authors) == ("2020-05-06 00:00:00", ("Ada Byron", "Kurt Hill"))
    assert [(rejection.line, rejection.reason) for rejection in rejected] == [(2, "no abstract")]


def test_packed_table(read: Read, table: Path) -> None:
    assert len(read(gzip.compress(table.read_bytes()))[0]) == 2


def test_more_rows_than_a_batch(read: Read, tmp_path: Path) -> None:
    pq.write_table(
        pa.table({"abstract": [f"Number {at}." for at in range(2500)]}), tmp_path / "many", row_group_size=700
    )
    records, _ = read_paths(tmp_path / "many")
    assert [record.abstract for record in records] == [f"Number {at}." for at in range(2500)]


def test_fields(table: Path) -> None:
    assert read_paths(table, fields={"venue": "Title"})[0][0].venue == "One"
    with pytest.raises(InputError, match=r"table.parquet has no column 'x'\. It has: Title, summary, "):
        read_paths(table, fields={"venue": "x"})


def test_broken_tables_are_named(read: Read, table: Path) -> None:
    whole = table.read_bytes()
    for broken in (whole[:-10], whole[:40], whole[:4] + b"\0" * 100 + whole[104:]):
        records, rejected = read(broken)
        assert records == []
        assert rejected[0].reason.startswith("broken Parquet: ")


def test_table_without_abstracts_is_named_once(tmp_path: Path) -> None:
    pq.write_table(pa.table({"heading": ["A", "B"], "body": [b"We measure.", b"We count."]}), tmp_path / "x.parquet")
    records, rejected = read_paths(tmp_path / "x.parquet")
    assert (records, len(rejected)) == ([], 1)
    assert rejected[0].reason.startswith("no column is known to hold abstracts; give one of heading, body")
    assert read_paths(tmp_path / "x.parquet", fields={"abstract": "body"})[0][0].abstract == "We measure."
