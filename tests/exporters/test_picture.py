"""What the page draws and where, without a browser."""

import networkx as nx
import numpy as np
import pytest

from kg.exporters import _drawing as drawing
from kg.exporters._details import details, sorted_edges
from kg.exporters._layout import apart, distances, places, stress
from kg.store.network import to_networkx
from kg.types import ENTITY_TYPES, EdgeType
from tests.exporters.sample import IDS, lineage


@pytest.fixture(scope="module")
def graph() -> nx.MultiDiGraph:
    whole = to_networkx(lineage())
    return whole.subgraph([node for node, row in whole.nodes(data=True) if row["label"] in ENTITY_TYPES])


def boxes(graph: nx.MultiDiGraph, focus: str | None) -> dict[str, tuple[float, float]]:
    return drawing.boxes(graph, drawing.ranks(graph, focus), drawing.sizes(graph, focus))


def test_no_two_boxes_overlap_and_the_focus_is_the_centre(graph: nx.MultiDiGraph) -> None:
    focus = IDS["LoRA"]
    half = boxes(graph, focus)
    found = places(graph, focus, half)
    assert found[focus] == (0, 0)
    overlaps = [
        (a, b)
        for a in graph
        for b in graph
        if a < b
        and abs(found[a][0] - found[b][0]) < half[a][0] + half[b][0] - 1
        and abs(found[a][1] - found[b][1]) < half[a][1] + half[b][1] - 1
    ]
    assert overlaps == []


def test_neighbours_stand_nearer_than_strangers(graph: nx.MultiDiGraph) -> None:
    found = places(graph, None, boxes(graph, None))
    points = np.array([found[node] for node in graph])
    length = np.linalg.norm(points[:, None] - points[None], axis=-1)
    ways = distances(graph)
    assert length[ways == 1].mean() < 0.6 * length[ways > 2].mean()


def test_stress_gives_a_path_its_lengths() -> None:
    ways = np.abs(np.arange(5.0)[:, None] - np.arange(5.0))
    points = stress(ways)
    assert np.allclose(np.linalg.norm(points[:, None] - points[None], axis=-1), ways, atol=0.05)


def test_parts_without_a_way_between_them_stand_apart() -> None:
    graph = nx.MultiDiGraph([("a", "b"), ("c", "d")])
    nx.set_edge_attributes(graph, {edge: {} for edge in graph.edges(keys=True)})
    ways = distances(graph)
    assert ways[0, 1] == 1
    assert ways[0, 2] == 2


@pytest.mark.parametrize("count", [1, 2])
def test_the_smallest_graphs_have_places(count: int) -> None:
    graph = nx.MultiDiGraph()
    graph.add_nodes_from(str(number) for number in range(count))
    found = places(graph, "0", dict.fromkeys(graph, (10.0, 10.0)))
    assert found["0"] == (0, 0)
    assert len(set(found.values())) == count


def test_points_on_one_spot_come_apart() -> None:
    points = apart(np.zeros((4, 2)), np.full((4, 2), 5.0))
    assert len({tuple(np.round(point)) for point in points}) == 4


def test_every_edge_type_has_a_colour() -> None:
    assert set(drawing.EDGE_COLOURS) == set(EdgeType)


def test_labels_are_short_and_on_one_line() -> None:
    assert drawing.shortened("low-rank\n adaptation") == "low-rank adaptation"
    assert drawing.shortened("a" * 28) == "a" * 28
    assert drawing.shortened("efficient adaptation of large models") == "efficient adaptation of lar…"


def test_the_most_named_are_labelled_first_and_generic_ones_last(graph: nx.MultiDiGraph) -> None:
    ranked = sorted(graph, key=drawing.ranks(graph, IDS["DoRA"]).__getitem__)
    assert [ranked[0], ranked[1]] == [IDS["DoRA"], IDS["LoRA"]]
    assert set(ranked[-2:]) == {IDS["fine-tuning"], IDS["accuracy"]}


def test_size_grows_with_papers(graph: nx.MultiDiGraph) -> None:
    radius = drawing.sizes(graph, None)
    assert radius[IDS["LoRA"]] > radius[IDS["GLUE"]] > radius[IDS["OPT"]]


def test_co_mentions_of_typed_pairs_are_left_to_the_panel_and_weak_ones_marked(graph: nx.MultiDiGraph) -> None:
    rows = sorted_edges(graph)
    items = drawing.edges(rows, graph)
    typed = {frozenset((item["source"], item["to"])) for item in items if not item["dashes"]}
    loose = [item for item in items if item["dashes"]]
    assert len(items) - len(loose) == sum(row[2] != "CO_MENTIONED_WITH" for row in rows)
    assert not any(frozenset((item["source"], item["to"])) in typed for item in loose)
    assert {item["weak"] for item in loose} == {True, False}
    assert {item["arrows"] for item in loose} == {""}


def test_edges_between_the_same_nodes_bend_apart(graph: nx.MultiDiGraph) -> None:
    items = drawing.edges(sorted_edges(graph), graph)
    pair = [item for item in items if {item["source"], item["to"]} == {IDS["LoRA"], IDS["AdaLoRA"]}]
    assert [item["type"] for item in pair] == ["BASED_ON", "OUTPERFORMS"]
    assert ["smooth" in item for item in pair] == [False, True]


def test_a_sentence_is_kept_once() -> None:
    found = details(to_networkx(lineage()))
    assert len(found["sentences"]) == len({tuple(row) for row in found["sentences"]}) < len(lineage()["evidence"])
    edge = next(edge for edge in found["edges"] if (edge["from"], edge["type"]) == (IDS["AdaLoRA"], "BASED_ON"))
    assert [found["sentences"][number][0] for number, _, _ in edge["evidence"]] == ["2303.10512"]
