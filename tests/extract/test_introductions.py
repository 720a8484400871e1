"""What stands before a name: the last telling verb, the names and the small word since."""

import pytest

from kg.extract.introductions import since


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("we propose MODEL", ("propos", 0, "")),
        ("we propose MODEL , a METHOD", ("propos", 1, ",")),
        ("we introduced MODEL and METHOD for the TASK", ("introduc", 2, "for")),
        ("we propose MODEL based on METHOD", ("bas", 0, "on")),
        ("the old METHOD of MODEL", ("", 1, "of")),
        ("METHOD", ("", 0, "")),
    ],
)
def test_since(sentence: str, expected: tuple[str, int, str]) -> None:
    units = sentence.split()
    assert since(units, len(units) - 1) == expected
