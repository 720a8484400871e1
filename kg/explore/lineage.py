"""What an entity descends from and what grew out of it, step by step, with the sentence behind each step."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow.compute as pc

from kg.explore.describe import edge_key, read_evidence, read_papers, sentence
from kg.explore.find import Row, find
from kg.store.folder import select

STEPS = ("BASED_ON", "IS_A", "USES")  # all point from the younger to the older


def lineage(
    folder: Path, name: str, *, up: int = 2, down: int = 2, since: int | None = None,
    types: tuple[str, ...] = STEPS[:1], width: int = 12,
) -> Row:  # fmt: skip
    """The tree of ancestors (``up`` steps) and of descendants (``down`` steps) of an entity.

    Args:
        since: descendants whose first paper is older than this year are left out.
        types: the edge types that count as a step.
        width: at most so many branches at a node, those with most papers first.

    Returns:
        ``{**entity, "ancestors": [node, …], "descendants": [node, …]}``; a node is ``{id, name, type, year, via,
        papers, score, evidence, children}``. An entity that has been shown on the way from the root is not shown
        again, so cycles end.

    Raises:
        UnknownNameError: no entity is called that.
    """
    entities = select(folder, "entities")
    root, _ = find(entities, name)
    edges = select(folder, "edges", pc.field("type").isin(list(types))).to_pylist()
    nodes = {row["id"]: row for row in entities.select(["id", "name", "type", "first_date", "generic"]).to_pylist()}
    trees = {
        "ancestors": grow(root["id"], index(edges, "source"), "target", nodes, up, width, None, {root["id"]}),
        "descendants": grow(root["id"], index(edges, "target"), "source", nodes, down, width, since, {root["id"]}),
    }
    attach(folder, [*trees["ancestors"], *trees["descendants"]])
    return {**nodes[root["id"]], "year": year(root["first_date"]), **trees}


def index(edges: list[Row], end: str) -> dict[str, list[Row]]:
    """The edges by the entity at one end, the best supported first."""
    found: dict[str, list[Row]] = {}
    for edge in sorted(edges, key=lambda e: (-e["papers"], -e["score"], e["type"], e["source"], e["target"])):
        found.setdefault(edge[end], []).append(edge)
    return found


def grow(
    id: str, edges: Mapping[str, list[Row]], far: str, nodes: Mapping[str, Row], depth: int, width: int,
    since: int | None, seen: set[str],
) -> list[Row]:  # fmt: skip
    """The branches at one node."""
    if depth == 0:
        return []
    branches: dict[str, Row] = {}
    for edge in edges.get(id, ()):
        other = nodes.get(edge[far])
        late = since is None or (other is not None and (year(other["first_date"]) or since) >= since)
        if other and late and not other["generic"] and other["id"] not in seen and len(branches) < width:
            branches.setdefault(
                other["id"], {**other, "year": year(other["first_date"]), "via": edge["type"], "edge": edge}
            )
    for branch in branches.values():
        branch["children"] = grow(branch["id"], edges, far, nodes, depth - 1, width, since, seen | {id, *branches})
    return sorted(branches.values(), key=lambda branch: (branch["year"] or 9999, branch["name"]))


def attach(folder: Path, branches: list[Row]) -> None:
    """Puts papers, score and the best sentence of its edge on every node."""
    flat = list(walk(branches))
    proof = read_evidence(folder, [node["edge"] for node in flat], 1)
    papers = read_papers(folder, {item["paper"] for items in proof.values() for item in items})
    for node in flat:
        edge = node.pop("edge")
        node |= {"papers": edge["papers"], "score": edge["score"]}
        node["evidence"] = [sentence(item, papers) for item in proof.get(edge_key(edge), [])]


def walk(branches: list[Row]) -> list[Row]:
    return [node for branch in branches for node in (branch, *walk(branch["children"]))]


def year(date: str | None) -> int | None:
    return int(date[:4]) if date else None


def to_tree(found: Row) -> Any:
    """The lineage as a networkx DiGraph, edges from child to parent, with ``type``, ``papers`` and ``sentence``."""
    import networkx as nx

    graph = nx.DiGraph()
    graph.add_node(found["name"], type=found["type"], year=found["year"])

    def add(branches: list[Row], near: str, up: bool) -> None:
        for node in branches:
            graph.add_node(node["name"], type=node["type"], year=node["year"])
            ends = (near, node["name"]) if up else (node["name"], near)
            quote = node["evidence"][0]["sentence"] if node["evidence"] else None
            graph.add_edge(*ends, type=node["via"], papers=node["papers"], sentence=quote)
            add(node["children"], node["name"], up)

    add(found["ancestors"], found["name"], True)
    add(found["descendants"], found["name"], False)
    return graph
