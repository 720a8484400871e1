import tracemalloc
from pathlib import Path

import pytest

from kg.readers import _source

from .conftest import Read, read_paths

LINE = '{"title": "T", "abstract": "We measure."}\n'


@pytest.fixture
def short_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_source, "MAX_LINE", 1000)


@pytest.mark.usefixtures("short_lines")
@pytest.mark.parametrize("length", [998, 999, 1000, 1001, 2000, 5001])
def test_line_that_is_too_long_is_named_and_passed_over(read: Read, length: int) -> None:
    long = '{"abstract": "' + "x" * (length - 17) + '"}\n'
    records, rejected = read(LINE + long + LINE)
    assert len(long) == length
    assert [record.source for record in records] == [f"input:{at}" for at in ((1, 2, 3) if length <= 1000 else (1, 3))]
    assert [rejection.line for rejection in rejected] == ([] if length <= 1000 else [2])


def test_fifty_megabytes_in_a_line_take_no_memory_for_long(tmp_path: Path) -> None:
    path = tmp_path / "long.jsonl"
    with path.open("w") as file:
        file.write(LINE + '{"abstract": "')
        for _ in range(50):
            file.write("x" * 1_000_000)
        file.write('"}\n' + LINE)
    tracemalloc.start()
    records, rejected = read_paths(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [record.source for record in records] == ["long.jsonl:1", "long.jsonl:3"]
    assert [(rejection.line, rejection.reason) for rejection in rejected] == [(2, "line longer than 32 MB")]
    assert peak < 150e6


def test_bytes_that_are_no_utf8_cost_their_record(read: Read) -> None:
    good = '{"title": "T", "abstract": "Möbius."}\n'.encode()
    bad = '{"title": "T", "abstract": "Möbius."}\n'.encode("latin-1")
    records, rejected = read(b"\xef\xbb\xbf" + good + bad + good)
    assert [record.source for record in records] == ["input:1", "input:3"]
    assert records[0].abstract == "Möbius."
    assert [(rejection.line, rejection.reason) for rejection in rejected] == [(2, "not UTF-8")]


@pytest.mark.parametrize("field", ["id", "venue", "url"])
def test_no_field_holds_broken_text(read: Read, field: str) -> None:
    content = f"title,abstract,{field}\nA,B c.,x\xe9\nA,B c.,x\n".encode("latin-1")
    records, rejected = read(content)
    assert (len(records), [rejection.reason for rejection in rejected]) == (1, ["not UTF-8"])


@pytest.mark.parametrize("abstract", ["", "  ", "N/A", "nan", "[No abstract available]", "None."])
def test_no_abstract(read: Read, abstract: str) -> None:
    records, rejected = read(f'{{"title": "T", "abstract": "{abstract}"}}\n')
    assert (records, [rejection.reason for rejection in rejected]) == ([], ["no abstract"])


def test_abstract_that_is_a_book(read: Read) -> None:
    records, rejected = read(f'{{"title": "T", "abstract": "{"x" * 100_001}"}}\n' + LINE)
    assert len(records) == 1
    assert [rejection.reason for rejection in rejected] == ["title and abstract longer than 100,000 characters"]


def test_line_ends_of_other_systems(read: Read) -> None:
    records, _ = read(LINE.replace("\n", "\r\n") * 2)
    assert [record.abstract for record in records] == ["We measure."] * 2
