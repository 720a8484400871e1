import csv
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.exporters import export
from kg.exporters.csv import _cell
from kg.store.network import to_networkx
from kg.types import NODE_PROPERTIES
from tests.exporters.sample import hostile, lineage


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def bare(cell: str) -> str:
    return cell.removeprefix("'")


@pytest.mark.parametrize("tables", [lineage(), hostile()], ids=["lineage", "hostile"])
def test_every_node_and_edge_has_its_line(tables: dict, tmp_path: Path) -> None:
    export("csv", tables, tmp_path / "graph")
    graph = to_networkx(tables)
    seen = 0
    for path in (tmp_path / "graph").glob("nodes_*.csv"):
        for row in read(path):
            data = graph.nodes[row["id"]]
            assert f"nodes_{data['label']}.csv" == path.name
            assert list(row) == list(NODE_PROPERTIES[data["label"]])
            assert bare(row.get("name", "")) == data.get("name", "")
            assert json.loads(row.get("aliases", "[]")) == data.get("aliases", [])
            seen += 1
    assert seen == len(graph)
    edges = [(path, row) for path in (tmp_path / "graph").glob("edges_*.csv") for row in read(path)]
    for path, row in edges:
        data = graph.edges[row["source"], row["target"], path.stem.removeprefix("edges_")]
        assert (int(row["papers"]), float(row["score"])) == (data["papers"], data["score"])
        assert bare(row["sentence"]) == (data["sentence"] or "")
    assert len(edges) == graph.number_of_edges()
    assert len(read(tmp_path / "graph" / "evidence.csv")) == len(tables["evidence"])


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=HYPERLINK(\"x\")", "'=HYPERLINK(\"x\")"),
        ("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"),
        ("-PPO", "'-PPO"),
        ("@SUM(1)", "'@SUM(1)"),
        ("\t=1", "'\t=1"),
        ("'tis", "''tis"),
        ("-1.5", "-1.5"),
        ("+3.2%", "+3.2%"),
        ("LoRA+", "LoRA+"),
        (True, "true"),
        (["a", "=b"], '["a","=b"]'),
        (None, None),
    ],
)  # fmt: skip
def test_cells_that_a_spreadsheet_would_run_are_disarmed(text: object, cell: object) -> None:
    assert _cell(text) == cell


@given(st.text())
def test_one_apostrophe_off_gives_the_text_back(text: str) -> None:
    cell = _cell(text)
    assert bare(cell) == text
    assert cell == text or cell[0] == "'"
