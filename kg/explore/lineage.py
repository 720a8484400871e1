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

TABLE = """
CREATE TEMP TABLE steps AS
SELECT source, type, target, papers, score, list_position($types, type) AS kin FROM edges WHERE type IN $types
"""
# One step away from each of $ids; of several edges to one entity the nearest kin.
STEP = """
WITH near AS MATERIALIZED (
    SELECT {near} AS near, {far} AS far, * FROM steps
    WHERE {near} IN (SELECT unnest($ids)) AND type IN $types
),
found AS (
    SELECT near, e.id, e.name, e.type, CAST(e.first_date[:4] AS INTEGER) AS year, n.type AS via, kin, n.papers, n.score,
        source, target,
        EXISTS (FROM steps o WHERE (o.source, o.type, o.target) = (n.target, n.type, n.source)) AS disputed
    FROM near n JOIN entities e ON e.id = far
    WHERE NOT e.generic AND ($since IS NULL OR coalesce(year, $since) >= $since)
    QUALIFY row_number() OVER (PARTITION BY near, far ORDER BY kin) = 1
)
SELECT *, count(*) OVER (PARTITION BY near, via) AS alike FROM found
QUALIFY $width IS NULL
    OR row_number() OVER (PARTITION BY near, via ORDER BY papers DESC, score DESC, id) <= $width
ORDER BY kin, year NULLS LAST, papers DESC, name, id
"""
UP, DOWN = STEP.format(near="source", far="target"), STEP.format(near="target", far="source")


def lineage(
    folder: Path, name: str, *, up: int = 2, down: int = 2, since: int | None = None,
    types: Sequence[str] = STEPS, width: int | None = 8,
) -> Row:  # fmt: skip
    """The tree of ancestors (``up`` steps) and of descendants (``down`` steps) of an entity, generic ones left out.

    USES is a step only from the entity itself: what uses a descendant, or what an ancestor uses, is no kin.

    Args:
        since: descendants whose first paper is older than this year are left out.
        types: the edge types that are a step, the nearest kin first.
        width: at most so many branches of a type at a node, those with most papers; None for all.

    Returns:
        ``{id, name, type, year, ancestors, descendants, more_ancestors, more_descendants}``, both lists of ``{id, name,
        type, year, via, papers, score, disputed, evidence, children, more, again}``, sorted by kin and year. ``more``
        counts by edge type the branches that the width left out. What is below an entity stands only once, as near to
        the root as it can; elsewhere the entity is there ``again``, without children, so cycles end. ``disputed``: the
        opposite is said too.

    Raises:
        UnknownNameError: no entity is called that.
    """
    with connect(folder) as db:
        id = find(db, name)[0][0].id
        first = "SELECT id, name, type, CAST(first_date[:4] AS INTEGER) AS year FROM entities WHERE id = $id"
        root = rows(db, first, id=id)[0]
        rows(db, TABLE, types=list(types))
        above = grow(db, UP, id, up, types, width, None)
        below = grow(db, DOWN, id, down, types, width, since)
        attach(db, [*walk(above["children"]), *walk(below["children"])])
    trees = {"ancestors": above["children"], "descendants": below["children"]}
    return {**root, **trees, "more_ancestors": above["more"], "more_descendants": below["more"]}


def grow(
    db: Database, step: str, id: str, depth: int, types: Sequence[str], width: int | None, since: int | None
) -> Row:
    """The tree on one side of an entity, level by level."""
    root: Row = {"id": id, "children": [], "more": {}}
    level, grown = [root], {id}
    for _ in range(depth):
        near = {node["id"]: node for node in level}
        found = rows(db, step, ids=list(near), types=list(types), width=width, since=since)
        level = []
        for row in found:
            node, alike = near[row.pop("near")], row.pop("alike")
            node["children"].append(row)
            if width and alike > width:
                node["more"][row["via"]] = alike - width
            row |= {"children": [], "more": {}, "again": row["id"] in grown}
            if not row["again"] and row["via"] != "USES":
                grown.add(row["id"])
                level.append(row)
        types = [type for type in types if type != "USES"]
    return root


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
                proof: Row = next(iter(node["evidence"]), {})
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
