"""Who introduces an entity: what a paper says of a name, checked against the papers that named it before.

An extractor that reads one abstract takes "we use a random forest" or "the first graph neural network for X" for an
introduction now and then; the corpus knows better.
"""

import ibis
from ibis import _
from ibis.expr.types import Table

KNOWN, SHARE = 10, 20


def introductions(resolved: Table) -> Table:
    """The mentions, the role *proposed* taken from those whose entity was known by the month of their paper.

    It was where ``KNOWN`` older papers or more name it, if they are one of ``SHARE`` of all that do, or more: the few
    that are older than the paper that did introduce something famous have other dates wrong, or mean something else.
    """
    papers = resolved.group_by("paper", "entity").agg(date=_.date.max(), own=(_.role == "proposed").any())
    papers = papers.mutate(month=_.date.substr(0, 7))
    # A paper of which only the year is known is no older than another of that year.
    end = ibis.ifelse(_.month.length() == 4, _.month + "-99", _.month)
    named = papers.select("entity", paper=ibis.null("string"), at=end, named=ibis.literal(1, "int64"))
    own = papers.filter(_.own).select("entity", "paper", at="month", named=ibis.literal(0, "int64"))
    before = ibis.cumulative_window(group_by="entity", order_by=[_["at"], _.named])
    rows = named.union(own).filter(_["at"].notnull()).mutate(older=_.named.sum().over(before))
    rows = rows.join(papers.group_by("entity").agg(total=_.count()), "entity")
    late = rows.filter(_.paper.notnull(), _.older >= KNOWN, SHARE * _.older >= _.total).select("paper", "entity")
    found = resolved.left_join(late.mutate(late=True), ["paper", "entity"]).select(resolved, "late")
    return found.mutate(role=ibis.ifelse(_.late, ibis.null("string"), _.role)).drop("late")
