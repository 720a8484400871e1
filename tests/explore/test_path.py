"""The shortest ways between two entities."""

from pathlib import Path
from tempfile import TemporaryDirectory

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import UnknownNameError
from kg.explore.path import path
from kg.records import Edge, Entity
from kg.store.tables import to_table
from tests.explore.make import named, write


def steps(way: list[dict[str, object]]) -> list[tuple[object, ...]]:
    return [(edge["near"]["name"], edge["type"], edge["far"]["name"]) for edge in way]  # type: ignore[index]


def test_typed_edges_in_either_direction_each_with_its_sentence(line_of_lora: Path) -> None:
    (way,) = path(line_of_lora, "Guanaco", "LoftQ")["paths"]
    assert steps(way) == [("Guanaco", "USES", "QLoRA"), ("QLoRA", "OUTPERFORMS", "LoftQ")]
    assert way[1]["source"] == "system:loftq"
    assert way[1]["evidence"][0]["sentence"].startswith("It outperforms QLoRA on GLUE")


def test_no_co_mention_where_statements_lead_there(line_of_lora: Path) -> None:
    ways = path(line_of_lora, "QLoRA", "DoRA")["paths"]  # LoRA is named with both, but so are the statements
    assert [edge[1] for edge in steps(ways[0])] == ["BASED_ON", "BASED_ON"]


def test_co_mentions_at_the_ends_where_no_statement_leads(line_of_lora: Path) -> None:
    way = steps(path(line_of_lora, "ChatGPT", "BERT", limit=1)["paths"][0])
    assert way[0] == ("ChatGPT", "COMPARED_WITH", "Guanaco") or way[0][1] == "CO_MENTIONED_WITH"
    assert all(kind != "CO_MENTIONED_WITH" for _, kind, _ in way[1:-1])


def test_generic_entities_are_no_stops(line_of_lora: Path) -> None:
    ways = path(line_of_lora, "LoRA+", "LLM.int8()", limit=50)["paths"]
    between = {far for way in ways for _, _, far in steps(way)[:-1]}
    assert not between & {"accuracy", "fine-tuning"}
    assert path(line_of_lora, "LoRA", "accuracy")["paths"]  # as an end it can be reached


def test_rarer_stops_come_first(tmp_path: Path) -> None:
    counts = {"a": 1, "b": 1, "common": 900, "rare": 2}
    entities = [Entity(f"system:{n}", "Method", n, (), c, c, None, None, (), False) for n, c in counts.items()]
    links = [("a", "common"), ("common", "b"), ("a", "rare"), ("b", "rare")]
    edges = [Edge(f"system:{s}", "USES", f"system:{t}", 1, 1, 0.9, None, None, None) for s, t in links]
    tables = named(*((f"system:{n}", "Method", n, c) for n, c in counts.items()))
    folder = write(tmp_path / "g", tables | {"entities": to_table(Entity, entities), "edges": to_table(Edge, edges)})
    ways = [[far for _, _, far in steps(way)] for way in path(folder, "a", "b")["paths"]]
    assert ways == [["rare", "b"], ["common", "b"]]
    assert len(path(folder, "a", "b", limit=1)["paths"]) == 1


def test_only_some_edges(line_of_lora: Path) -> None:
    found = path(line_of_lora, "QLoRA", "intrinsic dimension", types=["BASED_ON"])
    assert [steps(way) for way in found["paths"]] == [
        [("QLoRA", "BASED_ON", "LoRA"), ("LoRA", "BASED_ON", "intrinsic dimension")]
    ]
    assert path(line_of_lora, "QLoRA", "intrinsic dimension", types=["BASED_ON"], steps=1)["paths"] == []


def test_two_names_of_one_entity_and_names_of_none(line_of_lora: Path, empty: Path) -> None:
    found = path(line_of_lora, "LoRA", "low-rank adaptation")
    assert (found["start"], found["paths"]) == (found["goal"], [[]])
    with pytest.raises(UnknownNameError, match="nothing here"):
        path(line_of_lora, "LoRA", "nothing here")
    with pytest.raises(UnknownNameError):
        path(empty, "LoRA", "QLoRA")


@settings(max_examples=25)
@given(st.sets(st.tuples(st.integers(0, 6), st.integers(0, 6)).filter(lambda pair: pair[0] != pair[1]), max_size=12))
def test_as_short_as_networkx_finds_and_as_many(links: set[tuple[int, int]]) -> None:
    edges = [Edge(f"system:{a}", "USES", f"system:{b}", 1, 1, 0.9, None, None, None) for a, b in sorted(links)]
    graph = nx.Graph(sorted(links))
    graph.add_nodes_from([0, 1])
    tables = named(*((f"system:{n}", "Method", str(n), n + 1) for n in range(7))) | {"edges": to_table(Edge, edges)}
    with TemporaryDirectory() as folder:
        ways = path(write(Path(folder) / "g", tables), "0", "1", steps=9, limit=99)["paths"]
    found = [[edge["far"]["name"] for edge in way] for way in ways]
    expected = list(nx.all_shortest_paths(graph, 0, 1)) if nx.has_path(graph, 0, 1) else []
    assert sorted(found) == sorted([str(node) for node in way[1:]] for way in expected)
