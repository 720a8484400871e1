"""The steps of linking in their order."""

from collections.abc import Mapping, Sequence

import ibis
import pyarrow as pa
from ibis import _
from ibis.backends.duckdb import Backend
from ibis.expr.types import Table

from kg.link import believe, collect, cycles, doubt, mention, naming, number, relate, weigh
from kg.link.engine import connect, discard, fetch, keep, read
from kg.link.nodes import named, nodes, numbered
from kg.link.overrides import Override
from kg.store.tables import GRAPH_TABLES, schema_of

SCHEMAS = {name: schema_of(record) for name, record in GRAPH_TABLES.items()}
PLACED = ("paper", "entity", "start", "end", "sentence_start", "sentence_end", "role", "score", "by")
SCHEMAS["left_out"] = SCHEMAS["edges"].append(pa.field("reason", pa.string(), nullable=False))


def run(tables: Mapping[str, pa.Table], overrides: Sequence[Override] = ()) -> dict[str, pa.Table]:
    """Paper tables -> graph tables; see :func:`kg.link.link`."""
    with connect() as backend:
        rows = {name: read(backend, name, table) for name, table in tables.items()}
        resolved, uses, said = naming.names(backend, rows, tables["mentions"], overrides)
        entities = keep(backend, "entities", collect.entities(resolved, uses, said))
        aliases = collect.aliases(uses, entities)
        described = {
            "entities": fetch(backend, entities, SCHEMAS["entities"], _.id),
            "aliases": fetch(backend, aliases, SCHEMAS["aliases"], _.entity, _.support.desc(), _.surface, _.rule),
        }
        discard(backend, "uses")
        texts, linked = links(backend, {**rows, "mentions": resolved, "entities": entities})
    return described | {name: spelt_out(name, linked.pop(name), texts) for name in list(linked)}


def links(backend: Backend, rows: Mapping[str, Table]) -> tuple[pa.StringArray, dict[str, pa.Table]]:
    """Papers, resolved mentions, relations, results and entities -> edges, their evidence, and edges left out.

    Ids are numbers still: places in the array that comes with them.
    """
    results = rows["results"].mutate(result=number.result_id(rows["results"]))
    ids = keep(backend, "nodes", nodes(rows["papers"].id, rows["entities"].id, results.result))
    texts = backend.to_pyarrow(ids.order_by("node"))["id"].combine_chunks()
    facts, papers, entities = stated(backend, {**rows, "results": results}, ids)
    claims = keep(backend, "claims", believe.evidence(facts))
    believed = keep(backend, "believed", believe.edges(claims, papers))
    doubted = keep(backend, "doubted", doubt.left_out(believed, entities))
    lineage = cycles.lineage(believed.anti_join(doubted, believe.LINK), entities)
    gone = doubted.union(read(backend, "closing", cycles.left_out(backend.to_pyarrow(lineage))))
    discard(backend, rows["mentions"].get_name(), "entities", "nodes", "spots", "numbers")
    together = keep(backend, "together", weigh.facts(backend.table("placed")))
    discard(backend, "placed")
    weighed = weigh.weigh(believe.edges(together, papers), entities, papers)
    edges = believed.anti_join(gone, believe.LINK).union(weighed)
    evidence = claims.anti_join(gone, believe.LINK).union(together)
    left_out = believed.join(gone, believe.LINK)
    link, surest = (_.type, _.source, _.target), (_.start.isnull(), _.score.desc(), _.paper, _.start, _.end)
    orders = {"left_out": (left_out, *link), "edges": (edges, *link), "evidence": (evidence, *link, *surest)}
    return texts, {name: fetch(backend, rows, _numbers(name), *order) for name, (rows, *order) in orders.items()}


def stated(backend: Backend, rows: Mapping[str, Table], ids: Table) -> tuple[Table, Table, Table]:
    """What sentences and papers state, ids as numbers; papers with their dates; entities with what weighs them."""
    paper_ids = ids.semi_join(rows["papers"], "id")
    papers = keep(backend, "dated", numbered(rows["papers"].select("date", paper="id"), ids, "paper"))
    known = rows["entities"].mutate(forms=doubt.forms).mutate(lone=doubt.lone)
    weights = known.select("type", "papers", "first_date", "generic", "lone", "forms", entity="id")
    entities = keep(backend, "typed", numbered(weights, ids, "entity"))
    mentions = keep(
        backend, "placed", numbered(numbered(rows["mentions"].select(PLACED), ids, "entity"), paper_ids, "paper")
    )
    spots = keep(backend, "spots", relate.spots(mentions, entities))
    relations = numbered(rows["relations"], paper_ids, "paper")
    results = keep(backend, "numbers", numbered(numbered(rows["results"], ids, "result"), paper_ids, "paper"))
    facts = ibis.union(
        mention.facts(mentions),
        relate.facts(relations, spots, read(backend, "permitted", relate.permitted())),
        number.facts(results, spots),
    )
    return facts, papers, entities


def spelt_out(name: str, rows: pa.Table, texts: pa.StringArray) -> pa.Table:
    """A table of edges or evidence with ids in the place of numbers."""
    columns = [column for column in ("source", "target", "paper") if column in rows.schema.names]
    return named(rows, texts, *columns).cast(SCHEMAS[name])


def _numbers(name: str) -> pa.Schema:
    ids = {"source", "target", "paper"}
    return pa.schema([field.with_type(pa.int64()) if field.name in ids else field for field in SCHEMAS[name]])
