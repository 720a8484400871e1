"""Lineage without circles: what is built on a thing is no ancestor of it, so some edge of a circle says too much."""

from collections.abc import Iterable

import networkx as nx
import pyarrow as pa
from ibis import _
from ibis.expr.types import Table

LINEAGE = ("BASED_ON", "IS_A")
OLDER, WEAKER = "its source is older than its target", "the rest of its cycle is surer"
SCHEMA = pa.schema([("source", pa.int64()), ("type", pa.string()), ("target", pa.int64()), ("reason", pa.string())])


def lineage(edges: Table, entities: Table) -> Table:
    """The lineage edges with the dates of their ends: ``…, papers, score, born_source, born_target``."""
    born = entities.select("entity", born="first_date")
    rows = edges.filter(_.type.isin(LINEAGE)).join(born.rename(source="entity", born_source="born"), "source")
    rows = rows.join(born.rename(target="entity", born_target="born"), "target")
    return rows.select("source", "type", "target", "papers", "score", "born_source", "born_target")


def left_out(edges: pa.Table) -> pa.Table:
    """The lineage edges to leave out, so that no chain of them comes back to where it began: ``…, reason``.

    The edges of a circle are taken in one by one unless they close it: first those whose source (the child) is not
    older than its target (the parent), within these the surest, then those of more papers, then by node.

    Args:
        edges: ``source, type, target, papers, score, born_source, born_target``, the last two being dates or null.
    """
    rows = edges.to_pylist()
    inside = circles((row["source"], row["target"]) for row in rows)
    rows = [row for row in rows if inside.get(row["source"], -1) == inside.get(row["target"], -2)]
    rows.sort(key=lambda row: (older(row), -row["score"], -row["papers"], row["source"], row["target"], row["type"]))
    kept, gone = nx.DiGraph(), []
    for row in rows:
        if row["target"] in kept and row["source"] in kept and nx.has_path(kept, row["target"], row["source"]):
            gone.append({**row, "reason": OLDER if older(row) else WEAKER})
        else:
            kept.add_edge(row["source"], row["target"])
    return pa.Table.from_pylist([{name: row[name] for name in SCHEMA.names} for row in gone], schema=SCHEMA)


def circles(pairs: Iterable[tuple[int, int]]) -> dict[int, int]:
    """Node -> number of the strongly connected component that it shares with others."""
    graph = nx.DiGraph()
    graph.add_edges_from(sorted(pairs))
    parts = [part for part in nx.strongly_connected_components(graph) if len(part) > 1]
    return {node: number for number, part in enumerate(parts) for node in part}


def older(row: dict[str, str | None]) -> bool:
    """Whether the source is surely older than the target, as exactly as both dates are known."""
    born, parent = row["born_source"], row["born_target"]
    size = min(len(born or ""), len(parent or ""))
    return (born or "")[:size] < (parent or "")[:size]
