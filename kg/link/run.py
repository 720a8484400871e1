"""The order of the steps of linking."""

from collections.abc import Mapping

import ibis
import pyarrow as pa
from ibis import _
from ibis.backends.duckdb import Backend
from ibis.expr.types import Table

from kg.link import believe, collect, keys, mention, number, relate, resolve, weigh
from kg.link.engine import connect, fetch, keep, read
from kg.store.tables import GRAPH_TABLES, schema_of

SCHEMAS = {name: schema_of(record) for name, record in GRAPH_TABLES.items()}


def run(tables: Mapping[str, pa.Table]) -> dict[str, pa.Table]:
    """Paper tables -> graph tables; see :func:`kg.link.link`."""
    with connect() as backend:
        rows = {name: read(backend, name, table) for name, table in tables.items()}
        expansions = read(backend, "expansions", keys.expansions(tables["mentions"]))
        surfaces = read(backend, "surfaces", keys.surfaces(tables["mentions"]))
        spans = keep(backend, "spans", resolve.spans(rows["papers"], rows["mentions"], surfaces))
        definitions = keep(backend, "definitions", resolve.definitions(spans, expansions))
        majority = resolve.majority(definitions)
        resolved = keep(backend, "resolved", resolve.resolve(spans, definitions, majority))
        uses = keep(backend, "uses", collect.uses(resolved, expansions, definitions))
        entities = keep(backend, "entities", collect.entities(resolved, uses))
        evidence, edges = links(backend, rows, resolved, entities)
        return finish(backend, entities, collect.aliases(uses), edges, evidence)


def links(backend: Backend, rows: Mapping[str, Table], resolved: Table, entities: Table) -> tuple[Table, Table]:
    """The evidence and the edges."""
    papers = rows["papers"]
    spots = keep(backend, "spots", relate.spots(resolved, entities))
    claims = ibis.union(
        mention.facts(resolved).select(*SCHEMAS["evidence"].names),
        relate.facts(rows["relations"], spots).select(*SCHEMAS["evidence"].names),
        number.facts(papers, rows["results"], spots).select(*SCHEMAS["evidence"].names),
    )
    claims = keep(backend, "claims", believe.evidence(claims))
    together = keep(backend, "together", weigh.facts(resolved).select(*SCHEMAS["evidence"].names))
    weighed = weigh.weigh(believe.edges(together, papers), entities, papers)
    return claims.union(together), believe.edges(claims, papers).union(weighed.select(*SCHEMAS["edges"].names))


def finish(backend: Backend, entities: Table, aliases: Table, edges: Table, evidence: Table) -> dict[str, pa.Table]:
    """The four tables in their order."""
    link = (_.type, _.source, _.target)
    surest = (*link, _.start.isnull(), _.score.desc(), _.paper, _.start, _.end)
    return {
        "entities": fetch(backend, entities, SCHEMAS["entities"], _.id),
        "aliases": fetch(backend, aliases, SCHEMAS["aliases"], _.entity, _.support.desc(), _.surface, _.rule),
        "edges": fetch(backend, edges, SCHEMAS["edges"], *link),
        "evidence": fetch(backend, evidence, SCHEMAS["evidence"], *surest),
    }
