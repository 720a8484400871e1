"""The tables as one networkx graph, and back without loss."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import networkx as nx
import pyarrow as pa
import pyarrow.compute as pc

from kg.errors import GraphError
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

    A node carries ``label`` (its type), every property of the schema, the other columns of its table, and entities
    ``alias_rules`` (why each surface form counts). An edge carries its properties and ``evidence``, a list of
    ``{"paper", "start", "end", "score", "by", "sentence"}``. Mentions and relations ride along as graph attributes.

    Raises:
        GraphError: an unknown type, an id or edge given twice, an edge without its nodes, evidence without its edge.
    """
    graph = nx.MultiDiGraph(**{name: tables[name] for name in CARRIED if name in tables})
    for node in node_rows(tables):
        if node["id"] in graph:
            raise GraphError(f"Two nodes have the id {node['id']!r}.")
        graph.add_node(node["id"], **node)
    evidence = evidence_by_edge(tables)
    for (source, kind, target), properties in edge_rows(tables):
        if graph.has_edge(source, target, kind):
            raise GraphError(f"The edge {source} {kind} {target} stands there twice.")
        graph.add_edge(source, target, kind, **properties, evidence=evidence.pop((source, kind, target), []))
    if evidence:
        raise GraphError("There is evidence without its edge: {} {} {}.".format(*min(evidence)))
    return graph


def node_rows(tables: Tables) -> Iterator[Row]:
    """One row a node, papers first, then entities and results, each with ``label`` and ``id``."""
    for paper in _rows(tables["papers"]):
        yield {"label": "Paper"} | paper | {"year": _year(paper["date"])}
    rules = defaultdict(list)
    for alias in _rows(tables["aliases"]):
        rules[alias.pop("entity")].append(alias)
    for entity in _rows(tables["entities"]):
        row = {"label": _known(entity.pop("type"), ENTITY_TYPES)} | entity
        yield row | {"first_year": _year(entity["first_date"]), "alias_rules": rules.pop(entity["id"], [])}
    if rules:
        raise GraphError(f"There are aliases of an unknown entity: {min(rules)!r}.")
    texts = _texts(tables)
    for result in _rows(tables["results"]):
        sentence = _cut(texts, result["paper"], result["sentence_start"], result["sentence_end"])
        yield {"label": "Result", "id": f"{result['paper']}#{result['start']}"} | result | {"sentence": sentence}


def edge_rows(tables: Tables) -> Iterator[tuple[EdgeKey, Row]]:
    """One row an edge in the order of the table: its key and its properties, the best sentence among them.

    Best is a sentence rather than a whole abstract, then the highest score, the smallest paper id, the first in it.

    Raises:
        GraphError: an unknown type, an edge without its nodes.
    """
    nodes = {row["id"] for row in node_rows(tables)}
    best: dict[EdgeKey, tuple[bool, float, str, int, int]] = {}
    for key, piece in _evidence_rows(tables):
        start, end = piece["start"] or 0, piece["end"] or 0
        rank = (piece["start"] is None, -piece["score"], piece["paper"], start, end)
        best[key] = min(rank, best.get(key, rank))
    texts = _texts(tables)
    for row in _rows(tables["edges"]):
        source, kind, target = (row.pop(name) for name in END_NAMES)
        if not {source, target} <= nodes:
            raise GraphError(f"The edge {source} {kind} {target} lacks a node.")
        whole, _, paper, start, end = best.get((source, kind, target), (True, 0.0, None, 0, 0))
        sentence = None if whole else _cut(texts, paper, start, end)
        yield (source, _known(kind, EdgeType), target), row | {"sentence": sentence, "paper": paper}


def evidence_by_edge(tables: Tables) -> dict[EdgeKey, list[Row]]:
    """The evidence of each edge in the order of the table, each piece with its ``sentence`` (None: the abstract)."""
    texts = _texts(tables)
    pieces = defaultdict(list)
    for key, piece in _evidence_rows(tables):
        pieces[key].append(piece | {"sentence": _cut(texts, piece["paper"], piece["start"], piece["end"])})
    return pieces


def from_networkx(graph: nx.MultiDiGraph) -> dict[str, pa.Table]:
    """The exact inverse of :func:`to_networkx`, whatever was added, changed or taken away in between.

    Papers, entities, aliases and results come in the order of the nodes, edges and evidence sorted by type, source and
    target, as the linker sorts them. What no table holds (years, sentences) is left out and derived anew; mentions and
    relations of papers that are gone go too.

    Raises:
        GraphError: a node or an edge of unknown type, or without a property that its table needs.
    """
    nodes: dict[str, list[Row]] = defaultdict(list)
    for node, data in graph.nodes(data=True):
        nodes[_known(data.get("label"), NodeType)].append(data | {"id": node, "type": data["label"]})
    order = {node: place for place, node in enumerate(graph)}
    entities = sorted((row for label in ENTITY_TYPES for row in nodes[label]), key=lambda row: order[row["id"]])
    edges = sorted((_known(kind, EdgeType), source, target) for source, target, kind in graph.edges(keys=True))
    ends = [({"source": s, "type": kind, "target": t}, graph.edges[s, t, kind]) for kind, s, t in edges]
    rows = {
        "papers": nodes["Paper"],
        "results": nodes["Result"],
        "entities": entities,
        "aliases": [alias | {"entity": row["id"]} for row in entities for alias in row.get("alias_rules", [])],
        "edges": [data | end for end, data in ends],
        "evidence": [piece | end for end, data in ends for piece in data.get("evidence", [])],
    }
    tables = {name: _table(name, found) for name, found in rows.items()}
    carried = {name: graph.graph[name] for name in CARRIED if name in graph.graph}
    return tables | {n: t.filter(pc.is_in(t["paper"], tables["papers"]["id"])) for n, t in carried.items()}


def _table(name: str, rows: list[Row]) -> pa.Table:
    schema = schema_of(TABLES[name])
    for row in rows:
        lacking = [f.name for f in schema if row.get(f.name) is None and (f.name not in row or not f.nullable)]
        if lacking:
            where = row.get("id") or " ".join(row.get(end, "") for end in END_NAMES)
            raise GraphError(f"{where!r} cannot go into the table of {name}: it lacks {', '.join(lacking)}.")
    try:
        return pa.Table.from_pylist([{field: row[field] for field in schema.names} for row in rows], schema=schema)
    except (pa.ArrowInvalid, pa.ArrowTypeError) as error:
        raise GraphError(f"A value does not fit the table of {name}: {error}") from error


def _rows(table: pa.Table) -> Iterator[Row]:
    for batch in table.to_batches(max_chunksize=10_000):
        yield from batch.to_pylist()


def _evidence_rows(tables: Tables) -> Iterator[tuple[EdgeKey, Row]]:
    for piece in _rows(tables["evidence"]):
        yield (piece.pop("source"), piece.pop("type"), piece.pop("target")), piece


def _texts(tables: Tables) -> dict[str, str]:
    return {paper["id"]: f"{paper['title']}\n{paper['abstract']}" for paper in _rows(tables["papers"])}


def _cut(texts: Mapping[str, str], paper: str | None, start: int | None, end: int | None) -> str | None:
    return None if paper is None or start is None else texts.get(paper, "")[start:end]


def _year(date: str | None) -> int | None:
    return int(date[:4]) if date else None


def _known(kind: Any, kinds: Iterable[str]) -> str:
    """The type itself: whoever writes a label or an edge type relies on this check."""
    if kind not in tuple(kinds):
        raise GraphError(f"Unknown type {kind!r}; the schema knows {', '.join(kinds)}.")
    return str(kind)
