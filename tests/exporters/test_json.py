import json
from pathlib import Path

import networkx as nx
import pytest
from jsonschema import Draft202012Validator

from kg.exporters import export
from kg.store.network import from_networkx
from tests.exporters.sample import hostile, lineage

SCHEMA = Path(__file__).parents[2] / "schemas" / "graph.schema.json"


@pytest.mark.parametrize("tables", [lineage("2305.14314"), hostile()], ids=["lineage", "hostile"])
def test_networkx_reads_every_table_of_the_graph_back(tables: dict, tmp_path: Path) -> None:
    export("json", tables, tmp_path / "graph.json")
    graph = nx.node_link_graph(json.loads((tmp_path / "graph.json").read_bytes()), edges="edges")
    back = from_networkx(graph)
    assert back.keys() == tables.keys() - {"mentions", "relations"}
    for name, table in back.items():
        assert table.equals(tables[name]), name


def test_the_schema_accepts_it_and_refuses_less(tmp_path: Path) -> None:
    export("json", lineage("2305.14314"), tmp_path / "graph.json")
    document = json.loads((tmp_path / "graph.json").read_bytes())
    validator = Draft202012Validator(json.loads(SCHEMA.read_bytes()))
    validator.validate(document)
    document["nodes"][0]["label"] = "Person"
    assert not validator.is_valid(document)
