"""Facts about reported numbers: who reports them, and of, on and in what."""

import ibis
from ibis import _
from ibis.expr.types import Table

from kg.link.relate import at
from kg.types import PAIRS

ENDS = {"OF": "subject", "ON": "dataset", "IN": "metric"}


def facts(papers: Table, results: Table, spots: Table) -> Table:
    """REPORTS for each result of a known paper, and OF, ON, IN where a mention of the right type stands."""
    rows = results.semi_join(papers, results.paper == papers.id)
    rows = rows.mutate(result=_.paper + "#" + _.start.cast("string"))
    reports = rows.mutate(source="paper", target="result", type=ibis.literal("REPORTS"))
    return ibis.union(*map(_fact, [reports, *(about(rows, spots, edge, span) for edge, span in ENDS.items())]))


def about(rows: Table, spots: Table, edge: str, span: str) -> Table:
    """The results joined to the entity at one of their spans."""
    types = sorted({target for _source, target in PAIRS[edge]})
    found = at(rows, spots, span, "target").filter(_.target_type.isin(types))
    return found.mutate(source="result", type=ibis.literal(edge))


def _fact(rows: Table) -> Table:
    return rows.select("source", "type", "target", "paper", "score", "by", start="sentence_start", end="sentence_end")
