"""Two entities side by side: what they share, what each has alone, and who is said to beat whom."""

from collections.abc import Iterable
from pathlib import Path

from kg.errors import InputError
from kg.explore.edges import STATEMENTS, edges_of
from kg.explore.engine import Database, Row, connect, rows
from kg.explore.evidence import link, sentences
from kg.explore.resolve import find
from kg.types import ENTITY_TYPES

# Types of neighbours in the order in which a reader asks for them.
TYPES = sorted(ENTITY_TYPES, key=("Dataset", "Task", "Metric", "Method", "Model").index)
HEAD = "SELECT id, name, type, papers, first_date, last_date FROM entities WHERE id = $id"
TOGETHER = "SELECT papers FROM edges WHERE type = 'CO_MENTIONED_WITH' AND source = $first AND target = $second"


def compare(folder: Path, one: str, other: str) -> Row:
    """What a graph says of two entities.

    Returns:
        ``{one, other, papers, between, shared}``. ``one`` and ``other`` are ``{id, name, type, papers, first_date,
        last_date, own}``; ``papers`` counts those that name both; ``between`` are the statements about the two, each
        with ``evidence``, contradictory ones ``disputed``. ``shared`` and ``own`` hold the neighbours over statements
        by their type, Dataset, Task and Metric first: ``{id, name, generic, edges, papers}`` with the types of the
        edges and the papers behind the best of them (of a shared one, on the side that has fewer), specific ones first,
        then by papers.

    Raises:
        UnknownNameError: no entity is called so.
        InputError: both names mean one entity.
    """
    with connect(folder) as db:
        first, second = (found[0] for found in find(db, one, other))
        if first.id == second.id:
            raise InputError(
                f"{one!r} and {other!r} both mean {first.name!r} ({first.id}): name another to compare with."
            )
        ids = [first.id, second.id]
        heads = [rows(db, HEAD, id=id)[0] for id in ids]
        together = rows(db, TOGETHER, first=min(ids), second=max(ids))
        edges = [edges_of(db, id, types=STATEMENTS)[0] for id in ids]
        between = statements(db, [edge for edge in edges[0] if edge["other"]["id"] == ids[1]])
    sides = [around(found, ids) for found in edges]
    for head, side, apart in zip(heads, sides, sides[::-1], strict=True):
        head["own"] = by_type(side[id] for id in side if id not in apart)
    shared = by_type(join(node, sides[1][id]) for id, node in sides[0].items() if id in sides[1])
    papers = together[0]["papers"] if together else 0
    return {"one": heads[0], "other": heads[1], "papers": papers, "between": between, "shared": shared}


def statements(db: Database, edges: list[Row]) -> list[Row]:
    """The edges with their ends and best sentence."""
    proof = sentences(db, edges)
    kept = ("source", "type", "target", "papers", "score", "first_date", "last_date", "disputed")
    return [{field: edge[field] for field in kept} | {"evidence": proof[link(edge)]} for edge in edges]


def around(edges: Iterable[Row], ends: list[str]) -> dict[str, Row]:
    """The neighbours other than the two, each with what joins it."""
    found: dict[str, Row] = {}
    for edge in edges:
        far = edge["other"]
        node = found.setdefault(far["id"], {**far, "edges": [], "papers": 0})
        node["edges"].append(edge["type"])
        node["papers"] = max(node["papers"], edge["papers"])
    return {id: node for id, node in found.items() if id not in ends}


def join(node: Row, same: Row) -> Row:
    """A neighbour of both."""
    return {**node, "edges": node["edges"] + same["edges"], "papers": min(node["papers"], same["papers"])}


def by_type(nodes: Iterable[Row]) -> dict[str, list[Row]]:
    """The neighbours by type, the best supported first."""
    found: dict[str, list[Row]] = {type: [] for type in TYPES}
    for node in sorted(nodes, key=lambda node: (node["generic"], -node["papers"], node["name"], node["id"])):
        kept = {field: node[field] for field in ("id", "name", "generic", "papers")}
        found[node["type"]].append(kept | {"edges": sorted(set(node["edges"]))})
    return {type: listed for type, listed in found.items() if listed}
