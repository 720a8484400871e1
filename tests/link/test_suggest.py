"""Likely merges that a person may accept."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.cli import main
from kg.link import link
from kg.link.apply import carry_out
from kg.link.overrides import parse
from kg.link.suggest import suggest
from kg.store.tables import write_table
from tests.link.make import paper, rows, tables

TEXTS = (
    "[Task kelp counting], [Method kelp counting] or [Model tidal transformer].",
    "[Task robot manipulation], [Task robotic manipulation] or [Task robot manipulations 2].",
    "[Model kelp diffusion] and [Model kelp diffusion network]. [Task text-to-image] or [Task image-to-text].",
    "[Task detecting spoofed tides], [Task spoofed tides detecting]. [Model ResNet-50] or [Model ResNet-51].",
    "[Dataset Reefs and Corals], [Dataset Reefs and Corrals]. [Dataset CoralReefSet], [Dataset CoralReefSat].",
    "[Model KTM] helps [Task tide prediction] on [Dataset ReefNet].",
    "[Model kelp tide machine] helps [Task tide prediction] on [Dataset ReefNet].",
)
REASONS = {
    ("task:kelpcounting", "system:kelpcounting"): "same name in two types",
    ("task:robotmanipulation", "task:roboticmanipulation"): "same words with other endings",
    ("system:kelpdiffusion", "system:kelpdiffusionnetwork"): "same up to the head word",
    ("task:detectingspoofedtide", "task:spoofedtidedetecting"): "same words in another order",
    ("dataset:reefandcoral", "dataset:reefandcorral"): "one letter apart",
    ("dataset:coralreefsat", "dataset:coralreefset"): "one letter apart",
    ("system:ktm", "system:kelptidemachine"): "abbreviation with the same neighbours",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The entities, aliases and edges of papers that say everything twice."""
    found = link(**tables(*(paper(f"p{n}", text) for n, text in enumerate(TEXTS * 2))))
    place = tmp_path_factory.mktemp("suggest")
    (place / "manifest.json").write_text("{}")
    for name, table in found.items():
        write_table(place / f"{name}.parquet", table)
    return place


def test_every_kind_is_found_once_and_no_two_versions(folder: Path) -> None:
    found = {(item.into.id, item.other.id): item.reason for item in suggest(folder)}
    assert {frozenset(pair): reason for pair, reason in found.items()} == {
        frozenset(pair): reason for pair, reason in REASONS.items()
    }


def test_the_rarer_goes_into_the_commoner_and_needs_its_support(folder: Path) -> None:
    assert all(item.into.papers >= item.other.papers == item.support == 2 for item in suggest(folder))
    assert suggest(folder, support=3) == []


def test_accepted_suggestions_are_overrides_that_work(folder: Path) -> None:
    result = CliRunner().invoke(main, ["suggest", "-g", str(folder), "--yaml", "--limit", "0"])
    assert result.exit_code == 0, result.output
    entries = parse(result.output, Path("overrides.yaml"))
    assert {frozenset(entry.names) for entry in entries} == set(map(frozenset, REASONS))
    found = tables(*(paper(f"p{n}", text) for n, text in enumerate(TEXTS * 2)))
    ids = {id for (id,) in rows(link(**found, overrides=entries)["entities"], "id")}
    assert all(len(ids.intersection(pair)) == 1 for pair in REASONS)
    assert carry_out(entries, link_held(found)).moves().num_rows == len(REASONS)


def link_held(found: dict[str, object]) -> object:
    aliases = link(**found)["aliases"]  # type: ignore[arg-type]
    return aliases.rename_columns({"support": "papers"})


def test_the_command_prints_a_table_or_json(folder: Path) -> None:
    result = CliRunner().invoke(main, ["suggest", "-g", str(folder), "--limit", "3"])
    assert "(3 rows)" in result.output
    result = CliRunner().invoke(main, ["suggest", "-g", str(folder), "--json"])
    (first, *_) = json.loads(result.output)
    assert set(first) == {"into", "other", "reason", "support"}
