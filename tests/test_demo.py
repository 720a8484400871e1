"""The demo: one command, a page, and lines of descent that are right."""

import csv
from pathlib import Path

import pytest
from click.testing import CliRunner

import kg
from kg.cli import main

GOLDEN = Path(__file__).parent / "golden" / "lineage.tsv"


def test_one_command_builds_it_and_says_what_next(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["demo", "-g", str(tmp_path / "demo-graph")])
    assert result.exit_code == 0, result.output
    assert "90 papers" in result.output
    assert str(tmp_path / "demo-graph" / "lora.html") in result.output
    assert "kg show LoRA" in result.output
    assert (tmp_path / "demo-graph" / "lora.html").is_file()


def test_the_lines_of_descent_are_found(demo_graph: kg.Graph) -> None:
    pairs = [(row["child"], row["parent"]) for row in csv.DictReader(GOLDEN.open(), delimiter="\t")]
    entity = {each.name: each.entity.id for each in demo_graph.resolve(*{n for p in pairs for n in p}) if each.entity}
    rows = demo_graph.query("MATCH (a)-[:BASED_ON]->(b) RETURN a.id AS child, b.id AS parent")
    steps = {(row["child"], row["parent"]) for row in rows}
    found = sum((entity.get(child), entity.get(parent)) in steps for child, parent in pairs)
    assert found / len(pairs) >= 0.85, f"{found} of {len(pairs)}"


@pytest.mark.parametrize(
    ("name", "children"),
    [
        ("LoRA", {"AdaLoRA", "DoRA", "QLoRA", "VeRA"}),
        ("Transformer", {"BERT", "DETR", "GPT", "LLaMA", "T5", "Transformer-XL", "Vision Transformer"}),
        ("CLIP", {"LLaVA"}),
    ],
)
def test_what_grew_out_of_a_landmark_is_whole(demo_graph: kg.Graph, name: str, children: set[str]) -> None:
    rows = demo_graph.query("MATCH (a)-[:BASED_ON]->(b {name: $name}) RETURN a.name AS child", name=name)
    assert {row["child"] for row in rows} >= children


@pytest.mark.parametrize("name", ["LoRA", "Transformer", "CLIP", "BERT"])
def test_every_step_has_its_sentence(demo_graph: kg.Graph, name: str) -> None:
    tree = demo_graph.lineage(name)
    assert tree.number_of_edges() > 0
    assert all(sentence for _, _, sentence in tree.edges(data="sentence"))
