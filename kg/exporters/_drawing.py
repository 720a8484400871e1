"""What the picture shows of each node and edge: shape, size, colour, label, place."""

import math
from collections import defaultdict
from typing import Any

import networkx as nx

from kg.exporters._details import EdgeRow, name_of
from kg.exporters._layout import Places
from kg.types import COLOURS, SHAPES, EdgeType

Item = dict[str, Any]
FEW, LABELS = 60, 40  # up to so many nodes all have a label at first sight, else the most named so many
LETTERS = 28  # of a label
LETTER, LINE = 7.4, 20.0  # width of a letter and height of a label, in pixels
# In the order of the legend: lineage violet, comparison red, data green, purpose orange, measure pink.
EDGE_COLOURS: dict[str, str] = {
    EdgeType.BASED_ON: "#8b5cf6",
    EdgeType.IS_A: "#c084fc",
    EdgeType.USES: "#a5a8f5",
    EdgeType.OUTPERFORMS: "#dc2626",
    EdgeType.COMPARED_WITH: "#f58a8a",
    EdgeType.EVALUATED_ON: "#059669",
    EdgeType.TRAINED_ON: "#5cc9a0",
    EdgeType.USED_FOR: "#e69f00",
    EdgeType.BENCHMARK_FOR: "#b45309",
    EdgeType.SUBTASK_OF: "#f0c46a",
    EdgeType.MEASURED_BY: "#cc79a7",
    EdgeType.CO_MENTIONED_WITH: "#98a1ae",
    EdgeType.PROPOSES: "#0ea5e9",
    EdgeType.MENTIONS: "#b6bec9",
    EdgeType.REPORTS: "#56b4e9",
    EdgeType.OF: "#56b4e9",
    EdgeType.ON: "#56b4e9",
    EdgeType.IN: "#56b4e9",
}


def ranks(graph: nx.MultiDiGraph, focus: str | None) -> dict[str, int]:
    """Place of each node among those that get a label: the focus, then the most named, generic ones last."""

    def order(node: str) -> tuple[bool, bool, int, str]:
        row = graph.nodes[node]
        return node != focus, bool(row.get("generic")), -row.get("papers", 0), node

    return {node: place for place, node in enumerate(sorted(graph, key=order))}


def sizes(graph: nx.MultiDiGraph, focus: str | None) -> dict[str, float]:
    """Radius of each node in pixels: its area grows with the papers that name it; smaller where nodes are many."""
    most = max(1, *(row.get("papers", 1) for _, row in graph.nodes(data=True)))
    scale = min(1.0, (FEW / len(graph)) ** 0.4)
    radius = {node: 7 + 15 * math.sqrt(row.get("papers", 1) / most) for node, row in graph.nodes(data=True)}
    return {node: round(20 if node == focus else size * scale, 1) for node, size in radius.items()}


def boxes(graph: nx.MultiDiGraph, rank: dict[str, int], radius: dict[str, float]) -> dict[str, tuple[float, float]]:
    """Half width and half height of each node with the label that it shows at first sight, in pixels."""
    labelled = len(graph) if len(graph) <= FEW else LABELS
    found = {}
    for node, row in graph.nodes(data=True):
        large = 1.3 if rank[node] == 0 else 1.0  # the first has a larger label
        width, height = LETTER * large * len(shortened(name_of(node, row))) / 2, LINE * large / 2
        shown = rank[node] < labelled
        found[node] = (max(radius[node], width), radius[node] + height) if shown else (radius[node], radius[node])
    return found


def nodes(graph: nx.MultiDiGraph, rank: dict[str, int], radius: dict[str, float], places: Places) -> list[Item]:
    """The keyword arguments of pyvis' ``add_node`` for each node."""
    return [
        {
            "n_id": node,
            "label": shortened(name_of(node, row)) or node,
            "type": row["label"],
            "shape": SHAPES[row["label"]],
            "color": COLOURS[row["label"]],
            "size": radius[node],
            "rank": rank[node],
            "faint": bool(row.get("generic")),
            "x": places[node][0],
            "y": places[node][1],
        }
        for node, row in graph.nodes(data=True)
    ]


def shortened(text: str) -> str:
    """The text on one line of at most 28 characters."""
    text = " ".join(text.split())
    return text if len(text) <= LETTERS else text[: LETTERS - 1].rstrip() + "…"


def edges(rows: list[EdgeRow], graph: nx.MultiDiGraph) -> list[Item]:
    """The keyword arguments of pyvis' ``add_edge`` for each edge between drawn nodes; ``id`` is its number in ``rows``.

    A co-mention of two nodes that a typed edge joins is left to the panel. Of the others the strongest of each node are
    drawn, the rest (``weak``) only while one of its ends is chosen.
    """
    inside = [(number, row) for number, row in enumerate(rows) if row[0] in graph and row[1] in graph]
    loose = [(number, row) for number, row in inside if row[2] == EdgeType.CO_MENTIONED_WITH]
    typed = [(number, row) for number, row in inside if row[2] != EdgeType.CO_MENTIONED_WITH]
    joined: dict[frozenset[str], int] = defaultdict(int)
    items = []
    for number, row in typed:
        ends = frozenset(row[:2])
        items.append(_edge(number, row) | _bend(row, joined[ends]) | {"weak": False})
        joined[ends] += 1
    loose = [(number, row) for number, row in loose if frozenset(row[:2]) not in joined]
    strong = strongest([row for _, row in loose], 3 if len(graph) <= FEW else 2)
    return items + [_edge(number, row) | {"weak": row[:2] not in strong} for number, row in loose]


def strongest(co_mentions: list[EdgeRow], each: int) -> set[tuple[str, str]]:
    """The ends of those that are among the strongest of one of their ends, by NPMI, then papers."""
    by_node: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for edge in sorted(co_mentions, key=lambda edge: (-(edge[3]["npmi"] or 0), -edge[3]["papers"], edge[:2])):
        for end in edge[:2]:
            by_node[end].append(edge[:2])
    return {ends for found in by_node.values() for ends in found[:each]}


def _edge(number: int, edge: EdgeRow) -> Item:
    source, target, kind, row = edge
    loose = kind == EdgeType.CO_MENTIONED_WITH
    return {
        "id": number,
        "source": source,
        "to": target,
        "type": kind,
        "tint": EDGE_COLOURS[kind],
        "width": round((0.7 if loose else 1.4) + 0.6 * math.log2(max(row["papers"], 1)), 2),
        "dashes": loose,
        "arrows": "" if loose else "to",
    }


def _bend(edge: EdgeRow, earlier: int) -> Item:
    """Edges between the same two nodes bend apart: the first is straight, then one to each side, ever further out."""
    side = "curvedCW" if (earlier % 2 == 0) == (edge[0] < edge[1]) else "curvedCCW"
    return {"smooth": {"enabled": True, "type": side, "roundness": 0.15 * ((earlier + 1) // 2)}} if earlier else {}
