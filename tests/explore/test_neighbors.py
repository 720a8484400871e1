"""What stands next to an entity."""

from pathlib import Path

import pytest

from kg.errors import InputError, UnknownNameError
from kg.explore.neighbors import neighbors


def test_one_row_an_edge_statements_before_co_mentions(line_of_lora: Path) -> None:
    rows = neighbors(line_of_lora, "AdaLoRA", limit=None)["neighbors"]
    types = [row["type"] for row in rows]
    assert types == sorted(types, key=types.index)
    assert types[-1] == "CO_MENTIONED_WITH"
    first = next(row for row in rows if row["type"] == "BASED_ON")
    assert (first["direction"], first["other"]["name"]) == ("out", "LoRA")
    assert first["evidence"][0]["sentence"].startswith("AdaLoRA extends LoRA")


def test_only_one_type_of_neighbour_or_edge_in_any_case(line_of_lora: Path) -> None:
    datasets = neighbors(line_of_lora, "AdaLoRA", type="dataset", edge="evaluated_on")["neighbors"]
    assert {row["other"]["name"] for row in datasets} == {"GLUE", "SQuAD"}
    beside = neighbors(line_of_lora, "AdaLoRA", type="Dataset")["neighbors"]
    assert {row["type"] for row in beside} == {"EVALUATED_ON", "CO_MENTIONED_WITH"}


def test_the_limit_says_what_it_leaves_out(line_of_lora: Path) -> None:
    found = neighbors(line_of_lora, "LoRA", edge="BASED_ON", limit=3)
    assert (len(found["neighbors"]), found["more"]) == (4, {"BASED_ON": 5})


def test_no_evidence_is_read_where_none_is_wanted(line_of_lora: Path) -> None:
    assert not any(row["evidence"] for row in neighbors(line_of_lora, "LoRA", evidence=0)["neighbors"])


def test_what_is_no_type_is_refused(line_of_lora: Path, empty: Path) -> None:
    with pytest.raises(InputError, match="there are Method, Model, Dataset, Metric, Task"):
        neighbors(line_of_lora, "LoRA", type="Paper")
    with pytest.raises(InputError, match="EVALUATED_ON"):
        neighbors(line_of_lora, "LoRA", edge="MENTIONS")
    with pytest.raises(UnknownNameError):
        neighbors(empty, "LoRA")
