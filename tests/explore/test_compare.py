"""Two entities side by side."""

from pathlib import Path

import pytest

from kg.errors import InputError, UnknownNameError
from kg.explore.compare import compare


def test_shared_and_own(line_of_lora: Path) -> None:
    found = compare(line_of_lora, "LoRA", "Adapters")
    names = {type: [node["name"] for node in nodes] for type, nodes in found["shared"].items()}
    assert names == {"Dataset": ["GLUE"]}
    assert found["shared"]["Dataset"][0]["edges"] == ["EVALUATED_ON"]
    own = [
        {type: [node["name"] for node in nodes] for type, nodes in found[end]["own"].items()}
        for end in ("one", "other")
    ]
    assert own[0]["Metric"] == ["accuracy"]
    assert own[1] == {"Task": ["fine-tuning"], "Metric": ["perplexity"], "Model": ["BERT"]}
    assert (found["papers"], found["one"]["first_date"], found["other"]["last_date"]) == (1, "2021-06-17", "2021-06-17")


def test_who_is_said_to_beat_whom_in_both_directions(line_of_lora: Path) -> None:
    found = compare(line_of_lora, "LoRA", "Adapters")
    claims = [(edge["source"], edge["target"]) for edge in found["between"] if edge["type"] == "OUTPERFORMS"]
    assert claims == [("system:lora", "system:adapters"), ("system:adapters", "system:lora")]
    assert all(edge["disputed"] for edge in found["between"] if edge["type"] == "OUTPERFORMS")
    assert all(edge["evidence"][0]["sentence"] for edge in found["between"])
    assert not next(edge for edge in found["between"] if edge["type"] == "COMPARED_WITH")["disputed"]


def test_the_other_way_round_is_the_mirror_image(line_of_lora: Path) -> None:
    there, back = compare(line_of_lora, "LoRA", "AdaLoRA"), compare(line_of_lora, "AdaLoRA", "LoRA")
    assert (there["one"], there["other"]) == (back["other"], back["one"])
    assert (there["papers"], there["shared"]) == (back["papers"], back["shared"])


def test_two_names_of_one_entity_are_refused(line_of_lora: Path) -> None:
    with pytest.raises(InputError, match="both mean 'LoRA'"):
        compare(line_of_lora, "LoRA", "low-rank adaptation")


def test_unknown_names(line_of_lora: Path, empty: Path) -> None:
    for folder in (line_of_lora, empty):
        with pytest.raises(UnknownNameError):
            compare(folder, "LoRA", "nothing here")
