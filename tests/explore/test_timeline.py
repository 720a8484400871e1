"""An entity over the years."""

from pathlib import Path

import pytest

from kg.errors import UnknownNameError
from kg.explore.timeline import timeline


def test_papers_a_year_with_gaps_first_and_last(line_of_lora: Path) -> None:
    found = timeline(line_of_lora, "LoRA")
    years = [(row["year"], row["papers"], row["of"], row["proposing"]) for row in found["years"]]
    assert years == [(2021, 1, 2, 1), (2022, 0, 1, 0), (2023, 6, 6, 0), (2024, 3, 3, 0)]
    assert [row["share"] for row in found["years"]] == [0.5, 0.0, 1.0, 1.0]
    assert (found["first"]["date"], found["last"]["date"]) == ("2021-06-17", "2024-05-01")


def test_what_it_is_named_with_most_generic_entities_left_out(line_of_lora: Path) -> None:
    row = timeline(line_of_lora, "LoRA", beside=2)["years"][2]
    assert [(other["name"], other["papers"]) for other in row["beside"]] == [("QLoRA", 3), ("LLaMA", 3)]
    every = {other["name"] for row in timeline(line_of_lora, "LoRA", beside=99)["years"] for other in row["beside"]}
    assert not every & {"LoRA", "accuracy", "fine-tuning"}


def test_an_entity_that_no_paper_names(line_of_lora: Path) -> None:
    found = timeline(line_of_lora, "bare")
    assert (found["first"], found["last"], found["years"]) == (None, None, [])


def test_papers_without_a_date_come_last(tmp_path: Path) -> None:
    from kg.link import link
    from tests.explore.make import write
    from tests.link.make import paper, tables

    dated = tables(paper("p1", "A title. We use [Method LoRA].", "2021"), paper("p2", "Another. [Method LoRA] again."))
    found = timeline(write(tmp_path / "g", dated | link(**dated)), "LoRA")
    assert [(row["year"], row["papers"], row["of"]) for row in found["years"]] == [(2021, 1, 1), (None, 1, 1)]
    assert found["first"] == found["last"] == {"paper": "p1", "title": "A title.", "date": "2021"}


def test_an_unknown_name(empty: Path) -> None:
    with pytest.raises(UnknownNameError):
        timeline(empty, "LoRA")
