"""The tables as one networkx graph, and back without loss."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import networkx as nx
import pyarrow as pa
import pyarrow.compute as pc

from kg.errors import GraphError
from kg.store import property_graph
from kg.store.tables import TABLES, schema_of
from kg.types import ENTITY_TYPES, EdgeType, NodeType

Tables = Mapping[str, pa.Table]
"""The tables of a graph folder by name: papers, mentions, relations, results, entities, aliases, edges, evidence."""

EdgeKey = tuple[str, str, str]
"""Source id, edge type, target id."""

Row = dict[str, Any]
CARRIED = ("mentions", "relations")  # tables about papers that have no place in the graph itself
END_NAMES = ("source", "type", "target")


def to_networkx(tables: Tables) -> nx.MultiDiGraph:
    """Papers, entities and results as nodes, each edge under its type as the key.

    A node carries ``label`` (its type) and the properties of the schema; papers also their ``digest``, entities
    ``alias_rules`` (why each surface form counts), results ``readings`` (the rows about the number, the surest of which
    gives the properties). An edge carries its properties and ``evidence``, a list of ``{"paper", "start", "end",
    "score", "by", "sentence"}``. Mentions and relations ride along as graph attributes.

    Raises:
        GraphError: tables that do not belong together: an id given twice, an end, owner or type that is not known.
    """
    graph = nx.MultiDiGraph(**{name: tables[name] for name in CARRIED if name in tables})
    extras = _extras(tables)
    for label, table in property_graph.nodes(tables):
        for row in rows(table):
            if row["id"] in graph:
                raise GraphError(f"Two nodes have the id {row['id']!r}.")
            graph.add_node(row["id"], label=label, **row, **extras.pop(row["id"], {}))
    if extras:
        raise GraphError(f"No node stands for {min(extras)!r}: its type, or what it belongs to, is not known.")
    count, evidence = len(graph), evidence_by_edge(tables)
    for part in edges(tables):
        for row in rows(part.table):
            source, target = row.pop("from"), row.pop("to")
            graph.add_edge(source, target, part.type, **row, evidence=evidence[source, part.type, target])
    if len(graph) != count or graph.number_of_edges() != len(tables["edges"]):
        raise GraphError("The edges do not belong to these nodes: one stands twice or lacks an end.")
    return graph


def edges(tables: Tables) -> list[property_graph.Edges]:
    """The edges by type and labels of their ends, with the properties of the schema.

    Raises:
        GraphError: one is of a type, or joins types of nodes, that the schema does not know.
    """
    parts = list(property_graph.edges(tables))
    if sum(len(part.table) for part in parts) != len(tables["edges"]):
        raise GraphError("An edge is of a type, or joins types of nodes, that the schema does not know.")
    return parts


def evidence_by_edge(tables: Tables) -> dict[EdgeKey, list[Row]]:
    """The evidence of each edge in the order of the table, each piece with its ``sentence`` (None: the abstract)."""
    found = tables["evidence"]
    found = found.append_column("sentence", property_graph.Sentences(tables["papers"])(found, "start", "end"))
    pieces = defaultdict(list)
    for piece in rows(found):
        pieces[piece.pop("source"), piece.pop("type"), piece.pop("target")].append(piece)
    return pieces


def rows(table: pa.Table) -> Iterator[Row]:
    """The rows as dicts, a batch at a time in memory."""
    for batch in table.to_batches(max_chunksize=10_000):
        yield from batch.to_pylist()


def from_networkx(graph: nx.MultiDiGraph) -> dict[str, pa.Table]:
    """The exact inverse of :func:`to_networkx`, whatever was added, changed or taken away in between.

    Papers and results come in the order of the nodes, entities and aliases by id, edges and evidence by type, source
    and target, as the linker sorts them. What no table holds (years, sentences) is left out and derived anew; mentions
    and relations of papers that are gone go too.

    Raises:
        GraphError: a node or an edge of unknown type, or without a property that its table needs.
    """
    nodes: dict[str, list[Row]] = defaultdict(list)
    for node, data in graph.nodes(data=True):
        nodes[_known(data.get("label"), NodeType)].append(data | {"id": node, "type": data["label"]})
    entities = sorted((row for label in ENTITY_TYPES for row in nodes[label]), key=lambda row: str(row["id"]))
    keys = sorted((_known(kind, EdgeType), source, target) for source, target, kind in graph.edges(keys=True))
    ends = [({"source": s, "type": kind, "target": t}, graph.edges[s, t, kind]) for kind, s, t in keys]
    found = {
        "papers": nodes["Paper"],
        "results": [reading for row in nodes["Result"] for reading in row.get("readings", [])],
        "entities": entities,
        "aliases": [alias | {"entity": row["id"]} for row in entities for alias in row.get("alias_rules", [])],
        "edges": [data | end for end, data in ends],
        "evidence": [piece | end for end, data in ends for piece in data.get("evidence", [])],
    }
    tables = {name: _table(name, rows) for name, rows in found.items()}
    carried = {name: graph.graph[name] for name in CARRIED if name in graph.graph}
    return tables | {n: t.filter(pc.is_in(t["paper"], tables["papers"]["id"])) for n, t in carried.items()}


def _extras(tables: Tables) -> dict[str, Row]:
    """Id of a node -> what the tables hold of it beside the properties of the schema."""
    extras: dict[str, Row] = {row["id"]: {"digest": row["digest"]} for row in rows(tables["papers"])}
    extras |= {id: {"alias_rules": []} for id in tables["entities"]["id"].to_pylist()}
    for alias in rows(tables["aliases"]):
        extras.setdefault(alias.pop("entity"), {}).setdefault("alias_rules", []).append(alias)
    for result in rows(tables["results"]):
        extras.setdefault(f"{result['paper']}#{result['start']}", {}).setdefault("readings", []).append(result)
    return extras


def _table(name: str, rows: list[Row]) -> pa.Table:
    schema = schema_of(TABLES[name])
    for row in rows:
        lacking = [f.name for f in schema if row.get(f.name) is None and (f.name not in row or not f.nullable)]
        if lacking:
            where = row.get("id") or " ".join(str(row.get(end)) for end in END_NAMES)
            raise GraphError(f"{where!r} cannot go into the table of {name}: it lacks {', '.join(lacking)}.")
    try:
        return pa.Table.from_pylist([{field: row[field] for field in schema.names} for row in rows], schema=schema)
    except (pa.ArrowInvalid, pa.ArrowTypeError) as error:
        raise GraphError(f"A value does not fit the table of {name}: {error}") from error


def _known(kind: Any, kinds: Iterable[str]) -> str:
    if kind not in tuple(kinds):
        raise GraphError(f"Unknown type {kind!r}; the schema knows {', '.join(kinds)}.")
    return str(kind)
