"""kg eval as a person uses it, on the shipped extractor, on a pipeline of their own, and on the merges of a graph."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import kg
from kg.cli import main
from tests.evaluate.sample import found, gold, write
from tests.explore.make import named
from tests.explore.make import write as write_graph
from tests.extract.test_contract import ruler, saved


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture
def paper(tmp_path: Path) -> str:
    return write(tmp_path / "gold.jsonl", [gold()])


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A small real pipeline: a rule for each of three names."""
    patterns = {"Lanternfish": "Model", "TideBench": "Dataset", "Kelp": "Model"}
    return saved(ruler(patterns), tmp_path_factory.mktemp("own") / "pipeline")


def test_the_table(paper: str, tmp_path: Path) -> None:
    result = run("eval", paper, "--predicted", write(tmp_path / "found.jsonl", [found()]), "--curve")
    assert result.exit_code == 0
    rows = [line.split() for line in result.stdout.splitlines()]
    assert ["relations", "of", "a", "type", "0.667", "0.500", "0.571", "0.571-0.571", "4", "0.333"] in rows
    assert ["Dataset", "1.000", "1.000", "1.000", "1.000-1.000", "1"] in rows
    assert ["0.65", "0.667", "0.500", "0.571", "1.000", "0.250", "0.400", "1.000", "0.500", "0.667"] in rows


def test_json_has_each_set_and_who_was_measured(paper: str, tmp_path: Path) -> None:
    other = write(tmp_path / "other.jsonl", [{"id": 1, "text": "Kelp reads.", "char_spans": [[0, 4, "Net"]]}])
    facts = json.loads(
        run("eval", paper, other, "--labels", "Net=Model, Model=Model, Metric=, Dataset=", "--json").stdout
    )
    assert [each["gold"] for each in facts["sets"]] == [paper, other]
    assert facts["model"]["name"] == "accurate"
    assert facts["sets"][1]["measures"].keys() == {"span", "span_relaxed", "entity", "entity_untyped"}


def test_a_pipeline_of_ones_own(paper: str, own: str, tmp_path: Path) -> None:
    facts = json.loads(run("eval", paper, "--model", own, "--workers", "1", "--json").stdout)["sets"][0]
    # All but the first Kelp, which the gold has as Kelp transformer, and accuracy.
    assert [facts["measures"]["span"][name] for name in "prfn"] == [0.8333, 0.7143, 0.7692, 7]
    assert facts["measures"]["relation"]["r"] == 0
    record = json.loads(run("extract", paper, "--model", own).stdout)
    assert [entity["name"] for entity in record["entities"]] == ["Lanternfish", "Kelp", "TideBench"]
    built = run("build", paper, "--model", own, "-g", tmp_path / "g", "--workers", "1")
    assert built.exit_code == 0, built.output
    assert kg.open(tmp_path / "g").info()["nodes"] == {"Paper": 1, "Model": 2, "Dataset": 1}


def test_a_pipeline_whose_labels_do_not_fit(paper: str, tmp_path: Path) -> None:
    foreign = saved(ruler({"Kelp": "PLANT"}), tmp_path / "foreign")
    for command in (("eval",), ("extract",), ("build", "-g", tmp_path / "g")):
        result = run(*command, paper, "--model", foreign, "--workers", "1")
        assert result.exit_code == 1
        assert "has the labels PLANT; kg needs Method, Model, Dataset, Metric, Task" in result.stderr
        assert "Traceback" not in result.output


def test_bad_gold_is_named_and_the_rest_goes_on(tmp_path: Path) -> None:
    rows = [
        gold(),
        *({**gold(), "id": str(number), "entities": [{"type": "Fish", "name": "Kelp"}]} for number in range(6)),
    ]
    bad = write(tmp_path / "gold.jsonl", rows)
    kept = run("eval", bad, "--predicted", bad)
    assert kept.exit_code == 0
    assert "gold.jsonl, line 2: entity 0: unknown type 'Fish'; known are Method" in kept.stderr
    assert "lines set aside in all" in kept.stderr
    stopped = run("eval", bad, "--predicted", bad, "--strict")
    assert stopped.exit_code == 1
    assert "line 2" in stopped.stderr


def test_a_missing_prediction_is_a_warning(paper: str, tmp_path: Path) -> None:
    other = write(tmp_path / "found.jsonl", [{**found(), "id": "other"}])
    assert "no prediction for 1 paper (first: lantern)" in run("eval", paper, "--predicted", other).stderr


def test_merges(tmp_path: Path) -> None:
    rows = [
        ("model:kelp", "Model", "Kelp", 4),
        ("model:kelp", "Model", "Sargassum", 2),
        ("task:reef", "Task", "reef", 1),
    ]
    graph = write_graph(tmp_path / "graph", named(*rows))
    (tmp_path / "pairs.tsv").write_text("KELP\tkelps\tsame\nKelp\tSargassum\tdifferent\nKelp\tReef\tsame\nno pair\n")
    result = run("eval", "--merge", tmp_path / "pairs.tsv", "-g", graph, "--json")
    facts = json.loads(result.stdout)
    assert list(facts) == ["right", "wrong", "failures"]
    assert (facts["right"], facts["wrong"]) == ({"rate": 0.5, "n": 2}, {"rate": 1.0, "n": 1})
    assert [each["b"] for each in facts["failures"]] == ["Sargassum", "Reef"]
    assert "pairs.tsv, line 4" in result.stderr
    page = run("eval", "--merge", tmp_path / "pairs.tsv", "-g", graph).stdout
    assert "right merges: 50.0% of 2 pairs" in page
    assert "Sargassum" in page


def test_either_gold_or_pairs(paper: str, tmp_path: Path) -> None:
    assert run("eval").exit_code == 2
    assert run("eval", paper, "--merge", paper).exit_code == 2
    assert "--merge PAIRS" in run("eval").stderr
    assert "kg build" in run("eval", "--merge", write(tmp_path / "p", ["a\tb\tsame"]), "-g", tmp_path / "none").stderr
