"""Co-mentions: which entities are named together, and how much more often than chance."""

import ibis
from ibis import _
from ibis.expr.types import Table

CO_MENTION = "CO_MENTIONED_WITH"
BY = "link"


def facts(resolved: Table) -> Table:
    """One fact for each sentence that names both, or for each paper that names both but never in one sentence.

    The score is the lower one of the two best mentions in the sentence (or paper): that both are named there.
    """
    sentences = pairs(resolved, ("paper", "sentence_start", "sentence_end"))
    papers = pairs(resolved, ("paper",)).anti_join(sentences, ["paper", "source", "target"])
    apart = papers.mutate(start=ibis.null("int64"), end=ibis.null("int64"))
    together = sentences.rename(start="sentence_start", end="sentence_end")
    return together.select(*apart.columns).union(apart).mutate(type=ibis.literal(CO_MENTION), by=ibis.literal(BY))


def pairs(resolved: Table, where: tuple[str, ...]) -> Table:
    """The pairs of entities that share ``where``, from the smaller id to the greater, with the lower score of the two."""
    named = resolved.group_by(*where, "entity").agg(score=_.score.max())
    left, right = named.rename(source="entity", left="score"), named.rename(target="entity", right="score")
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
    rows = edges.join(counts.rename(source="entity", x="n"), "source").join(
        counts.rename(target="entity", y="n"), "target"
    )
    rows = rows.cross_join(papers.agg(total=_.count()))
    pmi = (_.papers * _.total).cast("float64") / (_.x * _.y)
    always = _.papers == _.total
    rows = rows.mutate(npmi=ibis.ifelse(always, 1.0, pmi.ln() / ibis.ifelse(always, 2, _.total / _.papers).ln()))
    rarer = ibis.least(_.x, _.y)
    discount = _.papers / (_.papers + 1) * rarer / (rarer + 1)
    return rows.mutate(npmi=_.npmi.round(4), score=(ibis.greatest(_.npmi, 0.0) * discount).round(4)).select(
        edges.columns
    )
