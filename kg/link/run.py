"""The steps of linking in their order."""

from collections.abc import Mapping

import ibis
import pyarrow as pa
from ibis import _
from ibis.backends.duckdb import Backend
from ibis.expr.types import Table

from kg.link import believe, collect, keys, mention, number, relate, resolve, weigh
from kg.link.engine import connect, fetch, keep, read
from kg.link.nodes import named, nodes, numbered
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
        resolved = keep(backend, "resolved", resolve.resolve(spans, definitions, resolve.majority(spans, definitions)))
        uses = keep(backend, "uses", collect.uses(resolved, expansions, definitions))
        entities = keep(backend, "entities", collect.entities(resolved, uses))
        aliases = collect.aliases(uses)
        return {
            "entities": fetch(backend, entities, SCHEMAS["entities"], _.id),
            "aliases": fetch(backend, aliases, SCHEMAS["aliases"], _.entity, _.support.desc(), _.surface, _.rule),
            **links(backend, rows | {"mentions": resolved, "entities": entities}),
        }


def links(backend: Backend, rows: Mapping[str, Table]) -> dict[str, pa.Table]:
    """Papers, resolved mentions, relations, results and entities -> edges and evidence."""
    results = rows["results"].mutate(result=number.result_id(rows["results"]))
    ids = keep(backend, "nodes", nodes(rows["papers"].id, rows["entities"].id, results.result))
    paper_ids = ids.semi_join(rows["papers"], "id")
    papers = keep(backend, "dated", numbered(rows["papers"].select("date", paper="id"), ids, "paper"))
    entities = keep(backend, "typed", numbered(rows["entities"].select("type", "papers", entity="id"), ids, "entity"))
    mentions = keep(backend, "placed", numbered(numbered(rows["mentions"], ids, "entity"), paper_ids, "paper"))
    spots = keep(backend, "spots", relate.spots(mentions, entities))
    relations = numbered(rows["relations"], paper_ids, "paper")
    results = keep(backend, "numbers", numbered(numbered(results, ids, "result"), paper_ids, "paper"))
    claims = ibis.union(
        mention.facts(mentions),
        relate.facts(relations, spots, read(backend, "permitted", relate.permitted())),
        number.facts(results, spots),
    )
    claims = keep(backend, "claims", believe.evidence(claims))
    together = keep(backend, "together", weigh.facts(mentions))
    weighed = weigh.weigh(believe.edges(together, papers), entities, papers)
    edges = believe.edges(claims, papers).union(weighed)
    surest = (_.start.isnull(), _.score.desc(), _.paper, _.start, _.end)
    texts = backend.to_pyarrow(ids.order_by("node"))["id"].combine_chunks()
    link = (_.type, _.source, _.target)
    return {
        "edges": named(fetch(backend, edges, _numbers("edges"), *link), texts, "source", "target").cast(
            SCHEMAS["edges"]
        ),
        "evidence": named(
            fetch(backend, claims.union(together), _numbers("evidence"), *link, *surest),
            texts,
            "source",
            "target",
            "paper",
        ).cast(SCHEMAS["evidence"]),
    }


def _numbers(name: str) -> pa.Schema:
    ids = {"source", "target", "paper"}
    return pa.schema([field.with_type(pa.int64()) if field.name in ids else field for field in SCHEMAS[name]])
