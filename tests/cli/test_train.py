"""kg train as a person uses it: from annotations to a pipeline that the other commands take."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import kg
from kg.cli import main
from tests.evaluate.sample import write
from tests.train.papers import paper, papers


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def test_train_then_use(tmp_path: Path) -> None:
    bad = paper(99)
    bad["char_spans"][0][2] = "Fish"
    rows = [*papers(20), bad, {**paper(98), "char_spans": [[0, 9999, "Task"]]}]
    mine, out = write(tmp_path / "mine.jsonl", rows), tmp_path / "model"
    result = run("train", mine, "--out", out, "--epochs", "2")
    assert result.exit_code == 0, result.output
    assert "16 papers to learn from, 4 held out." in result.stdout
    assert "on the papers held out the result is never worse" in result.stdout
    assert "mentions, exact span and type" in result.stdout
    assert "line 21: span 0: unknown type 'Fish'; known are Method, Model, Dataset, Metric, Task." in result.stderr
    assert "line 22: span 0: [0, 9999] is no span of the text" in result.stderr
    more = run("train", mine, "--out", out, "--model", out, "--epochs", "1")
    assert more.exit_code == 0, more.output
    unseen = write(tmp_path / "unseen.jsonl", [paper(31)])
    facts = json.loads(run("eval", unseen, "--model", out, "--workers", "1", "--json").stdout)
    assert facts["sets"][0]["papers"] == 1
    assert json.loads(run("extract", unseen, "--model", out, "--workers", "1").stdout)["id"] == "31"
    assert run("build", unseen, "--model", out, "-g", tmp_path / "g", "--workers", "1").exit_code == 0
    assert kg.open(tmp_path / "g").info()["nodes"]["Paper"] == 1


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--model", "accurate"), "training/README.md"),
        (("--strict",), "unknown type 'Fish'; known are Method, Model, Dataset, Metric, Task"),
        ((), "Only 8 annotated papers"),
    ],
)
def test_errors_are_one_line(options: tuple[str, ...], said: str, tmp_path: Path) -> None:
    bad = paper(99)
    bad["char_spans"][0][2] = "Fish"
    result = run("train", write(tmp_path / "mine.jsonl", [*papers(10), bad]), "--out", tmp_path / "m", *options)
    assert result.exit_code == 1
    assert said in result.stderr
    assert "Traceback" not in result.output
    assert not (tmp_path / "m").exists()


def test_a_folder_with_something_else(tmp_path: Path) -> None:
    (tmp_path / "kept.txt").write_text("mine")
    result = run("train", write(tmp_path / "mine.jsonl", papers(20)), "--out", tmp_path)
    assert "holds something else" in result.stderr
    assert (tmp_path / "kept.txt").read_text() == "mine"
