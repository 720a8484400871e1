"""Annotated papers out of files, and every word about lines that hold none."""

import gzip
import json
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.evaluate.gold import read_gold
from kg.evaluate.known import to_labels
from kg.evaluate.labels import OURS
from kg.records import Rejected
from tests.evaluate.sample import ABSTRACT, TEXT, TITLE, gold, write

BARE = {"id": 3, "text": "Kelp reads.", "char_spans": [[0, 4, "Method"]]}


def read(path: str | Path, **options: object) -> tuple[list[str], list[Rejected]]:
    rejected: list[Rejected] = []
    found = read_gold(str(path), None, rejected.append, **options)  # type: ignore[arg-type]
    return [paper.id for paper in found], rejected


def refuse(each: Rejected) -> None:
    pytest.fail(each.reason)


def test_both_shapes(tmp_path: Path) -> None:
    record, bare = read_gold(write(tmp_path / "g.jsonl", [gold(), BARE]), None, refuse)
    assert (record.id, record.title, record.abstract, record.text) == ("lantern", TITLE, ABSTRACT, TEXT)
    assert (record.source, record.labels, record.by_name) == ("g.jsonl:1", OURS, False)
    assert (bare.id, bare.title, bare.text, bare.by_name) == ("3", "", "\nKelp reads.", True)
    assert bare.text[slice(*bare.marked.entities[0].spans[0])] == "Kelp"


def test_packed_files_and_folders_are_sets(tmp_path: Path) -> None:
    (tmp_path / "set").mkdir()
    (tmp_path / "set" / "b.jsonl.gz").write_bytes(gzip.compress(json.dumps(BARE).encode()))
    write(tmp_path / "set" / "a.jsonl", [gold(), {**gold(), "id": "other"}])
    write(tmp_path / "set" / ".hidden", [{**gold(), "id": "hidden"}])
    assert read(tmp_path / "set") == (["lantern", "other", "3"], [])
    assert read(tmp_path / "set", limit=2) == (["lantern", "other"], [])


def test_a_known_set_is_told_by_its_name(tmp_path: Path) -> None:
    row = {**BARE, "char_spans": [[0, 4, "Material"]]}
    paper = read_gold(write(tmp_path / "scierc.dev.jsonl", [row]), None, refuse)[0]
    assert paper.labels == to_labels("scierc")
    assert paper.marked.entities[0].type == "Dataset"


def test_what_is_no_paper_is_named_and_the_rest_goes_on(tmp_path: Path) -> None:
    untitled = {key: value for key, value in gold().items() if key != "title"}
    rows = ["", "{broken", "[1]", {"id": "x"}, {**gold(), "id": None}, untitled, gold(), gold(), BARE, "\ud800"]
    text = "".join((row if isinstance(row, str) else json.dumps(row)) + "\n" for row in rows)
    (tmp_path / "bad.jsonl").write_bytes(text.encode("utf-8", "surrogatepass"))
    found, rejected = read(tmp_path / "bad.jsonl")
    assert found == ["lantern", "3"]
    assert {each.file for each in rejected} == {"bad.jsonl"}
    reasons = {each.line: each.reason for each in rejected}
    assert "no JSON object on one line" in reasons[2]
    assert reasons[3] == "a JSON list where an object is expected"
    assert "entities" in reasons[4]
    assert "char_spans" in reasons[4]
    assert reasons[5] == "no id, which must be a text or a number"
    assert reasons[6] == "no title, which must be a text"
    assert reasons[8] == "a second paper 'lantern'; the first is bad.jsonl:7"
    assert 10 in reasons


def test_a_set_without_a_paper_is_an_error_with_the_first_reason(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"No annotated paper in .*g.jsonl. g.jsonl, line 1: neither entities"):
        read_gold(write(tmp_path / "g.jsonl", [{"id": 1}]), None, lambda _: None)
    with pytest.raises(InputError, match="no file or folder"):
        read_gold(str(tmp_path / "none.jsonl"), None, lambda _: None)
    (tmp_path / "cut.gz").write_bytes(gzip.compress(json.dumps(gold()).encode())[:60])
    with pytest.raises(InputError, match="cannot be read"):
        read_gold(str(tmp_path / "cut.gz"), None, lambda _: None)
