import pytest

from kg.extract.descent import is_said


@pytest.mark.parametrize(
    "between",
    [
        "builds on", "extends the", "( MODEL ) is an extension of the standard", ", which generalizes",
        "is fine - tuned from",
        "is a lightweight variant of", "improves on MODEL and", ", a variant of", "is built from METHOD , METHOD and",
    ],
)  # fmt: skip
def test_a_line_of_descent(between: str) -> None:
    assert is_said(between.split())


@pytest.mark.parametrize(
    "between", ["", "outperforms", "is not an extension of what", "and extends to", "extends to tasks such as", "from"]
)
def test_anything_else(between: str) -> None:
    assert not is_said(between.split())
