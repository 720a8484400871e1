"""Co-mentions: which entities are named together, and how much more often than chance."""

import ibis
from ibis import _
from ibis.expr.types import Table

from kg.link.believe import FACT

CO_MENTION = "CO_MENTIONED_WITH"
BY = "link"


def facts(mentions: Table) -> Table:
    """One fact for each sentence that names both, or for each paper that names both but never in one sentence.

    The score is the lower one of the two best mentions in the sentence (or paper): that both are named there.
    """
    together = pairs(mentions, ("paper", "sentence_start", "sentence_end")).rename(
        start="sentence_start", end="sentence_end"
    )
    apart = pairs(mentions, ("paper",)).anti_join(together, ["paper", "source", "target"])
    apart = apart.mutate(start=ibis.null("int64"), end=ibis.null("int64"))
    rows = together.union(apart.select(together.columns))
    return rows.mutate(type=ibis.literal(CO_MENTION), by=ibis.literal(BY)).select(FACT)


def pairs(mentions: Table, where: tuple[str, ...]) -> Table:
    """The pairs of entities that share ``where``, from the smaller id to the greater, and the lower of their scores."""
    found = mentions.group_by(*where, "entity").agg(score=_.score.max())
    left, right = found.rename(source="entity", left="score"), found.rename(target="entity", right="score")
    both = left.join(right, [*where, left.source < right.target])
    return both.select(*where, "source", "target", score=ibis.least(both.left, both.right))


def weigh(edges: Table, entities: Table, papers: Table) -> Table:
    """Gives co-mention edges their ``npmi`` and ``score``.

    NPMI by Bouma (2009), "Normalized (Pointwise) Mutual Information in Collocation Extraction", over papers:
    ``ln(p(x, y) / (p(x) p(y))) / -ln p(x, y)``, 1 for a pair that is in every paper. As rare pairs have high values by
    chance, the score is its positive part times the discount of Pantel and Lin (2002), "Discovering Word Senses from
    Text": ``c / (c + 1) * m / (m + 1)`` with c the papers of the pair and m those of the rarer of the two.
    """
    counts = entities.select("entity", n="papers")
    rows = edges.join(counts.rename(source="entity", x="n"), "source")
    rows = rows.join(counts.rename(target="entity", y="n"), "target").cross_join(papers.agg(total=_.count()))
    rarer, always = ibis.least(_.x, _.y), _.papers == _.total
    pmi = (_.papers * _.total / (_.x * _.y)).ln()
    npmi = ibis.ifelse(always, 1.0, pmi / ibis.ifelse(always, 2, _.total / _.papers).ln())
    discount = _.papers / (_.papers + 1) * rarer / (rarer + 1)
    rows = rows.mutate(npmi=npmi).mutate(score=(ibis.greatest(_.npmi, 0.0) * discount).round(4), npmi=_.npmi.round(4))
    return rows.select(edges.columns)
