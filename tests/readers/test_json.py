import json
from collections.abc import Callable

import pytest

from kg.errors import InputError
from kg.readers import _json

from .conftest import Read

ONE = {"title": "One", "abstract": "The first."}
TWO = {"title": "Two", "abstract": "The second."}


def test_golden(check_golden: Callable[[str], None]) -> None:
    check_golden("json_lines.jsonl")
    check_golden("json_list.json")


@pytest.mark.parametrize(
    "content",
    [
        f"{json.dumps(ONE)}\n{json.dumps(TWO)}",
        f"\ufeff{json.dumps(ONE)}\n\n{json.dumps(TWO)}\n",
        json.dumps([ONE, TWO]),
        json.dumps([ONE, TWO], indent=4),
        json.dumps({"data": [ONE, TWO], "next": None}),
        json.dumps({"meta": {}, "results": [ONE, TWO]}, indent=1),
        json.dumps(ONE, indent=2) + "\n" + json.dumps(TWO, indent=2),
        json.dumps({"a": ONE, "b": TWO}),
        json.dumps({"a": ONE, "b": TWO}, indent=2),
    ],
)
def test_shapes_of_json(read: Read, content: str) -> None:
    records, rejected = read(content)
    assert [record.title for record in records] == ["One", "Two"]
    assert rejected == []


def test_keys_of_an_object_of_objects_are_ids(read: Read) -> None:
    assert [record.id for record in read(json.dumps({"a": ONE, "b": TWO}))[0]] == ["a", "b"]


def test_list_that_is_cut_off_keeps_what_stands_before(read: Read) -> None:
    whole = json.dumps([ONE, TWO])
    for end in range(len(json.dumps([ONE])), len(whole)):
        records, rejected = read(whole[:end])
        assert [record.title for record in records] == (["One", "Two"] if end == len(whole) - 1 else ["One"])
        assert [rejection.line for rejection in rejected] == [3 if end == len(whole) - 1 else 2]
        assert rejected[0].reason.startswith("broken JSON")


def test_list_longer_than_memory_should_be_is_read_item_by_item(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_json, "MAX_LINE", 1 << 17)
    long = {"title": "Long", "abstract": "x" * 300_000}
    many = [{"title": str(at), "abstract": "y" * 5000} for at in range(100)]
    records, rejected = read(json.dumps([*many, long]))
    assert [record.title for record in records] == [str(at) for at in range(100)]
    assert [(rejection.line, rejection.reason[:30]) for rejection in rejected] == [
        (101, "broken JSON: no end of the ite")
    ]


@pytest.mark.parametrize("value", ["7", '"text"', "null", "[1]", "true"])
def test_values_that_are_no_objects(read: Read, value: str) -> None:
    records, rejected = read(f"{json.dumps(ONE)}\n{value}\n{json.dumps(TWO)}\n")
    assert [record.title for record in records] == ["One", "Two"]
    assert "where an object is expected" in rejected[0].reason


def test_nested_too_deep(read: Read) -> None:
    records, rejected = read(f"{json.dumps(ONE)}\n" + '{"a":' * 100_000 + f"\n{json.dumps(TWO)}\n")
    assert [record.title for record in records] == ["One", "Two"]
    assert [rejection.line for rejection in rejected] == [2]


def test_halves_of_characters_do_no_harm(read: Read) -> None:
    records, rejected = read('{"title": "T\\ud835", "abstract": "We \\ud835 measure.", "id": "x\\ud835"}\n')
    assert (len(records), rejected) == (1, [])


def test_fields_name_the_keys(read: Read) -> None:
    item = {"Heading": "H", "Body": "B c.", "title": "no", "abstract": "no"}
    records, _ = read(json.dumps(item), fields={"title": "Heading", "abstract": "Body"})
    assert (records[0].title, records[0].abstract) == ("H", "B c.")


def test_fields_name_a_key_that_there_is_not(read: Read) -> None:
    with pytest.raises(InputError, match=r"input has no column 'Titel'\. It has: title, abstract\."):
        read(json.dumps(ONE), fields={"title": "Titel"})


def test_object_that_is_too_long_is_named(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_json, "MAX_LINE", 1 << 20)
    records, rejected = read(json.dumps({"results": [ONE] * 50_000}, indent=1))
    assert (records, [rejection.reason[:32] for rejection in rejected]) == ([], ["a JSON object longer than 1 MB; "])
