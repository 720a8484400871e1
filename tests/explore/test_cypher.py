"""Every Cypher text of docs/explore.md runs on the demo graph and says what the Python function says."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import kg

PAGE = (Path(__file__).parents[2] / "docs" / "explore.md").read_text(encoding="utf-8")
QUERIES = dict(re.findall(r"```cypher (\w+)\n(.*?)```", PAGE, re.DOTALL))
RIVALRY = ("OUTPERFORMS", "COMPARED_WITH")
Said = set[tuple[Any, ...]]


def resolve(g: kg.Graph) -> Said:
    (found,) = g.resolve("LoRA")
    matches = [match for match in (found.entity, *found.others) if match and match.fit == "exact"]
    return {(match.id, match.papers) for match in matches}


def lineage(g: kg.Graph) -> Said:
    tree = g.lineage("LoRA", up=0, down=1, width=None)
    return {
        (step["type"], child, tree.nodes[child]["year"], step["papers"], step["sentence"])
        for child, _, step in tree.edges(data=True)
    }


def neighbors(g: kg.Graph) -> Said:
    found = g.neighbors("LoRA", type="Dataset", limit=None)["neighbors"]
    return {(row["type"], row["other"]["name"], row["papers"]) for row in found}


def path(g: kg.Graph) -> Said:
    found = g.path("LoRA", "BERT", limit=999)
    return {("LoRA", *(edge["far"]["name"] for edge in way)) for way in found["paths"]}


def leaderboard(g: kg.Graph) -> Said:
    found = g.leaderboard("ImageNet")
    fields = ("kind", "metric", "model", "value", "paper", "date", "sentence")
    return {tuple(row[field] for field in fields) for kind in ("absolute", "gain", "factor") for row in found[kind]}


def timeline(g: kg.Graph) -> Said:
    return {(row["year"], row["papers"]) for row in g.timeline("BERT")["years"] if row["papers"]}


def beside(g: kg.Graph) -> Said:
    years = g.timeline("BERT", beside=999)["years"]
    return {(row["year"], other["name"], other["papers"]) for row in years for other in row["beside"]}


def shared(g: kg.Graph) -> Said:
    return {(node["name"],) for node in g.compare("BERT", "RoBERTa")["shared"].get("Dataset", [])}


def between(g: kg.Graph) -> Said:
    rows = g.compare("LoRA", "AdaLoRA")["between"]
    return {(row["type"], row["evidence"][0]["sentence"]) for row in rows if row["type"] in RIVALRY}


FUNCTIONS = (resolve, lineage, neighbors, path, leaderboard, timeline, beside, shared, between)
SAME: dict[str, Callable[[kg.Graph], Said]] = {function.__name__: function for function in FUNCTIONS}


def test_every_text_has_its_function() -> None:
    assert set(QUERIES) == set(SAME)


@pytest.mark.parametrize("name", SAME)
def test_cypher_says_what_python_says(demo_graph: kg.Graph, name: str) -> None:
    _, rows = demo_graph.ask(QUERIES[name], {})
    said = {tuple(row[0]) if name == "path" else tuple(row) for row in rows}
    assert said == SAME[name](demo_graph)
    assert said


@pytest.mark.parametrize("code", re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL))
def test_the_python_runs(demo_graph: kg.Graph, code: str) -> None:
    exec(code, {"g": demo_graph})
