"""Claims that papers make and the graph does not: too doubtful, about no particular thing, or better said otherwise.

Read by hand, of the claims of two types below their floor a third were right, of those above four in five and more (see
docs/linking.md). Other types are right as often below as above, so that a floor would cost more than it gives.
"""

from collections.abc import Mapping

import ibis
from ibis import _
from ibis.expr.types import BooleanColumn, StringColumn, Table, Value

from kg.link.known import canonical

FLOORS = {"BASED_ON": 0.5, "EVALUATED_ON": 0.5}
"""The least belief that takes an edge of a type into the graph."""
UNLIKE = 0.65
"""That for descent from what the name of a thing does not speak of: QLoRA speaks of LoRA."""
SURE = 0.9
"""The belief in what is said in so many words ("X extends Y")."""
MARGINS = {"IS_A": 0.1, "USES": -0.05}
"""How much surer papers must be that a thing is of a kind, or is used, to doubt that it is built upon."""
DOUBTED, BROAD = "its belief is too low", "one of its ends is too broad a class"
LONE, RATHER = "no other paper names its target", "its source rather uses its target, or is of its kind"
SPLIT = r"[^\p{L}]+"
NAMED, WORDED = r"\w\p{Lu}|\d", r"(?m)^.\P{Lu}* \P{Lu}+$"


def left_out(edges: Table, entities: Table) -> Table:
    """The claims to leave out: ``source, type, target, reason``, a claim once.

    Args:
        entities: ``entity, generic, lone, forms``, see :func:`lone` and :func:`forms`.

    A generic entity is based on nothing: what a paper says of "our foundation model" is about a model of its own. To be
    based on "language models" says nothing of where a thing comes from. And what a paper alone describes, in words that
    make no name, is a part of what it introduces.
    """
    sources = entities.select("generic", "forms", source="entity")
    targets = entities.select(
        "lone", target="entity", generic_target="generic", words=entities.forms.lower().re_split(SPLIT)
    )
    rather = edges.filter(_.type.isin(tuple(MARGINS))).group_by("source", "target")
    rather = rather.agg(rather=(_.score - by_type(MARGINS)).max())
    rows = edges.filter(_.type.isin(tuple(FLOORS))).left_join(sources, "source").drop("source_right")
    rows = rows.left_join(targets, "target").drop("target_right")
    rows = rows.left_join(rather, ["source", "target"]).select(rows, "rather")
    akin = rows.words.filter(lambda word: (word.length() > 2) & rows.forms.lower().contains(word)).length() > 0
    reason = ibis.cases(
        (_.score < by_type(FLOORS), DOUBTED),
        (_.type != "BASED_ON", ibis.null("string")),
        ((_.score < UNLIKE) & ~akin, DOUBTED),
        (_.generic | _.generic_target, BROAD),
        (_.lone & (_.score < SURE), LONE),
        (_.rather > _.score, RATHER),
    )
    return rows.mutate(reason=reason).filter(_.reason.notnull()).select("source", "type", "target", "reason")


def by_type(values: Mapping[str, float]) -> Value:
    """The value of an edge's type."""
    return ibis.cases(*((_.type == type, value) for type, value in values.items()))


def lone(entities: Table) -> BooleanColumn:
    """Which entities one paper alone names, in several words that make no name ("probe-driven context integration").

    ``entities`` has their :func:`forms`. A name is listed, or one of its forms has a digit or a capital inside, or all
    have capitals as titles do.
    """
    listed = entities.id.isin(sorted({f"{group}:{name}" for (group, _name), name in canonical().items()}))
    return (entities.papers == 1) & ~listed & ~entities.forms.re_search(NAMED) & entities.forms.re_search(WORDED)


def forms(entities: Table) -> StringColumn:
    """The names of entities, a line each."""
    return entities.aliases.concat(ibis.array([entities.name])).join("\n")
