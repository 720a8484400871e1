"""From files to figures: with a prediction on disk, and with the shipped pipeline."""

import json
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.evaluate.judge import MEASURES
from kg.evaluate.run import Facts, Options, evaluate
from kg.progress import silent
from tests.evaluate.sample import found, gold, write


def figures(gold_path: str, **options: object) -> Facts:
    sets: list[Facts] = evaluate([gold_path], Options(**options), silent)["sets"]  # type: ignore[arg-type]
    return sets[0]


def of(each: Facts) -> list[float]:
    return [each[name] for name in "prfn"]


@pytest.fixture
def paper(tmp_path: Path) -> str:
    return write(tmp_path / "gold.jsonl", [gold()])


def test_every_figure_of_the_sample_by_hand(paper: str, tmp_path: Path) -> None:
    predicted = Path(write(tmp_path / "found.jsonl", [found()]))
    facts = figures(paper, predicted=predicted)
    assert {name: of(each) for name, each in facts["measures"].items()} == {
        "span": [0.2857, 0.2857, 0.2857, 7],
        "span_relaxed": [0.4286, 0.4286, 0.4286, 7],
        "entity": [0.5, 0.5, 0.5, 4],
        "entity_untyped": [0.75, 0.75, 0.75, 4],
        "relation": [0.6667, 0.5, 0.5714, 4],
        "relation_untyped": [1.0, 0.6667, 0.8, 3],
        "proposed": [0.0, 0.0, 0.0, 1],
        "result_value": [0.5, 0.5, 0.5, 2],
        "result_slot": [0.5, 0.2, 0.2857, 5],
    }
    assert of(facts["by_type"]["entity"]["Model"]) == [1.0, 0.5, 0.6667, 2]
    assert of(facts["by_type"]["span"]["Model"]) == [0.5, 0.2, 0.2857, 5]
    assert of(facts["by_type"]["relation"]["USES"]) == [0.0, 0.0, 0.0, 0]
    # entities at 0.95 wrong, 0.85 right, 0.95 right, 0.35 wrong: |1.9 - 1| + |0.85 - 1| + |0.35 - 0|, over 4
    assert facts["calibration"]["entity"]["error"] == 0.35
    assert {row["score"]: row["relation"]["p"] for row in facts["curve"]}[0.45] == 1.0
    assert (facts["papers"], facts["unread"], facts["rejected"]) == (1, [], [])


def test_the_least_score_is_one_of_relations(paper: str, tmp_path: Path) -> None:
    predicted = Path(write(tmp_path / "found.jsonl", [found()]))
    facts = figures(paper, predicted=predicted, min_score=0.7)
    assert of(facts["measures"]["relation"]) == [1.0, 0.25, 0.4, 4]
    assert of(facts["measures"]["entity"]) == [0.5, 0.5, 0.5, 4]


def test_gold_against_itself_is_all_right(paper: str) -> None:
    facts = figures(paper, predicted=Path(paper))
    assert {name: of(each)[:3] for name, each in facts["measures"].items()} == {name: [1, 1, 1] for name in MEASURES}


def test_a_paper_without_a_prediction_is_missed_and_named(tmp_path: Path) -> None:
    both = write(tmp_path / "gold.jsonl", [gold(), {**gold(), "id": "second"}])
    facts = figures(both, predicted=Path(write(tmp_path / "found.jsonl", [gold(), {**gold(), "id": "stranger"}])))
    assert facts["unread"] == ["second"]
    assert of(facts["measures"]["entity"]) == [1.0, 0.5, 0.6667, 8]


def test_a_prediction_of_another_text_is_refused(paper: str, tmp_path: Path) -> None:
    rows = [{**found(), "abstract": "Shorter."}, {**found(), "id": []}, found(), found()]
    facts = figures(paper, predicted=Path(write(tmp_path / "found.jsonl", rows)))
    assert [(each["line"], each["reason"]) for each in facts["rejected"]] == [
        (1, "its title and abstract are not those of paper 'lantern' in gold.jsonl:1"),
        (2, "no id, which must be a text or a number"),
        (4, "a second record of paper 'lantern'"),
    ]
    assert facts["unread"] == []


def test_strict_stops_at_the_first_bad_line(tmp_path: Path) -> None:
    bad = write(tmp_path / "gold.jsonl", [gold(), {"id": "x"}, gold()])
    with pytest.raises(InputError, match=r"gold.jsonl, line 2: neither entities"):
        figures(bad, predicted=Path(bad), strict=True)


def test_the_shipped_pipeline_gives_the_figures_of_its_own_output(tmp_path: Path) -> None:
    from kg.extract.stream import write_records

    rows = [{**gold(), "id": str(number), "title": f"Survey {number}"} for number in range(3)]
    for row in rows:
        row["entities"], row["relations"] = row["entities"][3:4], []
        row["results"] = [{"value": "71.5%", "dataset": 0}]
        shift = len(str(row["title"])) - len(gold()["title"])
        row["entities"][0]["mentions"] = [[at + shift for at in span] for span in row["entities"][0]["mentions"]]
    path = write(tmp_path / "gold.jsonl", rows)
    write_records([path], tmp_path / "found.jsonl", {}, silent)
    ran = figures(path)
    assert ran["unread"] == []
    assert ran["measures"]["span"]["r"] == 1.0
    assert json.dumps(ran) == json.dumps(figures(path, predicted=tmp_path / "found.jsonl"))


def test_no_such_model(paper: str) -> None:
    with pytest.raises(InputError, match=r"No model 'none'.*fast"):
        figures(paper, model="none")
