"""The sentences behind edges."""

from collections.abc import Iterable, Mapping
from typing import Any

from kg.explore.engine import Database, Row, rows

Link = tuple[str, str, str]
"""Source id, edge type, target id."""

EVIDENCE = """
WITH wanted AS (SELECT unnest($sources) AS source, unnest($kinds) AS type, unnest($targets) AS target)
SELECT * FROM evidence JOIN wanted USING (source, type, target) WHERE type IN $types
QUALIFY $count IS NULL OR row_number() OVER (
    PARTITION BY source, type, target ORDER BY start IS NULL, score DESC, paper, start) <= $count
ORDER BY start IS NULL, score DESC, paper, start
"""
PAPERS = "SELECT id, title, abstract, date FROM papers WHERE id IN (SELECT unnest($ids))"


def link(row: Mapping[str, Any]) -> Link:
    """What identifies an edge."""
    return row["source"], row["type"], row["target"]


def sentences(db: Database, edges: Iterable[Mapping[str, Any]], count: int | None = 1) -> dict[Link, list[Row]]:
    """The evidence of each edge, at most ``count`` pieces, the best first.

    A piece is ``{paper, title, date, sentence, start, end, score, by}``; ``sentence`` is None where the whole abstract
    is meant.
    """
    links = sorted({link(edge) for edge in edges})
    if not links or count == 0:
        return {wanted: [] for wanted in links}
    sources, kinds, targets = zip(*links, strict=True)
    types = sorted(set(kinds))
    found = rows(db, EVIDENCE, sources=sources, kinds=kinds, targets=targets, types=types, count=count)
    papers = read_papers(db, (row["paper"] for row in found))
    proof: dict[Link, list[Row]] = {wanted: [] for wanted in links}
    for row in found:
        weight = {"score": row["score"], "by": row["by"]}
        proof[link(row)].append(quote(papers[row["paper"]], row["start"], row["end"]) | weight)
    return proof


def read_papers(db: Database, ids: Iterable[str]) -> dict[str, Row]:
    """Papers by id as ``{id, title, abstract, date}``."""
    return {row["id"]: row for row in rows(db, PAPERS, ids=sorted(set(ids)))}


def quote(paper: Row, start: int | None, end: int | None) -> Row:
    """A sentence of a paper; None where the whole abstract is meant."""
    sentence = None if start is None else f"{paper['title']}\n{paper['abstract']}"[start:end]
    told = {"paper": paper["id"], "title": paper["title"], "date": paper["date"]}
    return told | {"sentence": sentence, "start": start, "end": end}
