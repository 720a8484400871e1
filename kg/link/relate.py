"""Typed facts: what a sentence says of two things, on the level of entities."""

import pyarrow as pa
from ibis import _
from ibis.expr.types import Table

from kg.link.believe import FACT
from kg.link.engine import best
from kg.link.weigh import CO_MENTION
from kg.types import ENTITY_TYPES, PAIRS


def facts(relations: Table, spots: Table, permitted: Table) -> Table:
    """The relations whose ends are mentions of two entities that the schema lets this type join."""
    rows = at(at(relations, spots, "head", "source"), spots, "tail", "target").filter(_.source != _.target)
    rows = rows.semi_join(permitted, ["type", "source_type", "target_type"])
    return rows.rename(start="sentence_start", end="sentence_end").select(FACT)


def spots(mentions: Table, entities: Table) -> Table:
    """Which entity stands where, the surest where two mentions share a span: ``paper, start, end, entity, type``."""
    rows = best(mentions, ("paper", "start", "end"), _.score.desc(), _.entity.asc())
    return rows.select("paper", "start", "end", "entity").join(entities.select("entity", "type"), "entity")


def at(rows: Table, spots: Table, span: str, end: str) -> Table:
    """The rows with a mention at ``span``, whose entity and type become the columns ``end`` and ``end_type``."""
    there = spots.rename({f"{span}_start": "start", f"{span}_end": "end", end: "entity", f"{end}_type": "type"})
    return rows.join(there, ["paper", f"{span}_start", f"{span}_end"])


def permitted() -> pa.Table:
    """The pairs of entity types that each type of relation may join: ``type, source_type, target_type``."""
    kinds = [(edge, *pair) for edge, pairs in PAIRS.items() if edge != CO_MENTION for pair in pairs]
    kinds = [kind for kind in kinds if set(kind[1:]) <= set(ENTITY_TYPES)]
    return pa.table(list(map(list, zip(*kinds, strict=True))), names=["type", "source_type", "target_type"])
