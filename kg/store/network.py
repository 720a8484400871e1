"""The tables as one networkx graph, and back without loss."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import asdict, fields
from typing import Any

import networkx as nx
import pyarrow as pa
import pyarrow.compute as pc

from kg.errors import GraphError
from kg.records import Alias, Edge, Entity, Evidence, Paper, Result
from kg.store.tables import from_table, to_table
from kg.types import ENTITY_TYPES, EdgeType, NodeType

Tables = Mapping[str, pa.Table]
"""The tables of a graph folder by name: papers, mentions, relations, results, entities, aliases, edges, evidence."""

EdgeKey = tuple[str, str, str]
"""Source id, edge type, target id."""

Properties = dict[str, Any]
CARRIED = ("mentions", "relations")  # tables about papers that have no place in the graph itself


def to_networkx(tables: Tables) -> nx.MultiDiGraph:
    """Papers, entities and results as nodes, each edge under its type as the key.

    A node carries ``label`` (its type), every property of the schema, the other columns of its table, and entities
    ``alias_rules`` (why each surface form counts). An edge carries its properties and ``evidence``, a list of
    ``{"paper", "start", "end", "score", "by", "sentence"}``. Mentions and relations ride along as graph attributes.

    Raises:
        GraphError: an unknown type, an id given twice, an edge without its nodes, evidence without its edge.
    """
    graph = nx.MultiDiGraph(**{name: tables[name] for name in CARRIED if name in tables})
    for properties in node_rows(tables):
        if properties["id"] in graph:
            raise GraphError(f"Two nodes have the id {properties['id']!r}.")
        graph.add_node(properties["id"], **properties)
    evidence = _evidence(tables)
    for (source, kind, target), properties in edge_rows(tables):
        if source not in graph or target not in graph or graph.has_edge(source, target, kind):
            raise GraphError(f"Edge {source} {kind} {target} stands twice or lacks a node.")
        behind = evidence.pop((source, kind, target), [])
        graph.add_edge(source, target, kind, **properties, evidence=behind)
    if evidence:
        raise GraphError("Evidence without its edge: {} {} {}.".format(*min(evidence)))
    return graph


def node_rows(tables: Tables) -> Iterator[Properties]:
    """One row a node, papers first, then entities and results, each with ``label`` and ``id``."""
    texts: dict[str, str] = {}
    for paper in from_table(Paper, tables["papers"]):
        texts[paper.id] = paper.text
        yield {"label": NodeType.PAPER.value, **_listed(paper), "year": _year(paper.date)}
    rules = defaultdict(list)
    for alias in from_table(Alias, tables["aliases"]):
        rules[alias.entity].append({"surface": alias.surface, "rule": alias.rule, "support": alias.support})
    for entity in from_table(Entity, tables["entities"]):
        row = {"label": _known(entity.type, ENTITY_TYPES), **_listed(entity), "first_year": _year(entity.first_date)}
        del row["type"]
        yield row | {"alias_rules": rules.pop(entity.id, [])}
    if rules:
        raise GraphError(f"Aliases of an unknown entity: {min(rules)!r}.")
    for result in from_table(Result, tables["results"]):
        sentence = texts.get(result.paper, "")[result.sentence_start : result.sentence_end]
        row = {"label": NodeType.RESULT.value, "id": f"{result.paper}#{result.start}"}
        yield row | asdict(result) | {"sentence": sentence}


def edge_rows(tables: Tables) -> Iterator[tuple[EdgeKey, Properties]]:
    """One row an edge in the order of the table: its key and its properties, the best sentence among them.

    Best is a sentence rather than a whole abstract, then the highest score, the smallest paper id, the first in it.
    """
    best: dict[EdgeKey, tuple[tuple[bool, float, str, int], Evidence]] = {}
    for piece in from_table(Evidence, tables["evidence"]):
        rank = (piece.start is None, -piece.score, piece.paper, piece.start or 0)
        key = (piece.source, piece.type, piece.target)
        if key not in best or rank < best[key][0]:
            best[key] = rank, piece
    texts = {paper.id: paper.text for paper in from_table(Paper, tables["papers"])}
    for edge in from_table(Edge, tables["edges"]):
        key = (edge.source, _known(edge.type, tuple(EdgeType)), edge.target)
        _, chosen = best.get(key, (None, None))
        row = asdict(edge) | {"sentence": chosen and _sentence(chosen, texts), "paper": chosen and chosen.paper}
        yield key, {name: value for name, value in row.items() if name not in ("source", "type", "target")}


def from_networkx(graph: nx.MultiDiGraph) -> dict[str, pa.Table]:
    """The exact inverse of :func:`to_networkx`, whatever was added, changed or taken away in between.

    Papers, entities, results and aliases come in the order of the nodes; edges and evidence sorted by source, type and
    target, the order of the linker. What the tables do not hold (years, sentences) is left out and derived anew.

    Raises:
        GraphError: a node or an edge of unknown type or without a property that its table needs.
    """
    nodes = [(str(node), _known(data.get("label"), tuple(NodeType)), data) for node, data in graph.nodes(data=True)]
    entities = [(node, data | {"type": label}) for node, label, data in nodes if label in ENTITY_TYPES]
    edges = sorted(
        (((source, _known(key, tuple(EdgeType)), target), data) for source, target, key, data in graph.edges(keys=True, data=True)),
        key=lambda edge: edge[0],
    )
    ends = [(key, dict(zip(("source", "type", "target"), key, strict=True)), data) for key, data in edges]
    tables = {
        "papers": _table(Paper, [(node, data) for node, label, data in nodes if label == NodeType.PAPER]),
        "results": _table(Result, [(node, data) for node, label, data in nodes if label == NodeType.RESULT]),
        "entities": _table(Entity, entities),
        "aliases": _table(Alias, [(n, a | {"entity": n}) for n, data in entities for a in data.get("alias_rules", [])]),
        "edges": _table(Edge, [(key, data | end) for key, end, data in ends]),
        "evidence": _table(Evidence, [(key, e | end) for key, end, data in ends for e in data.get("evidence", [])]),
    }
    kept = tables["papers"]["id"]
    carried = {name: graph.graph[name] for name in CARRIED if name in graph.graph}
    return tables | {name: table.filter(pc.is_in(table["paper"], kept)) for name, table in carried.items()}


def _table(record: type, rows: list[tuple[Any, Properties]]) -> pa.Table:
    try:
        return to_table(record, (record(**{f.name: row[f.name] for f in fields(record)}) for where, row in rows))
    except KeyError as error:
        where = next(where for where, row in rows if error.args[0] not in row)
        raise GraphError(f"{record.__name__} {where!r} has no property {error.args[0]!r}.") from error


def _evidence(tables: Tables) -> dict[EdgeKey, list[Properties]]:
    texts = {paper.id: paper.text for paper in from_table(Paper, tables["papers"])}
    grouped = defaultdict(list)
    for piece in from_table(Evidence, tables["evidence"]):
        row = {name: getattr(piece, name) for name in ("paper", "start", "end", "score", "by")}
        grouped[piece.source, piece.type, piece.target].append(row | {"sentence": _sentence(piece, texts)})
    return grouped


def _sentence(piece: Evidence, texts: Mapping[str, str]) -> str | None:
    return None if piece.start is None else texts.get(piece.paper, "")[piece.start : piece.end]


def _listed(record: Paper | Entity) -> Properties:
    return {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(record).items()}


def _year(date: str | None) -> int | None:
    return int(date[:4]) if date else None


def _known(kind: Any, kinds: tuple[str, ...]) -> str:
    """The type itself; everything that writes labels or types relies on this check."""
    if kind not in kinds:
        raise GraphError(f"Unknown type {kind!r}; the schema knows {', '.join(kinds)}.")
    return str(kind)
