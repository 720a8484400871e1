"""Retracting and comparing as a person does it."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import kg
from kg.cli import main
from kg.cli.change import render_diff


def run(*arguments: str | Path, stdin: str | None = None) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], input=stdin)


@pytest.fixture
def copy(graph: kg.Graph, tmp_path: Path) -> Path:
    """A graph of the sample papers that may be changed."""
    return shutil.copytree(graph.folder, tmp_path / "copy")


def test_retract_says_what_went_and_diff_what_that_changed(graph: kg.Graph, copy: Path) -> None:
    done = run("retract", "https://arxiv.org/abs/2402.09353v1", "-g", copy)
    assert done.exit_code == 0
    assert done.stdout.startswith("Retracted: 2402.09353  DoRA: direction and magnitude apart  (papers.jsonl:3)\n")
    assert f"{copy}: 5 papers, " in done.stdout
    page = run("diff", graph.folder, copy).stdout
    assert "papers             0         1         0" in page
    assert "  - 2402.09353  DoRA: direction and magnitude apart  (2024-02-14)" in page
    assert "  - DoRA BASED_ON LoRA  (1 paper)" in page


def test_a_list_on_standard_input(copy: Path) -> None:
    assert run("retract", "--from", "-", "-g", copy, stdin="2402.09353\narXiv:1810.04805\n").exit_code == 0
    assert kg.open(copy).info()["nodes"]["Paper"] == 4


def test_an_unknown_name_changes_nothing(graph: kg.Graph, copy: Path) -> None:
    done = run("retract", "2402.09353", "2106.09658", "-g", copy)
    assert done.exit_code == 1
    assert "Did you mean 2106.09685 (LoRA: small adapters" in done.stderr
    assert kg.open(copy).diff(graph)["counts"]["papers"] == {"added": 0, "removed": 0, "changed": 0}


def test_retract_needs_a_name_or_a_file(copy: Path) -> None:
    assert run("retract", "-g", copy).exit_code == 2
    missing = run("retract", "--from", copy / "none.bib", "-g", copy)
    assert missing.exit_code == 1
    assert "none.bib" in missing.stderr


def test_what_was_retracted_can_be_added_again(graph: kg.Graph, copy: Path, sample: Path) -> None:
    kg.open(copy).retract("2402.09353", "1810.04805")
    assert len(kg.open(copy).diff(graph)["papers"]) == 2
    kg.open(copy).add(sample)
    found = json.loads(run("diff", copy, graph.folder, "--json").stdout)
    assert {number for counts in found["counts"].values() for number in counts.values()} == {0}


def test_a_row_is_a_line_that_says_what_changed_and_how() -> None:
    entity = {"name": "LoRA", "type": "Method", "papers": 1200, "aliases": ["lora", "low-rank adaptation"]}
    before = {"papers": 1, "aliases": ["lora", "LORA"], "first_date": None, "text": "x" * 99}
    rows: dict[str, list[dict[str, Any]]] = {
        "papers": [{"change": "removed", "id": "1", "title": "A", "date": None}],
        "entities": [
            {"change": "added", **entity, "papers": 1, "elsewhere": list("abcde")},
            {"change": "changed", **entity, "first_date": "2021", "text": "y", "before": before},
        ],
        "edges": [],
        "aliases": [],
    }
    counts = {name: {"added": 0, "removed": 0, "changed": 0} for name in rows}
    counts["edges"]["reweighed"] = 1234
    assert render_diff({"old": "a", "new": "b", "counts": counts, **rows}).splitlines() == [
        "a -> b",
        "               added   removed   changed",
        "papers             0         0         0",
        "entities           0         0         0",
        "edges              0         0         0  (1,234 more only in their weights)",
        "aliases            0         0         0",
        "",
        "papers",
        "  - 1  A  (no date)",
        "",
        "entities",
        "  + LoRA  (Method; 1 paper); the name was with a, b, c and 2 others",
        "  ~ LoRA  (Method; 1,200 papers): papers 1 → 1200, aliases +low-rank adaptation -LORA, "
        "first_date none → 2021, text",
    ]
