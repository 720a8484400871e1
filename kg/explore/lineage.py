"""What an entity descends from and what grew out of it, step by step, with the sentence behind each step."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kg.explore.engine import Database, Row, connect, rows
from kg.explore.evidence import link, sentences
from kg.explore.resolve import find

if TYPE_CHECKING:
    import networkx as nx

STEPS = ("BASED_ON", "IS_A", "USES")
"""The edge types that are a step, the nearest kin first; all point from the younger to the older."""

STEPS_TABLE = """
CREATE TEMP TABLE steps AS SELECT source, type, target, papers, score, kin FROM edges
JOIN (SELECT unnest($types) AS type, generate_subscripts($types, 1) AS kin) USING (type)
"""
# One step away from each of $ids; of several edges to one entity the nearest kin.
STEP = """
SELECT {near} AS near, far.id, far.name, far.type, CAST(far.first_date[:4] AS INTEGER) AS year, s.type AS via, kin,
    s.papers, s.score, source, target,
    EXISTS (FROM steps o WHERE (o.source, o.type, o.target) = (s.target, s.type, s.source)) AS disputed
FROM steps s JOIN entities far ON far.id = {far}
WHERE {near} IN (SELECT unnest($ids)) AND NOT far.generic AND ($since IS NULL OR coalesce(year, $since) >= $since)
QUALIFY row_number() OVER (PARTITION BY near, far.id ORDER BY kin) = 1
ORDER BY kin, s.papers DESC, s.score DESC, far.id
"""
UP, DOWN = STEP.format(near="source", far="target"), STEP.format(near="target", far="source")


def lineage(
    folder: Path, name: str, *, up: int = 2, down: int = 2, since: int | None = None,
    types: Sequence[str] = STEPS, width: int | None = 12,
) -> Row:  # fmt: skip
    """The tree of ancestors (``up`` steps) and of descendants (``down`` steps) of an entity, generic ones left out.

    Args:
        since: descendants whose first paper is older than this year are left out.
        types: the edge types that are a step, the nearest kin first.
        width: at most so many branches at a node, the nearest kin and then those with most papers; None for all.

    Returns:
        ``{id, name, type, year, ancestors, descendants, more}``, both lists of ``{id, name, type, year, via, papers,
        score, disputed, evidence, children, more, again}``, sorted by kin and year. ``more`` counts the branches that
        the width left out (at the root a pair: ancestors, descendants). What is below an entity stands only once, as
        near to the root as it can; elsewhere the entity is there ``again``, without children, so cycles end.
        ``disputed``: the opposite is said too.

    Raises:
        UnknownNameError: no entity is called that.
    """
    with connect(folder) as db:
        id = find(db, name)[0].id
        first = "SELECT id, name, type, CAST(first_date[:4] AS INTEGER) AS year FROM entities WHERE id = $id"
        root = rows(db, first, id=id)[0]
        db.execute(STEPS_TABLE, {"types": list(types)})
        above = grow(db, UP, id, up, width, since=None)
        below = grow(db, DOWN, id, down, width, since=since)
        attach(db, [*walk(above["children"]), *walk(below["children"])])
    more = above["more"], below["more"]
    return {**root, "ancestors": above["children"], "descendants": below["children"], "more": more}


def grow(db: Database, step: str, id: str, depth: int, width: int | None, *, since: int | None) -> Row:
    """The tree on one side of an entity, level by level."""
    root: Row = {"id": id, "children": [], "more": 0}
    level, grown = [root], {id}
    for _ in range(depth):
        branches: dict[str, list[Row]] = {}
        for row in rows(db, step, ids=[node["id"] for node in level], since=since):
            branches.setdefault(row.pop("near"), []).append(row)
        for node in level:
            found = branches.get(node["id"], [])
            kept = sorted(found[:width], key=lambda row: (row["kin"], row["year"] or 9999, row["name"], row["id"]))
            node |= {"children": kept, "more": len(found) - len(kept)}
        level = [child for node in level for child in node["children"] if begin(child, grown)]
    return root


def begin(node: Row, grown: set[str]) -> bool:
    """Makes a row a node; whether it is the place where its own branches go."""
    node |= {"children": [], "more": 0, "again": node["id"] in grown}
    grown.add(node["id"])
    return not node["again"]


def attach(db: Database, nodes: Sequence[Row]) -> None:
    """Puts the best sentence of its step on every node."""
    steps = [{"source": node.pop("source"), "type": node["via"], "target": node.pop("target")} for node in nodes]
    proof = sentences(db, steps)
    for node, step in zip(nodes, steps, strict=True):
        node["evidence"] = proof[link(step)]
        del node["kin"]


def walk(branches: Sequence[Row]) -> Iterator[Row]:
    for node in branches:
        yield node
        yield from walk(node["children"])


def to_tree(found: Row) -> "nx.DiGraph":
    """The lineage as a networkx DiGraph that draws with names: nodes with ``id``, ``type`` and ``year``, edges from
    child to parent with ``type``, ``papers``, ``score``, ``disputed``, ``sentence``, ``paper`` and ``date``.

    Of two entities with one name the one farther from the root is ``name (id)``.
    """
    import networkx as nx

    graph = nx.DiGraph()
    place(graph, found)
    for side in ("ancestors", "descendants"):
        level = [(found, node) for node in found[side]]
        while level:
            for near, node in level:
                ends = [place(graph, near), place(graph, node)]
                proof = next(iter(node["evidence"]), {})
                facts = {field: proof.get(field) for field in ("sentence", "paper", "date")}
                facts |= {field: node[field] for field in ("papers", "score", "disputed")}
                graph.add_edge(*(ends if side == "ancestors" else ends[::-1]), type=node["via"], **facts)
            level = [(node, child) for _, node in level for child in node["children"]]
    return graph


def place(graph: "nx.DiGraph", node: Row) -> str:
    """The entity's node, made if it is not there yet."""
    name: str = node["name"]
    if graph.nodes.get(name, node)["id"] != node["id"]:
        name = f"{name} ({node['id']})"
    graph.add_node(name, id=node["id"], type=node["type"], year=node["year"])
    return name
