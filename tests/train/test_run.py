"""Real training of a few steps: it learns, is the same each time, and what it writes is what it measured."""

from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import InputError
from kg.evaluate.run import Options as Measuring
from kg.evaluate.run import evaluate
from kg.progress import silent
from kg.train.folder import open_pipeline
from kg.train.run import Options, split, train
from kg.train.tagger import Schedule
from tests.evaluate.sample import write
from tests.train.papers import paper, papers

WEIGHTS = "kg_entities/model"


@pytest.fixture(scope="module")
def mine(tmp_path_factory: pytest.TempPathFactory) -> str:
    return write(tmp_path_factory.mktemp("mine") / "mine.jsonl", papers(30))


@pytest.fixture(scope="module")
def trained(mine: str, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    out = tmp_path_factory.mktemp("trained") / "model"
    return out, train([mine], out, Options(epochs=3), silent)


def test_it_learns(trained: tuple[Path, dict[str, Any]]) -> None:
    _, facts = trained
    assert (facts["papers"], facts["held_out"]) == (24, 6)
    assert facts["after"]["span"]["f"] > facts["before"]["span"]["f"] + 0.2
    rounds = {each["epoch"]: each["f"] for each in facts["epochs"]}
    assert list(rounds) == [0, 1, 2, 3]
    assert rounds[0] == facts["before"]["span"]["f"]
    assert rounds[facts["best"]] == max(rounds.values()) == facts["after"]["span"]["f"]


def test_the_same_papers_give_the_same_weights(mine: str, trained: tuple[Path, dict[str, Any]], tmp_path: Path) -> None:
    again = train([mine], tmp_path / "again", Options(epochs=3), silent)
    assert (tmp_path / "again" / WEIGHTS).read_bytes() == (trained[0] / WEIGHTS).read_bytes()
    assert again == trained[1]


def test_the_folder_finds_what_was_measured(mine: str, trained: tuple[Path, dict[str, Any]], tmp_path: Path) -> None:
    out, facts = trained
    _, held = split([mine], Options(epochs=3), pytest.fail)
    rows = {row["id"]: row for row in papers(30)}
    gold = write(tmp_path / "held.jsonl", [rows[each.id] for each in held])
    found = evaluate([gold], Measuring(model=str(out)), silent)
    assert found["sets"][0]["measures"] == facts["after"]
    assert orjson.loads((out / "meta.json").read_bytes())["kg_train"]["epoch"] == facts["best"]


def test_a_worse_epoch_is_not_kept(mine: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is held out says the opposite of what there is to learn."""
    dev = [paper(number, char_spans=[]) for number in range(8)]
    dev.append({"id": "last", "text": "We propose BERT.", "char_spans": [[11, 15, "Model"]]})
    facts = train([mine], tmp_path / "out", Options(epochs=2, dev=write(tmp_path / "dev.jsonl", dev)), silent)
    assert facts["best"] == 0
    assert facts["after"] == facts["before"]
    kept, shipped = (open_pipeline(model)[1].model.to_bytes() for model in (str(tmp_path / "out"), "fast"))
    assert kept == shipped


def test_what_is_held_out_depends_on_the_seed_alone(mine: str) -> None:
    parts = [[each.id for each in split([mine], Options(seed=seed), pytest.fail)[1]] for seed in (0, 0, 1)]
    assert parts[0] == parts[1] != parts[2]
    learnt, held = split([mine], Options(), pytest.fail)
    assert not {each.id for each in learnt} & {each.id for each in held}
    learnt, held = split([mine], Options(dev=mine), pytest.fail)
    assert len(learnt) == len(held) == 30


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([], "No annotated paper in"),
        (papers(11), "Only 9 annotated papers to learn from; it takes 10, besides the fifth that is held out"),
        ([paper(number, char_spans=[]) for number in range(20)], "Nothing is marked in the 16 papers to learn from"),
    ],
)
def test_too_little(rows: list[dict[str, Any]], said: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=said):
        train([write(tmp_path / "gold.jsonl", rows)], tmp_path / "out", Options(), silent)
    assert not (tmp_path / "out").exists()


@given(st.integers(0, 500), st.floats(0, 1))
def test_the_learning_rate_rises_then_falls(step: int, done: float) -> None:
    schedule = Schedule(epochs=1, rate=0.1, warm_up=20)
    assert 0 < schedule.at(step, done) <= 0.1
    assert schedule.at(step, done) <= schedule.at(step + 1, done)
    assert schedule.at(step, done) >= schedule.at(step, min(1, done + 0.1))
