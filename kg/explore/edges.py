"""The edges of one entity, seen from it."""

from collections.abc import Sequence

from kg.explore.engine import Database, Row, rows
from kg.types import EdgeType

CO_MENTION = "CO_MENTIONED_WITH"
LINKS = tuple(str(name) for name in EdgeType if name != "MENTIONS")
# Statements before what only ties a paper or a number to the entity, and those before co-mentions.
ORDER = sorted(LINKS, key=lambda name: (name == CO_MENTION, name in ("PROPOSES", "REPORTS", "OF", "ON", "IN")))
# Both directions may be true at once.
MUTUAL = (CO_MENTION, "COMPARED_WITH")
EDGES = """
WITH types AS (SELECT unnest($types) AS type),
touching AS (
    SELECT *, 'out' AS direction, target AS far FROM edges SEMI JOIN types USING (type) WHERE source = $id
    UNION ALL SELECT *, 'in', source FROM edges SEMI JOIN types USING (type) WHERE target = $id
),
named AS (
    SELECT t.*, e.type AS far_type, e.name AS far_name, coalesce(e.generic, false) AS far_generic,
        e.papers AS far_papers,
        t.type NOT IN (SELECT unnest($mutual)) AND count(*) OVER (PARTITION BY t.type, far) > 1 AS disputed
    FROM touching t LEFT JOIN entities e ON e.id = far
    WHERE ($far IS NULL OR e.type = $far) AND ($hubs OR t.type <> $co_mention OR NOT e.generic)
),
placed AS (
    SELECT *, row_number() OVER (PARTITION BY type, direction
        ORDER BY far_generic, papers DESC, npmi DESC NULLS LAST, score DESC, source, target) AS place
    FROM named
)
SELECT * FROM placed
QUALIFY $most IS NULL OR least(place, CASE WHEN disputed THEN min(place) OVER (PARTITION BY type, far) END) <= $most
ORDER BY type, direction DESC, place
"""
NODES = """
SELECT id, 'Paper' AS type, coalesce(nullif(title, ''), id) AS name FROM papers
WHERE id IN (SELECT unnest($ids))
UNION ALL
SELECT id, 'Result', value FROM (SELECT paper || '#' || start AS id, * FROM results)
WHERE id IN (SELECT unnest($ids))
QUALIFY row_number() OVER (PARTITION BY id ORDER BY score DESC, kind, value) = 1
"""


def edges_of(
    db: Database, id: str, *, types: Sequence[str] = LINKS, far: str | None = None, limit: int | None = None
) -> list[Row]:
    """The entity's edges of these types, MENTIONS left out, towards nodes of type ``far``.

    At most ``limit`` for each type and direction: specific entities before generic ones, then by papers, NPMI, score.
    With a limit, co-mentions of generic entities are left out: everything is named together with them. An edge whose
    opposite is said too is ``disputed``, and comes together with it.

    Returns:
        Edges with ``direction`` (out, in) and ``other``, the ``{id, type, name, generic, papers}`` of the far end.
    """
    found = rows(
        db, EDGES, id=id, types=list(types), far=far, most=limit, hubs=limit is None,
        mutual=list(MUTUAL), co_mention=CO_MENTION,
    )  # fmt: skip
    unnamed = [edge["far"] for edge in found if edge["far_name"] is None]
    nodes = {node["id"]: node for node in rows(db, NODES, ids=unnamed)} if unnamed else {}
    return [outward(edge, nodes) for edge in found]


def outward(edge: Row, nodes: dict[str, Row]) -> Row:
    """An edge with what stands at its far end in one place."""
    far = {field: edge.pop(f"far_{field}") for field in ("type", "name", "generic", "papers")}
    id = edge.pop("far")
    edge.pop("place")
    if far["name"] is None:
        far |= {"type": nodes[id]["type"], "name": nodes[id]["name"]}
    return edge | {"other": {"id": id, **far}}
