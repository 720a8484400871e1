"""Who stands next to an entity: one row for each edge."""

from pathlib import Path

from kg.errors import InputError
from kg.explore.edges import LINKS, edges_of
from kg.explore.engine import Row, connect
from kg.explore.evidence import link, sentences
from kg.explore.resolve import find
from kg.types import ENTITY_TYPES


def neighbors(
    folder: Path, name: str, *, type: str | None = None, edge: str | None = None, limit: int | None = 10,
    evidence: int | None = 1,
) -> Row:  # fmt: skip
    """The neighbours of an entity over edges of any type but MENTIONS.

    Args:
        type: only entities of this type.
        edge: only edges of this type.
        limit: at most so many for each edge type and direction, co-mentions of generic entities left out; None for all.
        evidence: at most so many sentences an edge; None for all.

    Returns:
        ``{id, name, type, neighbors: [row, …], more: {edge type: number}}``; a row is an edge with ``direction`` (out,
        in), ``other`` (the node at the far end), ``disputed`` and ``evidence``; ``more`` counts what
        the limit left out. Statements come before co-mentions; within a type outgoing edges first, then specific
        entities before generic ones, then by papers, NPMI, score.

    Raises:
        UnknownNameError: no entity is called that.
        InputError: there is no such type; names those there are.
    """
    far = chosen("entity", type, ENTITY_TYPES) if type else None
    types = [chosen("edge", edge, LINKS)] if edge else LINKS
    with connect(folder) as db:
        entity = find(db, name)[0][0]
        edges, more = edges_of(db, entity.id, types=types, far=far, limit=limit)
        proof = sentences(db, edges, evidence)
    found = [row | {"evidence": proof[link(row)]} for row in edges]
    return {"id": entity.id, "name": entity.name, "type": entity.type, "neighbors": found, "more": more}


def chosen(what: str, given: str, known: tuple[str, ...]) -> str:
    """The type that is meant, whatever its case."""
    for name in known:
        if name.casefold() == given.casefold():
            return name
    raise InputError(f"There is no type of {what} {given!r}; there are {', '.join(known)}.")
