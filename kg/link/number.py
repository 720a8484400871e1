"""Facts about reported numbers: who reports them, and of, on and in what."""

import ibis
from ibis import _
from ibis.expr.types import StringColumn, Table

from kg.link.believe import FACT
from kg.link.relate import at
from kg.types import PAIRS

ENDS = {"OF": "subject", "ON": "dataset", "IN": "metric"}


def result_id(results: Table) -> StringColumn:
    """The id of a result's node: its paper and where the number stands there."""
    return results.paper + "#" + results.start.cast("string")


def facts(results: Table, spots: Table) -> Table:
    """REPORTS for each result, and OF, ON, IN where a mention of the right type stands; ``result`` holds the node."""
    rows = results.drop("start", "end").rename(start="sentence_start", end="sentence_end")
    reports = rows.mutate(source="paper", target="result", type=ibis.literal("REPORTS")).select(FACT)
    return ibis.union(reports, *(_about(rows, spots, edge, span) for edge, span in ENDS.items()))


def _about(rows: Table, spots: Table, edge: str, span: str) -> Table:
    types = sorted({target for _source, target in PAIRS[edge]})
    found = at(rows, spots, span, "target").filter(_.target_type.isin(types))
    return found.mutate(source="result", type=ibis.literal(edge)).select(FACT)
