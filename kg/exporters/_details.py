"""What the page tells in words: every node, every edge, the sentences behind it and the papers they stand in."""

from typing import Any

import networkx as nx

from kg.store.network import Row

SENTENCES = 20  # kept of an edge, the surest; the page says how many there are
NODE_FIELDS = ("aliases", "papers", "mentions", "first_date", "last_date", "generic", "proposed_by")
EDGE_FIELDS = ("papers", "sentences", "score", "npmi", "first_date", "last_date")
EdgeRow = tuple[str, str, str, Row]


def sorted_edges(graph: nx.MultiDiGraph) -> list[EdgeRow]:
    """Source, target, type, properties of every edge in the one order that the page numbers them by."""
    edges: list[EdgeRow] = list(graph.edges(keys=True, data=True))
    return sorted(edges, key=lambda edge: (edge[2], edge[0], edge[1]))


def details(graph: nx.MultiDiGraph) -> dict[str, Any]:
    """``nodes`` and ``papers`` by id, ``sentences`` as ``[paper, text]``, ``edges`` in the order of ``sorted_edges``.

    An edge's ``evidence`` are ``[sentence, score, by]`` rows: a sentence stands once, however many edges it speaks for.
    The text of a sentence is None where a whole abstract is meant.
    """
    nodes = graph.nodes(data=True)
    sentences: dict[tuple[str, str | None], int] = {}
    return {
        "nodes": {id: {"type": row["label"], "name": name_of(id, row)} | _given(row, NODE_FIELDS) for id, row in nodes},
        "papers": {id: _given(row, ("title", "date", "url")) for id, row in nodes if row["label"] == "Paper"},
        "edges": [
            {"from": source, "type": kind, "to": target}
            | _given(row, EDGE_FIELDS)
            | {"evidence": _evidence(row, sentences)}
            for source, target, kind, row in sorted_edges(graph)
        ],
        "sentences": list(sentences),
    }


def name_of(id: str, row: Row) -> str:
    """The text that stands for a node: its name, title or value."""
    return str(row.get("name") or row.get("title") or f"{row.get('value', id)}{row.get('unit') or ''}")


def _given(row: Row, names: tuple[str, ...]) -> Row:
    return {name: row[name] for name in names if row.get(name)}


def _evidence(row: Row, sentences: dict[tuple[str, str | None], int]) -> list[tuple[int, float, str]]:
    surest = sorted(row["evidence"], key=lambda e: (e["start"] is None, -e["score"], e["paper"], e["start"] or 0))
    return [
        (
            sentences.setdefault((piece["paper"], piece["sentence"]), len(sentences)),
            round(piece["score"], 3),
            piece["by"],
        )
        for piece in surest[:SENTENCES]
    ]
