"""Facts between a paper and what it names: MENTIONS and PROPOSES."""

import ibis
from ibis import _
from ibis.expr.types import Table

from kg.link.believe import FACT


def facts(mentions: Table) -> Table:
    """One fact a mention, and one more a mention of what the paper itself introduces."""
    rows = mentions.mutate(source="paper", target="entity").drop("start", "end")
    rows = rows.rename(start="sentence_start", end="sentence_end")
    kinds = {"MENTIONS": rows, "PROPOSES": rows.filter(_.role == "proposed")}
    return ibis.union(*(found.mutate(type=ibis.literal(kind)).select(FACT) for kind, found in kinds.items()))
