"""GraphML and GEXF: both keep every value that XML can hold, and open in networkx."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

from kg.errors import InputError
from kg.exporters import export
from kg.records import Paper
from kg.store.network import to_networkx
from kg.store.tables import to_table
from kg.types import COLOURS
from tests.exporters.sample import hostile, lineage


def kept(value: Any) -> Any:
    """What XML keeps of a value: lists as JSON, texts without the characters that it forbids."""
    if isinstance(value, list):
        value = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "", value) if isinstance(value, str) else value


def flat(data: dict[str, Any]) -> dict[str, Any]:
    return {name: kept(value) for name, value in data.items() if value is not None}


@pytest.mark.parametrize("make", [lineage, hostile])
def test_graphml_opens_in_networkx_with_every_value(make: Callable[[], Any], tmp_path: Path) -> None:
    tables = make()
    export("graphml", tables, tmp_path / "graph.graphml")
    graph = nx.read_graphml(tmp_path / "graph.graphml", force_multigraph=True)
    whole = to_networkx(tables)
    assert dict(graph.nodes(data=True)) == {node: flat(data) for node, data in whole.nodes(data=True)}
    edges = {(s, t, d.pop("label")): d for s, t, d in graph.edges(data=True) if d.pop("id")}
    assert edges == {(s, t, kind): flat(data) for s, t, kind, data in whole.edges(keys=True, data=True)}


@pytest.mark.parametrize("make", [lineage, hostile])
def test_gexf_opens_in_networkx_with_every_value(make: Callable[[], Any], tmp_path: Path) -> None:
    tables = make()
    export("gexf", tables, tmp_path / "graph.gexf")
    graph = nx.read_gexf(tmp_path / "graph.gexf")
    whole = to_networkx(tables)
    assert set(graph) == set(whole)
    for node, data in graph.nodes(data=True):
        wanted = flat(whole.nodes[node])
        wanted["type"] = wanted.pop("label")
        label, colour = data.pop("label"), data.pop("viz")["color"]
        assert label == (wanted.get("name") or wanted.get("title") or wanted["value"])
        assert "#{r:02x}{g:02x}{b:02x}".format(**colour) == COLOURS[data["type"]]
        assert data | {"id": node} == wanted
    for source, target, kind, data in graph.edges(keys=True, data=True):
        wanted = flat(whole.edges[source, target, kind])
        assert data.pop("label") == kind
        assert data.pop("weight") == wanted["papers"]
        assert data.pop("id")
        assert data == wanted
    assert graph.number_of_edges() == whole.number_of_edges()


@pytest.mark.parametrize("format", ["graphml", "gexf"])
def test_two_ids_never_fall_together(format: str, tmp_path: Path) -> None:
    papers = [Paper(id, "", "", None, (), None, None, "x", id) for id in ("a", "a\x01")]
    tables = lineage() | {"papers": to_table(Paper, papers)}
    tables |= {name: tables[name].slice(0, 0) for name in tables if name != "papers"}
    with pytest.raises(InputError, match=r"'a\\x01' differs"):
        export(format, tables, tmp_path / "graph")
    assert not list(tmp_path.iterdir())
