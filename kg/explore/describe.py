"""Everything a graph says about one entity: names, years, edges by type, and the sentences behind each edge."""

from collections.abc import Sequence
from pathlib import Path

from kg.explore.edges import CO_MENTION, edges_of
from kg.explore.engine import Database, Row, connect, rows
from kg.explore.evidence import link, sentences
from kg.explore.resolve import find

ALIASES = "SELECT surface, rule, support FROM aliases WHERE entity = $id ORDER BY support DESC, surface, rule"
PROPOSERS = """
SELECT id AS paper, title, date FROM papers WHERE id IN (SELECT unnest($ids)) ORDER BY list_position($ids, id)
"""


def describe(
    folder: Path, name: str, *, type: str | None = None, limit: int | None = 5, evidence: int | None = 1
) -> Row:
    """An entity with its edges; ``limit`` edges a type and direction, ``evidence`` sentences a statement, None for all.

    Of two edges that contradict each other (A OUTPERFORMS B, B OUTPERFORMS A) both are given, marked ``disputed``.
    ``more`` counts by type what the limit left out.

    Raises:
        UnknownNameError: no entity is called that.
    """
    with connect(folder) as db:
        (match, *others), *_ = find(db, name, type=type)
        entity = rows(db, "SELECT * FROM entities WHERE id = $id", id=match.id)[0]
        edges, more = edges_of(db, match.id, limit=limit)
        return {
            **entity,
            "aliases": rows(db, ALIASES, id=match.id),
            "proposed_by": rows(db, PROPOSERS, ids=entity["proposed_by"]),
            "edges": grouped(db, edges, evidence),
            "more": more,
            "also": [{"id": m.id, "type": m.type, "name": m.name, "papers": m.papers} for m in others],
        }


def grouped(db: Database, edges: Sequence[Row], evidence: int | None) -> dict[str, list[Row]]:
    """The edges by type, each with its sentences in place of its ends; a mere co-mention with all of them or none."""
    told = edges if evidence is None else [edge for edge in edges if edge["type"] != CO_MENTION]
    proof = sentences(db, told, evidence)
    found: dict[str, list[Row]] = {}
    for edge in edges:
        own = {field: value for field, value in edge.items() if field not in ("source", "type", "target")}
        found.setdefault(edge["type"], []).append(own | {"evidence": proof.get(link(edge), [])})
    return found
