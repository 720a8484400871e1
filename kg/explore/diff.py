"""What distinguishes two graph folders: the papers, entities, edges and aliases that came, went and changed."""

from dataclasses import fields
from pathlib import Path
from typing import Any

import duckdb

from kg.errors import GraphError
from kg.explore.engine import Database, Row, rows
from kg.store.folder import check_graph, read_manifest
from kg.store.tables import TABLES

CHANGES = ("added", "removed", "changed")
KEYS = {
    "papers": ("id",),
    "entities": ("id",),
    "edges": ("source", "type", "target"),
    "aliases": ("entity", "surface"),
}
# The NPMI of every pair moves with the number of papers: alone it says nothing about the pair.
MOVING = {"edges": ("score", "npmi")}
ROWS = {
    "aliases": """
        SELECT entity, surface, string_agg(DISTINCT rule, ', ' ORDER BY rule) AS rule, sum(support)::BIGINT AS support
        FROM read_parquet({}) GROUP BY entity, surface"""
}
LOOSE = "('MENTIONS', 'PROPOSES', 'REPORTS', 'OF', 'ON', 'IN', 'CO_MENTIONED_WITH')"
PAPERS = "abs(coalesce(n.papers, 0) - coalesce(o.papers, 0)) DESC"
# The most telling rows first: what was renamed, claims before co-mentions, more papers before fewer.
ORDER = {
    "papers": "coalesce(n.date, o.date) DESC NULLS LAST",
    "entities": f"(o.name, o.type) = (n.name, n.type), {PAPERS}",
    "edges": f"type IN {LOOSE}, {PAPERS}, greatest(n.score, o.score) DESC",
    "aliases": "abs(coalesce(n.support, 0) - coalesce(o.support, 0)) DESC",
}
COMPARE = """
CREATE OR REPLACE TEMP TABLE changes AS
WITH pairs AS (
    SELECT {key}, o, n, CASE
        WHEN o.there IS NULL THEN 'added'
        WHEN n.there IS NULL THEN 'removed'
        WHEN ({old}) IS DISTINCT FROM ({new}) THEN 'changed'
        WHEN o IS DISTINCT FROM n THEN 'reweighed'
    END AS change
    FROM (SELECT *, TRUE AS there FROM ({rows_old})) AS o
    FULL JOIN (SELECT *, TRUE AS there FROM ({rows_new})) AS n USING ({key})
)
SELECT * FROM pairs WHERE change IS NOT NULL
"""
COUNT = "SELECT change, count(*) AS n FROM changes GROUP BY change"
LIST = """
SELECT change, o, n FROM changes WHERE change <> 'reweighed'
QUALIFY row_number() OVER (PARTITION BY change ORDER BY {order}, {key}) <= $limit
ORDER BY change, {order}, {key}
"""
NAMES = """
SELECT id, name FROM read_parquet($old) WHERE id IN (SELECT unnest($ids))
UNION ALL SELECT id, name FROM read_parquet($new) WHERE id IN (SELECT unnest($ids))
"""
BEARERS = """
SELECT surface, list(entity ORDER BY support DESC, entity) AS entities
FROM (SELECT entity, surface, sum(support) AS support FROM read_parquet($path) GROUP BY entity, surface)
WHERE surface IN (SELECT unnest($names)) GROUP BY surface
"""


def diff(old: Path, new: Path, *, limit: int | None = 10) -> dict[str, Any]:
    """What ``new`` has that ``old`` has not, and the other way round.

    Args:
        limit: rows listed for each table and kind of change, the most telling first; None for all.

    Returns:
        ``old`` and ``new`` (the folders); ``counts``, number of rows by table and kind of change (``edges`` also
        ``reweighed``: only their weights moved); and a list of rows for each of ``papers``, ``entities``, ``edges`` and
        ``aliases``. A row has its ``change``, its columns as they are in ``new``, or were in ``old`` if it is gone, and
        if it changed, in ``before`` the columns that were different. An edge also has the names of its ends, an alias
        that of its entity, and an entity that came or went ``elsewhere``, the ids with its name on the other side.

    Raises:
        GraphError: one of the folders holds no graph, or was written by another version.
    """
    digests = [read_manifest(check_graph(folder)).get("tables", {}) for folder in (old, new)]
    counts = {name: dict.fromkeys(CHANGES, 0) for name in KEYS}
    counts["edges"]["reweighed"] = 0
    listed: dict[str, list[Row]] = {name: [] for name in KEYS}
    with duckdb.connect() as db:
        for name in KEYS:
            if digests[0].get(name, old) != digests[1].get(name, new):
                compare(db, name, old, new)
                counts[name] |= {row["change"]: row["n"] for row in rows(db, COUNT)}
                sql = LIST.format(order=ORDER[name], key=", ".join(KEYS[name]))
                found = rows(db, sql, limit=sum(counts[name].values()) if limit is None else limit)
                listed[name] = sorted(map(to_row, found), key=lambda row: CHANGES.index(row["change"]))
        add_names(db, listed, old, new)
    return {"old": str(old), "new": str(new), "counts": counts, **listed}


def compare(db: Database, name: str, old: Path, new: Path) -> None:
    """Makes the table ``changes`` of the rows that are not the same in both folders."""
    values = [f.name for f in fields(TABLES[name]) if f.name not in (*KEYS[name], *MOVING.get(name, ()))]
    before, after = (", ".join(f"{side}.{value}" for value in values) for side in "on")
    read = ROWS.get(name, "SELECT * FROM read_parquet({})")
    sql = COMPARE.format(
        key=", ".join(KEYS[name]), old=before, new=after, rows_old=read.format("$old"), rows_new=read.format("$new")
    )
    try:
        db.execute(sql, paths(name, old, new))
    except duckdb.Error as error:
        reason = str(error).splitlines()[0].rstrip(".")
        raise GraphError(f"The {name} of {old} and {new} cannot be compared: {reason}. Build both anew.") from error


def paths(name: str, old: Path, new: Path) -> dict[str, str]:
    return {side: str(folder / f"{name}.parquet") for side, folder in (("old", old), ("new", new))}


def to_row(found: Row) -> Row:
    change, old, new = found["change"], found["o"], found["n"]
    row = {"change": change, **(old if change == "removed" else new)}
    del row["there"]
    if change == "changed":
        row["before"] = {column: value for column, value in old.items() if value != new[column]}
    return row


def add_names(db: Database, listed: dict[str, list[Row]], old: Path, new: Path) -> None:
    """Gives edges and aliases the names of their entities, and entities that came or went those that share the name."""
    ends = {row[end] for row in listed["edges"] for end in ("source", "target")}
    ids = sorted(ends | {row["entity"] for row in listed["aliases"]})
    names = {row["id"]: row["name"] for row in rows(db, NAMES, ids=ids, **paths("entities", old, new))}
    for edge in listed["edges"]:
        edge |= {f"{end}_name": names.get(edge[end], edge[end]) for end in ("source", "target")}
    for alias in listed["aliases"]:
        alias["name"] = names.get(alias["entity"], alias["entity"])
    for change, path in zip(("removed", "added"), paths("aliases", new, old).values(), strict=True):
        some = [row for row in listed["entities"] if row["change"] == change]
        bearers = {
            row["surface"]: row["entities"] for row in rows(db, BEARERS, path=path, names=[r["name"] for r in some])
        }
        for row in some:
            row["elsewhere"] = bearers.get(row["name"], [])
