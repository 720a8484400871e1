from collections.abc import Callable

from .conftest import Read


def test_golden(check_golden: Callable[[str], None]) -> None:
    check_golden("abstract_lines.txt")


def test_line_that_is_neither_heading_nor_abstract_is_named(read: Read) -> None:
    text = "Abstract:" + "We measure what we can. " * 5
    records, rejected = read(f"Mine\n{text}\n{'An abstract whose mark is lost. ' * 9}\n\n{text}")
    assert [record.source for record in records] == ["input:2", "input:5"]
    assert [(rejection.line, rejection.reason) for rejection in rejected] == [
        (3, "neither a heading nor a line that starts with Abstract:")
    ]
