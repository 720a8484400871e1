"""Facts between a paper and what it names: MENTIONS and PROPOSES."""

import ibis
from ibis import _
from ibis.expr.types import Table


def facts(resolved: Table) -> Table:
    """One fact a mention, and one more a mention of what the paper itself introduces."""
    rows = resolved.select(
        source="paper",
        target="entity",
        paper="paper",
        start="sentence_start",
        end="sentence_end",
        score="score",
        by="by",
        role="role",
    )
    proposed = rows.filter(_.role == "proposed")
    kinds = {"MENTIONS": rows, "PROPOSES": proposed}
    return ibis.union(*(table.drop("role").mutate(type=ibis.literal(name)) for name, table in kinds.items()))
