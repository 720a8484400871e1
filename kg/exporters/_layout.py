"""Where the nodes of the page stand: the same graph always gets the same places."""

import networkx as nx
import numpy as np
import numpy.typing as npt

from kg.types import EdgeType

Places = dict[str, tuple[int, int]]
Array = npt.NDArray[np.float64]
WIDTH, HEIGHT = 800.0, 590.0  # pixels that the picture takes before overlaps are resolved
LOOSE = 1.6  # length of a co-mention where a typed edge has length 1
GAP = 5.0  # pixels between two boxes


def places(graph: nx.MultiDiGraph, focus: str | None, boxes: dict[str, tuple[float, float]]) -> Places:
    """Node -> x, y in pixels, the focus at 0, 0.

    Ways in the graph become distances on the page, then overlapping boxes move apart.

    Args:
        boxes: half width and half height that each node needs with its label, in pixels.
    """
    nodes = list(graph)
    fixed = nodes.index(focus) if focus is not None else None
    points = stress(distances(graph))
    points -= points[fixed] if fixed is not None else points.mean(0)
    points *= np.array([WIDTH, HEIGHT]) / np.maximum(np.ptp(points, axis=0), 1e-9)
    points = apart(points, np.array([boxes[node] for node in nodes]) + GAP / 2)
    points -= points[fixed] if fixed is not None else 0
    return {node: (round(x), round(y)) for node, (x, y) in zip(nodes, points.tolist(), strict=True)}


def distances(graph: nx.MultiDiGraph) -> Array:
    """Shortest ways between all nodes; where there is none, one more than the longest."""
    simple = nx.Graph()
    simple.add_nodes_from(graph)
    for source, target, kind in graph.edges(keys=True):
        length = LOOSE if kind == EdgeType.CO_MENTIONED_WITH else 1.0
        before = simple.get_edge_data(source, target, {"length": length})["length"]
        simple.add_edge(source, target, length=min(length, before))
    ways = np.asarray(nx.floyd_warshall_numpy(simple, weight="length"), dtype=np.float64)
    known = np.isfinite(ways)
    return np.where(known, ways, ways[known].max() + 1)


def stress(ways: Array, rounds: int = 200) -> Array:
    """Points (n, 2) whose distances are near the ways (n, n), a near pair counting more (weight 1 / way²).

    Each round moves every point to the weighted mean of where each other one would have it, the localised optimisation
    of Gansner, Koren and North, "Graph Drawing by Stress Majorization", 2004.
    """
    points: Array = np.random.default_rng(0).standard_normal((len(ways), 2)) * ways.max() / 4
    weights = np.divide(1, ways**2, out=np.zeros_like(ways), where=ways > 0)
    total = np.maximum(weights.sum(1, keepdims=True), 1e-9)
    for _ in range(rounds):
        ratio = weights * ways / np.maximum(lengths(points), 1e-9)
        np.fill_diagonal(ratio, 0)
        points = (weights @ points + points * ratio.sum(1, keepdims=True) - ratio @ points) / total
    return points


def lengths(points: Array) -> Array:
    """Distance between each two points, (n, n)."""
    squares = (points**2).sum(1)
    found: Array = np.sqrt(np.maximum(squares[:, None] + squares - 2 * points @ points.T, 0))
    return found


def apart(points: Array, half: Array, rounds: int = 150) -> Array:
    """Moves boxes (half width, half height) around points apart where two overlap, along the side that needs less."""
    room = half[:, None] + half
    for _ in range(rounds):
        near = np.abs(points[:, None, 0] - points[:, 0]) < room[..., 0]
        near &= np.abs(points[:, None, 1] - points[:, 1]) < room[..., 1]
        one, other = np.nonzero(np.triu(near, 1))
        if not len(one):
            break
        delta = points[one] - points[other]
        over = room[one, other] - np.abs(delta)
        side = over.argmin(1, keepdims=True)
        push = np.take_along_axis(np.where(delta < 0, -over, over), side, 1)[:, 0] / 3
        np.add.at(points, (one, side[:, 0]), push)
        np.add.at(points, (other, side[:, 0]), -push)
    return points
