"""Typed facts: what a sentence says of two things, on the level of entities."""

import ibis
from ibis import _
from ibis.expr.types import Table

from kg.link.engine import best
from kg.types import ENTITY_TYPES, PAIRS


def facts(relations: Table, ends: Table) -> Table:
    """The relations whose ends are mentions of two entities that the schema lets this type join."""
    rows = at(relations, ends, "head", "source").filter(_.source.notnull())
    rows = at(rows, ends, "tail", "target").filter(_.target.notnull(), _.source != _.target)
    allowed = rows.semi_join(permitted(), ["type", "source_type", "target_type"])
    return allowed.rename(start="sentence_start", end="sentence_end").select(
        "source", "type", "target", "paper", "start", "end", "score", "by"
    )


def spots(resolved: Table, entities: Table) -> Table:
    """Which entity stands where, the surest where two mentions share a span: ``paper, start, end, entity, type``."""
    rows = best(resolved, ("paper", "start", "end"), _.score.desc(), _.entity.asc()).select(
        "paper", "start", "end", "entity"
    )
    return rows.join(entities.select("entity", "type"), "entity")


def at(rows: Table, spots: Table, span: str, end: str) -> Table:
    """The rows with the entity at ``span`` as the columns ``end`` and ``end_type``, null where no mention stands."""
    there = spots.rename({f"{span}_start": "start", f"{span}_end": "end", end: "entity", f"{end}_type": "type"})
    joined = rows.left_join(there, ["paper", f"{span}_start", f"{span}_end"])
    return joined.select(rows, there[end], there[f"{end}_type"])


def permitted() -> Table:
    """The pairs of entity types that each edge type may join."""
    kinds = [(edge, *pair) for edge, pairs in PAIRS.items() for pair in pairs if set(pair) <= set(ENTITY_TYPES)]
    kinds = [kind for kind in kinds if kind[0] != "CO_MENTIONED_WITH"]
    return ibis.memtable(kinds, schema={"type": "string", "source_type": "string", "target_type": "string"})
