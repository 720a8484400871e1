from dataclasses import replace
from typing import Any, get_type_hints

import networkx as nx
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import GraphError
from kg.records import Alias, Edge, Entity, Evidence, Mention, Paper, Relation, Result
from kg.store.network import from_networkx, to_networkx
from kg.store.tables import TABLES, to_table
from kg.types import EDGE_PROPERTIES, ENTITY_TYPES, NODE_PROPERTIES, PAIRS
from tests.exporters.sample import IDS, lineage

TEXTS = st.text(max_size=12)
OFFSETS = st.integers(0, 40)
SCORES = st.floats(0, 1)
TWO = st.lists(st.none(), max_size=2)
DATES = st.none() | st.sampled_from(["1997", "2017-06", "2021-06-17"])
VALUES: dict[Any, st.SearchStrategy[Any]] = {
    str: TEXTS,
    str | None: st.none() | TEXTS,
    int: OFFSETS,
    int | None: st.none() | OFFSETS,
    float: SCORES,
    float | None: st.none() | st.floats(-1, 1),
    bool: st.booleans(),
    tuple[str, ...]: st.lists(TEXTS, max_size=3).map(tuple),
}


def rows(record: type, *, size: int = 3, key: Any = None, **values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Lists of records; fields that are not given are filled by their type."""
    filled = {name: VALUES[hint] for name, hint in get_type_hints(record).items() if name not in values}
    return st.lists(st.builds(record, **filled, **values), max_size=size, unique_by=key)


@st.composite
def graphs(draw: st.DrawFn) -> dict[str, pa.Table]:
    """Any tables that belong together, in the order in which the linker sorts them."""
    papers = draw(rows(Paper, id=TEXTS.map("paper {}".format), date=DATES, key=lambda row: row.id))
    types = st.sampled_from(ENTITY_TYPES)
    entities = draw(
        rows(Entity, id=TEXTS.map("system:{}".format), type=types, first_date=DATES, key=lambda row: row.id)
    )
    size, paper = 3 if papers else 0, st.sampled_from([paper.id for paper in papers] or [""])
    results = draw(rows(Result, paper=paper, size=size, sentence_start=st.just(3)))
    results = [replace(row, sentence_end=3 + row.sentence_end) for row in results]
    labels = {row.id: "Paper" for row in papers} | {row.id: row.type for row in entities}
    labels |= {f"{row.paper}#{row.start}": "Result" for row in results}
    links = [
        (kind, a, b) for kind, pairs in PAIRS.items() for a in labels for b in labels if (labels[a], labels[b]) in pairs
    ]
    chosen = sorted(draw(st.lists(st.sampled_from(links), max_size=6, unique=True))) if links and papers else []
    found = {
        "papers": papers,
        "mentions": draw(rows(Mention, paper=paper, size=size)),
        "relations": draw(rows(Relation, paper=paper, size=size)),
        "results": sorted(results, key=lambda row: (row.paper, row.start)),
        "entities": sorted(entities, key=lambda row: row.id),
        "aliases": [Alias(draw(TEXTS), id, "rule", 1) for id in sorted(e.id for e in entities) for _ in draw(TWO)],
        "edges": [
            Edge(a, kind, b, 1, 1, draw(SCORES), draw(st.none() | SCORES), draw(DATES), None) for kind, a, b in chosen
        ],
        "evidence": [draw(_evidence(kind, a, b, paper)) for kind, a, b in chosen for _ in range(1 + len(draw(TWO)))],
    }
    return {name: to_table(TABLES[name], found[name]) for name in found}


def _evidence(kind: str, source: str, target: str, paper: st.SearchStrategy[str]) -> st.SearchStrategy[Evidence]:
    whole = st.just((None, None)) | st.tuples(OFFSETS, OFFSETS).map(sorted)
    ends = st.builds(Evidence, *map(st.just, (source, kind, target)), paper, st.none(), st.none(), SCORES, TEXTS)
    return st.builds(lambda piece, span: replace(piece, start=span[0], end=span[1]), ends, whole)


def assert_equal(one: nx.MultiDiGraph, other: nx.MultiDiGraph) -> None:
    assert one.graph == other.graph
    assert dict(one.nodes(data=True)) == dict(other.nodes(data=True))
    assert {ends[:3]: ends[3] for ends in one.edges(keys=True, data=True)} == {
        ends[:3]: ends[3] for ends in other.edges(keys=True, data=True)
    }


@settings(max_examples=50, deadline=None)
@given(graphs())
def test_tables_come_back_exactly(tables: dict[str, pa.Table]) -> None:
    back = from_networkx(to_networkx(tables))
    assert back.keys() == tables.keys()
    for name, table in tables.items():
        assert back[name].equals(table), name


@settings(max_examples=50, deadline=None)
@given(graphs())
def test_graph_comes_back_exactly(tables: dict[str, pa.Table]) -> None:
    graph = to_networkx(tables)
    assert_equal(to_networkx(from_networkx(graph)), graph)


def test_nodes_and_edges_carry_every_property_of_the_schema() -> None:
    graph = to_networkx(lineage())
    for _, data in graph.nodes(data=True):
        assert NODE_PROPERTIES[data["label"]].keys() <= data.keys()
    for _, _, data in graph.edges(data=True):
        assert EDGE_PROPERTIES.keys() <= data.keys()


def test_an_edge_says_who_says_so_and_where() -> None:
    graph = to_networkx(lineage())
    edge = graph.edges[IDS["AdaLoRA"], IDS["LoRA"], "BASED_ON"]
    assert edge["paper"] == "2303.10512"
    assert edge["sentence"].startswith("AdaLoRA extends LoRA:")
    assert edge["evidence"] == [
        {"paper": "2303.10512", "start": 72, "end": 165, "score": 0.97, "by": "rules", "sentence": edge["sentence"]}
    ]


def test_rows_about_one_number_are_one_node() -> None:
    tables = lineage()
    sure = tables["results"].to_pylist()[0]
    less = sure | {"score": 0.1, "value": "99", "unit": None}
    tables["results"] = pa.Table.from_pylist([less, sure], schema=tables["results"].schema)
    node = to_networkx(tables).nodes[f"{sure['paper']}#{sure['start']}"]
    assert (node["value"], node["unit"], node["score"]) == ("99.3", "%", 0.8)
    assert node["readings"] == [less, sure]
    assert from_networkx(to_networkx(tables))["results"].equals(tables["results"])


def test_a_changed_graph_becomes_the_tables_of_the_change() -> None:
    graph = to_networkx(lineage())
    graph.remove_node("2303.10512")
    graph.nodes[IDS["LoRA"]]["name"] = "Low-Rank Adaptation"
    tables = from_networkx(graph)
    assert "2303.10512" not in tables["papers"]["id"].to_pylist()
    assert "2303.10512" not in tables["mentions"]["paper"].to_pylist()
    assert "Low-Rank Adaptation" in tables["entities"]["name"].to_pylist()


@pytest.mark.parametrize(
    ("table", "row", "message"),
    [
        (
            "evidence",
            Evidence(IDS["BERT"], "USES", IDS["LoRA"], "2106.09685", 0, 4, 1.0, "x"),
            "do not belong together",
        ),
        ("aliases", Alias("x", "system:nothing", "rule", 1), "No node stands for 'system:nothing'"),
        (
            "entities",
            Entity("system:x", "Person", "x", (), 1, 1, None, None, (), False),
            "No node stands for 'system:x'",
        ),
        ("entities", Entity(IDS["LoRA"], "Model", "x", (), 1, 1, None, None, (), False), "Two nodes"),
    ],
)
def test_tables_that_do_not_belong_together_are_refused(table: str, row: Any, message: str) -> None:
    tables = lineage()
    tables[table] = pa.concat_tables([tables[table], to_table(TABLES[table], [row])])
    with pytest.raises(GraphError, match=message):
        to_networkx(tables)


@pytest.mark.parametrize(
    ("edge", "message"),
    [
        (("zzz", "LIKES", IDS["LoRA"]), "of a type, or joins types"),
        ((IDS["GLUE"], "ZZZ", IDS["LoRA"]), "of a type, or joins types"),
        (("zzz", "USES", IDS["LoRA"]), "of a type, or joins types"),
        (("zzz", "PROPOSES", IDS["LoRA"]), "one stands twice or lacks an end"),
    ],
)
def test_an_edge_that_does_not_belong_is_refused(edge: tuple[str, str, str], message: str) -> None:
    tables = lineage()
    rows = {
        "edges": Edge(*edge, 1, 1, 1.0, None, None, None),
        "evidence": Evidence(*edge, "2106.09685", 0, 4, 1.0, "x"),
    }
    for name, row in rows.items():
        order = [("type", "ascending"), ("source", "ascending"), ("target", "ascending")]
        tables[name] = pa.concat_tables([tables[name], to_table(TABLES[name], [row])]).sort_by(order)
    with pytest.raises(GraphError, match=message):
        to_networkx(tables)


def test_a_graph_that_lacks_something_is_refused_by_name() -> None:
    graph = to_networkx(lineage())
    del graph.nodes[IDS["LoRA"]]["mentions"]
    with pytest.raises(GraphError, match=r"'system:lora' cannot go into the table of entities: it lacks mentions"):
        from_networkx(graph)


def test_a_node_without_a_type_is_refused() -> None:
    graph = nx.MultiDiGraph()
    graph.add_node("stray")
    with pytest.raises(GraphError, match="Unknown type None"):
        from_networkx(graph)


def test_a_value_of_the_wrong_type_is_refused() -> None:
    graph = to_networkx(lineage())
    graph.nodes[IDS["LoRA"]]["papers"] = "many"
    with pytest.raises(GraphError, match="does not fit the table of entities"):
        from_networkx(graph)
