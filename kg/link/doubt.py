"""Claims that papers make and the graph does not: too doubtful, or about no particular thing.

Read by hand, of the claims of two types below their floor a third were right, of those above four in five and more (see
docs/linking.md). Other types are right as often below as above, so that a floor would cost more than it gives.
"""

import ibis
from ibis import _
from ibis.expr.types import Table

FLOORS = {"BASED_ON": 0.5, "EVALUATED_ON": 0.5}
"""The least belief that takes an edge of a type into the graph."""
DOUBTED, BROAD = "its belief is too low", "its source is too broad a class to descend from one thing"


def left_out(edges: Table, entities: Table) -> Table:
    """The claims to leave out: ``source, type, target, reason``.

    A generic entity is based on nothing: what a paper says of "our foundation model" is about a model of its own.
    """
    broad = entities.filter(_.generic).select(source="entity").mutate(broad=True)
    rows = edges.left_join(broad, "source").select(edges, broad=(edges.type == "BASED_ON") & broad.broad.notnull())
    floor = ibis.cases(*((_.type == type, least) for type, least in FLOORS.items()), else_=0.0)
    rows = rows.filter(_.broad | (_.score < floor))
    return rows.select("source", "type", "target", reason=ibis.ifelse(_.broad, BROAD, DOUBTED))
