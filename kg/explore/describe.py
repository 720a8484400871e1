"""Everything a graph says about one entity: names, years, edges by type, and the sentences behind each edge."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from kg.explore.find import Row, find
from kg.store.folder import select
from kg.types import EdgeType

RESULTS = ("OF", "ON", "IN")
ORDER = {str(name): place for place, name in enumerate(EdgeType)} | {"MENTIONS": 98, "CO_MENTIONED_WITH": 99}


def describe(
    folder: Path, name: str, *, type: str | None = None, limit: int | None = 5, evidence: int | None = 1
) -> Row:
    """An entity with its edges; ``limit`` edges a type and ``evidence`` sentences an edge, None for all.

    Raises:
        UnknownNameError: no entity is called that.
    """
    entity, others = find(select(folder, "entities"), name, type=type)
    edges = best_edges(folder, entity["id"], limit)
    proof = read_evidence(folder, edges, evidence)
    names = read_names(folder, {end for edge in edges for end in (edge["source"], edge["target"])})
    aliases = select(folder, "aliases", pc.field("entity") == entity["id"])
    papers = read_papers(
        folder, {*entity["proposed_by"], *(item["paper"] for items in proof.values() for item in items)}
    )
    names |= {id: {"id": id, "type": "Paper", "name": paper["title"] or id} for id, paper in papers.items()}
    names |= read_values(folder, {edge["source"] for edge in edges if edge["type"] in RESULTS})
    grouped: dict[str, list[Row]] = {}
    for edge in edges:
        sentences = [sentence(item, papers) for item in proof.get(edge_key(edge), [])]
        grouped.setdefault(edge["type"], []).append(outward(edge, entity["id"], names) | {"evidence": sentences})
    return {
        **entity,
        "aliases": aliases.select(["surface", "rule", "support"]).to_pylist(),
        "proposed_by": [paper_line(papers[id]) for id in entity["proposed_by"] if id in papers],
        "edges": {kind: grouped[kind] for kind in sorted(grouped, key=lambda kind: ORDER[kind])},
        "also": [{field: row[field] for field in ("id", "type", "name", "papers")} for row in others],
    }


def edge_key(row: Mapping[str, Any]) -> tuple[str, str, str]:
    return row["source"], row["type"], row["target"]


def best_edges(folder: Path, id: str, limit: int | None) -> list[Row]:
    """The entity's edges, MENTIONS left out; by papers, then NPMI, then score, at most ``limit`` a type and direction.

    With a limit, co-mentions of generic entities are left out: everything is named together with them.
    """
    touching = (pc.field("source") == id) | (pc.field("target") == id)
    rows = select(folder, "edges", touching & (pc.field("type") != "MENTIONS")).to_pylist()
    rows.sort(
        key=lambda row: (row["type"], -row["papers"], -(row["npmi"] or 0), -row["score"], row["source"], row["target"])
    )
    generic = set(select(folder, "entities", pc.field("generic"))["id"].to_pylist()) if limit else set()
    kept: dict[tuple[str, bool], list[Row]] = {}
    for row in rows:
        if row["type"] == "CO_MENTIONED_WITH" and generic & ({row["source"], row["target"]} - {id}):
            continue
        kept.setdefault((row["type"], row["source"] == id), []).append(row)
    return [row for group in kept.values() for row in group[:limit]]


def read_evidence(folder: Path, edges: list[Row], count: int | None) -> dict[tuple[str, str, str], list[Row]]:
    """The best evidence of each edge."""
    ends = pa.array(sorted({edge["source"] for edge in edges}), type=pa.string())
    wanted = {edge_key(edge) for edge in edges}
    found: dict[tuple[str, str, str], list[Row]] = {}
    for row in select(folder, "evidence", pc.field("source").isin(ends) & (pc.field("type") != "MENTIONS")).to_pylist():
        if edge_key(row) in wanted:
            found.setdefault(edge_key(row), []).append(row)
    for rows in found.values():
        rows.sort(key=lambda row: (row["start"] is None, -row["score"], row["paper"], row["start"]))
        rows[:] = rows[:count]
    return found


def read_names(folder: Path, ids: set[str]) -> dict[str, Row]:
    rows = select(folder, "entities", pc.field("id").isin(pa.array(sorted(ids), type=pa.string()))).to_pylist()
    return {
        row["id"]: {"id": row["id"], "type": row["type"], "name": row["name"], "generic": row["generic"]}
        for row in rows
    }


def read_values(folder: Path, ids: set[str]) -> dict[str, Row]:
    """The value of each reported number by its node id, paper and offset."""
    papers = pa.array(sorted({id.rpartition("#")[0] for id in ids}), type=pa.string())
    rows = select(folder, "results", pc.field("paper").isin(papers)).to_pylist()
    found = {f"{row['paper']}#{row['start']}": row["value"] for row in rows}
    return {id: {"id": id, "type": "Result", "name": found[id]} for id in ids & set(found)}


def read_papers(folder: Path, ids: set[str]) -> dict[str, Row]:
    rows = select(folder, "papers", pc.field("id").isin(pa.array(sorted(ids), type=pa.string()))).to_pylist()
    return {row["id"]: row for row in rows}


def outward(edge: Row, id: str, names: Mapping[str, Row]) -> Row:
    """An edge seen from the entity: its direction, what stands at the other end, its weights."""
    out = edge["source"] == id
    other = edge["target"] if out else edge["source"]
    weights = {field: edge[field] for field in ("papers", "sentences", "score", "npmi", "first_date", "last_date")}
    return {"direction": "out" if out else "in", "other": names[other], **weights}


def sentence(item: Row, papers: Mapping[str, Row]) -> Row:
    """A piece of evidence with the words it points to."""
    paper = papers[item["paper"]]
    text = f"{paper['title']}\n{paper['abstract']}"
    quote = None if item["start"] is None else text[item["start"] : item["end"]]
    return {
        **paper_line(paper),
        "sentence": quote,
        "start": item["start"],
        "end": item["end"],
        "score": item["score"],
        "by": item["by"],
    }


def paper_line(paper: Row) -> Row:
    return {"paper": paper["id"], "title": paper["title"], "date": paper["date"]}
