"""The numbers reported on a dataset."""

from pathlib import Path

import pytest

from kg.errors import InputError, UnknownNameError
from kg.explore.leaderboard import better, leaderboard


def values(found: dict[str, object], kind: str) -> list[tuple[object, ...]]:
    rows = found[kind]
    assert isinstance(rows, list)
    return [(row["metric"], row["model"], row["value"]) for row in rows]


def test_better_numbers_first_and_kinds_apart(line_of_lora: Path) -> None:
    found = leaderboard(line_of_lora, "GLUE")
    assert values(found, "absolute") == [
        ("accuracy", "Adapters", "88.1%"),
        ("accuracy", "LoRA", "87.3%"),
        ("perplexity", "Adapters", "9.5"),
        ("perplexity", "LoRA", "9.9"),
    ]
    assert values(found, "gain") == [("accuracy", None, "0.8")]
    assert values(found, "factor") == [(None, None, "1.5x")]


def test_a_row_opens_to_its_evidence(line_of_lora: Path) -> None:
    row = leaderboard(line_of_lora, "GLUE", metric="accuracy")["absolute"][0]
    assert (row["number"], row["unit"], row["better"], row["model_id"]) == (88.1, "%", "higher", "system:adapters")
    assert (row["paper"], row["date"], row["title"]) == ("2405.00001", "2024-05-01", "A Second Look at Adapters")
    assert row["sentence"].startswith("Adapters outperform LoRA on GLUE")
    assert row["end"] - row["start"] == len(row["sentence"])


def test_one_metric(line_of_lora: Path) -> None:
    found = leaderboard(line_of_lora, "GLUE", metric="Perplexity")
    assert (found["metric"], len(found["absolute"]), found["gain"], found["factor"]) == ("perplexity", 2, [], [])


@pytest.mark.parametrize(
    ("metric", "direction"),
    [
        ("accuracy", "higher"),
        ("word error rate", "lower"),
        ("WER", "lower"),
        ("FID", "lower"),
        ("test losses", "lower"),
        ("Perplexity", "lower"),
        ("inference latency", "lower"),
        ("error reduction", "higher"),
        ("memory efficiency", "higher"),
        ("throughput", "higher"),
        ("mAP", "higher"),
        ("", "higher"),
    ],
)
def test_the_direction_of_a_metric_follows_from_its_name(metric: str, direction: str) -> None:
    assert better(metric) == direction


def test_a_name_of_two_types_means_the_dataset(line_of_lora: Path) -> None:
    assert leaderboard(line_of_lora, "Adapters")["id"] == "dataset:adapters"


def test_what_is_no_dataset_or_metric_is_refused(line_of_lora: Path, empty: Path) -> None:
    with pytest.raises(InputError, match="'LoRA' is a Method in this graph, not a Dataset"):
        leaderboard(line_of_lora, "LoRA")
    with pytest.raises(InputError, match="not a Metric"):
        leaderboard(line_of_lora, "GLUE", metric="SQuAD")
    for folder, name in ((line_of_lora, "GLEU"), (empty, "GLUE")):
        with pytest.raises(UnknownNameError):
            leaderboard(folder, name)
