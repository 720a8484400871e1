"""What a graph folder holds, in numbers."""

from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from kg.store.folder import read_manifest, read_rejected, select
from kg.types import EdgeType, NodeType


def info(folder: Path) -> dict[str, Any]:
    """Counts by type, the dates covered, and what made the graph."""
    papers = select(folder, "papers")
    nodes = {"Paper": papers.num_rows, **count(select(folder, "entities")["type"]), "Result": rows(folder, "results")}
    edges = count(select(folder, "edges")["type"])
    manifest = read_manifest(folder)
    dates = pc.min_max(papers["date"]).as_py()
    return {
        "folder": str(folder),
        "nodes": {str(name): nodes[name] for name in NodeType if nodes.get(name)},
        "edges": {str(name): edges[name] for name in EdgeType if edges.get(name)},
        "mentions": rows(folder, "mentions"),
        "first_date": dates["min"],
        "last_date": dates["max"],
        "rejected": len(read_rejected(folder)),
        **{name: manifest[name] for name in ("model", "kg", "schema", "spacy")},
    }


def count(column: pa.ChunkedArray) -> dict[str, int]:
    return {item["values"]: item["counts"] for item in pc.value_counts(column).to_pylist()}


def rows(folder: Path, name: str) -> int:
    counts: dict[str, int] = read_manifest(folder)["counts"]
    return counts[name]
