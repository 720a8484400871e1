"""Which entity a mention means: by the abbreviations of its own paper, else by the corpus's, else by its own name.

One step from a short form to its long form and no further: no chain of abbreviations joins names that no paper joins.
"""

import ibis
from ibis import _
from ibis.expr.types import Table

from kg.link.engine import best
from kg.types import ENTITY_TYPES

GROUPS = {"Method": "system", "Model": "system", "Dataset": "dataset", "Metric": "metric", "Task": "task"}
OWN, CORPUS, KEY = "abbreviation in its paper", "abbreviation by corpus majority", "key"


def spans(papers: Table, mentions: Table, surfaces: Table) -> Table:
    """The mentions of known papers with ``date``, ``surface``, ``key`` and ``group`` (what competes for a name)."""
    dated = mentions.filter(mentions.type.isin(ENTITY_TYPES)).rename(surface="text")
    dated = dated.join(papers.select("date", paper="id"), "paper").join(surfaces, "surface")
    return dated.mutate(group=_.type.substitute(GROUPS))


def definitions(spans: Table, expansions: Table) -> Table:
    """The one long form (key) that a paper gives for a short one: ``paper, group, key, long``.

    A short form that the same paper also gives as a long form is not defined.
    """
    given = spans.join(expansions, ["surface", "expansion"]).group_by("paper", "group", "key", "long").agg(n=_.count())
    chosen = best(given, ("paper", "group", "key"), _.n.desc(), _.long.asc()).drop("n")
    longs = chosen.select("paper", "group", key="long").distinct()
    return chosen.anti_join(longs, ["paper", "group", "key"])


def majority(spans: Table, definitions: Table) -> Table:
    """What the corpus mostly means by a short form: ``group, key, long``.

    So say two thirds of the papers that define it, and they are at least a twentieth of those that use it: of a name
    that all know, a rare definition is often that of another thing.
    """
    named = spans.group_by("group", "key").agg(users=_.paper.nunique())
    counted = definitions.group_by("group", "key", "long").agg(n=_.count())
    counted = counted.mutate(total=_.n.sum().over(ibis.window(group_by=["group", "key"]))).join(named, ["group", "key"])
    return counted.filter(3 * _.n >= 2 * _.total, 20 * _.n >= _.users).select("group", "key", "long")


def resolve(spans: Table, definitions: Table, majority: Table) -> Table:
    """The spans with ``rule`` and ``entity``, the id of what they mean."""
    own = definitions.rename(own="long")
    longs = definitions.select("paper", "group", key="long").distinct().mutate(is_long=True)
    corpus = majority.rename(corpus="long")
    here = ["paper", "group", "key"]
    rows = spans.left_join(own, here).select(spans, own.own)
    rows = rows.left_join(longs, here).select(rows, longs.is_long)
    rows = rows.left_join(corpus, ["group", "key"]).select(rows, corpus.corpus)
    rows = rows.mutate(corpus=ibis.ifelse(_.is_long.isnull(), _.corpus, ibis.null("string")))
    rule = ibis.cases((_.own.notnull(), OWN), (_.corpus.notnull(), CORPUS), else_=KEY)
    return rows.mutate(rule=rule, entity=entity_id(_.group, ibis.coalesce(_.own, _.corpus, _.key))).drop(
        "own", "corpus", "is_long"
    )


def entity_id(group: ibis.Deferred, key: ibis.Deferred) -> ibis.Deferred:
    return group + ":" + key
