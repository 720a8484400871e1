"""Facts -> evidence (one row a sentence) -> edges (one row a link).

A fact says that a sentence of a paper states a link, or the paper as a whole where ``start`` and ``end`` are null.
"""

import ibis
from ibis import _
from ibis.expr.types import Table

from kg.link.engine import best

LINK = ("source", "type", "target")
FACT = (*LINK, "paper", "start", "end", "score", "by")
CEILING = 0.99
UNIT = 1_000_000


def evidence(facts: Table) -> Table:
    """The surest fact of each link, paper and sentence."""
    return best(facts, (*LINK, "paper", "start", "end"), _.score.desc(), _.by.asc())


def edges(evidence: Table, papers: Table) -> Table:
    """The links with counts, dates and a belief.

    The belief is the noisy-or of the papers, each by its best sentence and none above ``CEILING``: ``1 - prod(1 - s)``,
    papers taken as independent witnesses, sentences of one paper not. The logarithms are added as whole millionths,
    since a sum of floats depends on their order.
    """
    witness = evidence.group_by(*LINK, "paper").agg(best=_.score.max(), sentences=_.start.count()).join(papers, "paper")
    doubt = (1 - ibis.least(_.best, CEILING)).ln() * UNIT
    rows = witness.mutate(doubt=doubt.round().cast("int64"))
    rows = rows.group_by(*LINK).agg(
        papers=_.count(),
        sentences=_.sentences.sum(),
        doubt=_.doubt.sum(),
        first_date=_.date.min(),
        last_date=_.date.max(),
    )
    belief = 1 - (_.doubt / UNIT).exp()
    return rows.mutate(score=ibis.least(belief, CEILING).round(4), npmi=ibis.null("float64")).drop("doubt")
