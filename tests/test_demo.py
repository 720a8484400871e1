"""The demo: one command, a page, and lines of descent that are right."""

import csv
from pathlib import Path

import pytest
from click.testing import CliRunner

import kg
from kg.cli import main
from kg.errors import UnknownNameError

GOLDEN = Path(__file__).parent / "golden" / "lineage.tsv"


def test_one_command_builds_it_and_says_what_next(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["demo", "-g", str(tmp_path / "demo-graph")])
    assert result.exit_code == 0, result.output
    assert "90 papers" in result.output
    assert str(tmp_path / "demo-graph" / "lora.html") in result.output
    assert "kg show LoRA" in result.output
    assert (tmp_path / "demo-graph" / "lora.html").is_file()


def parents(graph: kg.Graph, child: str) -> set[str]:
    """Ids of what an entity builds on or uses."""
    edges = graph.show(child, limit=None)["edges"]
    steps = [
        edge for kind in ("BASED_ON", "USES", "IS_A") for edge in edges.get(kind, []) if edge["direction"] == "out"
    ]
    return {edge["other"]["id"] for edge in steps}


def test_the_lines_of_descent_are_found(demo_graph: kg.Graph) -> None:
    pairs = [(row["child"], row["parent"]) for row in csv.DictReader(GOLDEN.open(), delimiter="\t")]
    found = 0
    for child, parent in pairs:
        try:
            found += demo_graph.show(parent)["id"] in parents(demo_graph, child)
        except UnknownNameError:
            continue
    assert found / len(pairs) >= 0.4, f"{found} of {len(pairs)}"


@pytest.mark.parametrize("name", ["LoRA", "Transformer", "CLIP", "BERT"])
def test_every_step_has_its_sentence(demo_graph: kg.Graph, name: str) -> None:
    tree = demo_graph.lineage(name)
    assert tree.number_of_edges() > 0
    assert all(sentence for _, _, sentence in tree.edges(data="sentence"))
