"""The edges of one entity, seen from it."""

from collections import Counter
from collections.abc import Iterable, Sequence

from kg.explore.engine import Database, Row, rows
from kg.types import EdgeType

CO_MENTION = "CO_MENTIONED_WITH"
ATTACHED = ("PROPOSES", "REPORTS", "OF", "ON", "IN")
"""What ties a paper or a number to an entity; MENTIONS is nobody's edge to look at."""
STATEMENTS = tuple(str(name) for name in EdgeType if name not in ("MENTIONS", CO_MENTION, *ATTACHED))
"""What a sentence states of two entities."""
LINKS = (*STATEMENTS, *ATTACHED, CO_MENTION)
# COMPARED_WITH both ways is no contradiction.
EDGES = """
WITH hubs AS (SELECT id FROM entities WHERE generic),
touching AS (
    SELECT *, if(source = $id, 'out', 'in') AS direction, if(source = $id, target, source) AS far FROM edges
    WHERE type IN $types AND (source = $id OR target = $id)
),
chosen AS (SELECT * FROM touching WHERE $far IS NULL OR far IN (SELECT id FROM entities WHERE type = $far)),
placed AS (
    SELECT *, count(*) OVER (PARTITION BY type) AS alike,
        count(*) OVER (PARTITION BY type, far) > 1 AND type <> 'COMPARED_WITH' AS disputed,
        row_number() OVER (PARTITION BY type, direction
            ORDER BY far IN (FROM hubs), papers DESC, score DESC, source, target) AS place
    FROM chosen
)
SELECT * EXCLUDE (place) FROM placed
QUALIFY $most IS NULL OR least(place, CASE WHEN disputed THEN min(place) OVER (PARTITION BY type, far) END) <= $most
ORDER BY list_position($types, type), direction DESC, place
"""
# A co-mention has no direction; there may be tens of thousands, so none is ranked that is not among the first.
CO_MENTIONS = """
WITH hubs AS (SELECT id FROM entities WHERE generic),
touching AS (
    SELECT *, 'out' AS direction, target AS far FROM edges WHERE type = $co_mention AND source = $id
    UNION ALL SELECT *, 'in', source FROM edges WHERE type = $co_mention AND target = $id
)
SELECT *, count(*) OVER () AS alike, false AS disputed FROM touching
WHERE ($far IS NULL OR far IN (SELECT id FROM entities WHERE type = $far)) AND ($most IS NULL OR far NOT IN (FROM hubs))
ORDER BY papers DESC, npmi DESC, score DESC, far LIMIT $most
"""
NODES = "SELECT id, type, name, generic, papers FROM entities WHERE id IN (SELECT unnest($ids))"
PAPERS = """
SELECT id, 'Paper' AS type, coalesce(nullif(title, ''), id) AS name FROM papers WHERE id IN (SELECT unnest($ids))
UNION ALL (
    SELECT id, 'Result', value FROM (SELECT paper || '#' || start AS id, * FROM results)
    WHERE id IN (SELECT unnest($ids))
    QUALIFY row_number() OVER (PARTITION BY id ORDER BY score DESC, kind, value) = 1
)
"""


def edges_of(
    db: Database, id: str, *, types: Sequence[str] = LINKS, far: str | None = None, limit: int | None = None
) -> tuple[list[Row], dict[str, int]]:
    """The entity's edges of these types, in their order, towards entities of type ``far``.

    At most ``limit`` for each type and direction, specific entities before generic ones, then by papers and score; of
    co-mentions by papers and NPMI, those of generic entities left out: everything is named together with them. An edge
    whose opposite is said too is ``disputed``, and comes together with it.

    Returns:
        Edges with ``direction`` (out, in), ``disputed`` and ``other``, the ``{id, type, name, generic, papers}`` of the
        far end; and how many more there are of each type.
    """
    asked = {"id": id, "far": far, "most": limit}
    kinds = [type for type in types if type != CO_MENTION]
    found = rows(db, EDGES, types=kinds, **asked) if kinds else []
    if CO_MENTION in types:
        found += rows(db, CO_MENTIONS, co_mention=CO_MENTION, **asked)
    nodes = read_nodes(db, {edge["far"] for edge in found})
    more = Counter({edge["type"]: edge.pop("alike") for edge in found})
    more.subtract(edge["type"] for edge in found)
    edges = [edge | {"other": nodes[edge.pop("far")]} for edge in found]
    return edges, {kind: number for kind, number in more.items() if number}


def read_nodes(db: Database, ids: Iterable[str]) -> dict[str, Row]:
    """Entities by id as ``{id, type, name, generic, papers}``; papers by title and numbers by value likewise."""
    wanted = sorted(ids)
    found = {node["id"]: node for node in rows(db, NODES, ids=wanted)}
    if others := [id for id in wanted if id not in found]:
        bare = {"generic": False, "papers": None}
        found |= {node["id"]: node | bare for node in rows(db, PAPERS, ids=others)}
    return found
