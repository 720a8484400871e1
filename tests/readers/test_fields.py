import datetime

import pytest

from kg.readers._fields import authors, normal, text, values


@pytest.mark.parametrize(
    ("given", "names"),
    [
        *((None, ()), ("", ()), ([], ()), ("Ada Byron", ("Ada Byron",)), ("Byron, Ada", ("Ada Byron",))),
        *(
            ("Ada Byron and Kurt Hill", ("Ada Byron", "Kurt Hill")),
            ("Ada Byron, Kurt Hill", ("Ada Byron", "Kurt Hill")),
        ),
        *(
            ("Byron, Ada and Hill, Kurt", ("Ada Byron", "Kurt Hill")),
            ("Byron, Ada; Hill, Kurt", ("Ada Byron", "Kurt Hill")),
        ),
        ("Ada Byron, Kurt Hill and Eva Roth", ("Ada Byron", "Kurt Hill", "Eva Roth")),
        ("Byron, Ada and others", ("Ada Byron",)),
        (["Ada Byron", "Hill, Kurt", ""], ("Ada Byron", "Kurt Hill")),
        ("['Ada Byron', 'Kurt Hill']", ("Ada Byron", "Kurt Hill")),
        ("[Ada Byron; Kurt Hill]", ("Ada Byron", "Kurt Hill")),
        (
            [{"name": "Ada Byron"}, {"given": "Kurt", "family": "Hill"}, {"last": "Roth"}],
            ("Ada Byron", "Kurt Hill", "Roth"),
        ),
        ([{"author": {"display_name": "Ada Byron"}}], ("Ada Byron",)),
        ({"value": ["Ada Byron"]}, ("Ada Byron",)),
        ({"name": "Ada Byron"}, ("Ada Byron",)),
        ([None, 3, {"name": None}], ()),
    ],
)
def test_authors(given: object, names: tuple[str, ...]) -> None:
    assert authors(given) == names


@pytest.mark.parametrize(
    ("given", "found"),
    [
        *((None, None), ("", None), (True, None), (2021, "2021"), (2021.0, "2021"), (0.5, None), (float("nan"), None)),
        *((["T", "U"], "T"), ([], None), ({"value": "T"}, "T"), ({"name": "J"}, "J"), ({"x": "J"}, None)),
        (datetime.date(2021, 5, 6), "2021-05-06"),
    ],
)
def test_text(given: object, found: str | None) -> None:
    assert text(given) == found


def test_values_takes_the_likeliest_key_that_holds_something() -> None:
    item = {
        "Publication Date": None,
        "year": 2020,
        "PaperTitle": "T",
        "text": "long text",
        "abstract": "A.",
        "DOI": "10.1/x",
    }
    found = values(item, {})
    assert (found["date"], found["title"], found["abstract"], found["id"]) == ("2020", "T", "A.", "10.1/x")


def test_normal_needs_nothing() -> None:
    assert normal({}) == {"title": "", "abstract": "", "authors": ()}


def test_paragraphs_of_an_abstract_are_joined() -> None:
    assert normal({"abstract": ["One.", {"text": "Two."}, None]})["abstract"] == "One.\n\nTwo."


def test_hostile_authors() -> None:
    assert authors("[" * 50_000) == ()
    assert authors("A" + " " * 200_000 + "B") == ("A B",)
