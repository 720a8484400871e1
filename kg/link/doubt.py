"""Claims that papers make and the graph does not: too doubtful, about no particular thing, or better said otherwise.

Read by hand, of the claims of two types below their floor a third were right, of those above four in five and more (see
docs/linking.md). Other types are right as often below as above, so that a floor would cost more than it gives.
"""

import ibis
from ibis import _
from ibis.expr.types import BooleanColumn, Table

from kg.link.known import canonical

FLOORS = {"BASED_ON": 0.5, "EVALUATED_ON": 0.5}
"""The least belief that takes an edge of a type into the graph."""
SURE = 0.9
"""The belief in what is said in so many words ("X extends Y")."""
MARGIN = 0.1
"""By how much a paper must rather say that a thing is used, or is of a kind, than that it is built upon."""
DOUBTED, BROAD = "its belief is too low", "its source is too broad a class to descend from one thing"
LONE, RATHER = "no other paper names its target", "its source rather uses its target, or is of its kind"
NAMED, WORDED = r"\w\p{Lu}|\d", r"(?m)^.\P{Lu}* \P{Lu}+$"


def left_out(edges: Table, entities: Table) -> Table:
    """The claims to leave out: ``source, type, target, reason``, a claim once.

    Args:
        entities: ``entity, generic, lone``, see :func:`lone`.

    A generic entity is based on nothing: what a paper says of "our foundation model" is about a model of its own. What
    a paper alone describes, in words that make no name, is a part of what it introduces.
    """
    broad = entities.filter(_.generic).select(source="entity").mutate(broad=True)
    alone = entities.filter(_.lone).select(target="entity").mutate(alone=True)
    rather = edges.filter(_.type.isin(("IS_A", "USES"))).group_by("source", "target").agg(rather=_.score.max())
    rows = edges.filter(_.type.isin(tuple(FLOORS))).left_join(broad, "source").drop("source_right")
    rows = rows.left_join(alone, "target").drop("target_right")
    rows = rows.left_join(rather, ["source", "target"]).select(rows, "rather")
    reason = ibis.cases(
        (_.score < ibis.cases(*((_.type == type, least) for type, least in FLOORS.items())), DOUBTED),
        (_.type != "BASED_ON", ibis.null("string")),
        (_.broad, BROAD),
        (_.alone & (_.score < SURE), LONE),
        (_.rather > _.score + MARGIN, RATHER),
    )
    return rows.mutate(reason=reason).filter(_.reason.notnull()).select("source", "type", "target", "reason")


def lone(entities: Table) -> BooleanColumn:
    """Which entities one paper alone names, in several words that make no name ("probe-driven context integration").

    A name is listed, or one of its forms has a digit or a capital inside, or all have capitals as titles do.
    """
    forms = entities.aliases.concat(ibis.array([entities.name])).join("\n")
    listed = entities.id.isin(sorted({f"{group}:{name}" for (group, _name), name in canonical().items()}))
    return (entities.papers == 1) & ~listed & ~forms.re_search(NAMED) & forms.re_search(WORDED)
