"""The sentences behind edges."""

from collections.abc import Iterable, Mapping
from typing import Any

from kg.explore.engine import Database, Row, rows

Link = tuple[str, str, str]
"""Source id, edge type, target id."""

# Offsets count characters of title, newline, abstract; those of SQL begin at 1.
SENTENCES = """
WITH wanted AS (SELECT unnest($sources) AS source, unnest($types) AS type, unnest($targets) AS target),
best AS (
    SELECT e.* FROM evidence e JOIN wanted USING (source, type, target)
    QUALIFY $count IS NULL OR row_number() OVER (
        PARTITION BY source, type, target ORDER BY start IS NULL, score DESC, paper, start) <= $count
)
SELECT source, type, target, paper, title, date,
    substring(title || chr(10) || abstract, start + 1, "end" - start) AS sentence, start, "end", score, "by"
FROM best JOIN (SELECT id, title, abstract, date FROM papers) p ON p.id = paper
ORDER BY start IS NULL, score DESC, paper, start
"""


def link(row: Mapping[str, Any]) -> Link:
    """What identifies an edge."""
    return row["source"], row["type"], row["target"]


def sentences(db: Database, edges: Iterable[Mapping[str, Any]], count: int | None = 1) -> dict[Link, list[Row]]:
    """The evidence of each edge, at most ``count`` pieces, the best first.

    A piece is ``{paper, title, date, sentence, start, end, score, by}``; ``sentence`` is None where the whole abstract
    is meant.
    """
    links = sorted({link(edge) for edge in edges})
    found: dict[Link, list[Row]] = {wanted: [] for wanted in links}
    sources, types, targets = ([wanted[place] for wanted in links] for place in range(3))
    for row in rows(db, SENTENCES, sources=sources, types=types, targets=targets, count=count) if links else ():
        found[row.pop("source"), row.pop("type"), row.pop("target")].append(row)
    return found
