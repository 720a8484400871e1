"""How often an entity is named, year by year, and what with."""

from pathlib import Path

from kg.explore.engine import Row, connect, rows
from kg.explore.resolve import find

NAMING = """
CREATE TEMP TABLE naming AS
SELECT id AS paper, title, date, CAST(date[:4] AS INTEGER) AS year, id IN (SELECT unnest($proposed_by)) AS proposes
FROM papers SEMI JOIN (SELECT source AS id FROM edges WHERE type = 'MENTIONS' AND target = $id) USING (id)
"""
YEARS = """
WITH dated AS (SELECT id AS paper, CAST(date[:4] AS INTEGER) AS year FROM papers)
SELECT d.year, count(n.paper) AS papers, count(*) AS of, count(*) FILTER (n.proposes) AS proposing
FROM dated d LEFT JOIN naming n USING (paper)
WHERE d.year BETWEEN (SELECT min(year) FROM naming) AND (SELECT max(year) FROM naming)
    OR (d.year IS NULL AND EXISTS (FROM naming WHERE year IS NULL))
GROUP BY d.year ORDER BY d.year NULLS LAST
"""
# Papers that name both; of as many papers the rarer entity says more.
BESIDE = """
WITH beside AS (
    SELECT year, target, count(*) AS papers FROM edges JOIN naming ON paper = source
    WHERE type = 'MENTIONS' AND target <> $id GROUP BY year, target
)
SELECT year, e.id, e.type, e.name, b.papers FROM beside b JOIN entities e ON e.id = target WHERE NOT generic
QUALIFY row_number() OVER (PARTITION BY year ORDER BY b.papers DESC, e.papers, e.id) <= $most
ORDER BY b.papers DESC, e.papers, e.id
"""
DATED = "SELECT paper, title, date FROM naming WHERE date IS NOT NULL ORDER BY date, paper"


def timeline(folder: Path, name: str, *, beside: int = 5) -> Row:
    """The years in which papers name an entity.

    Args:
        beside: at most so many other entities a year, generic ones left out.

    Returns:
        ``{id, name, type, papers, first, last, years: [row, …]}`` with the oldest and the newest paper that name it,
        ``{paper, title, date}`` or None; a row is ``{year, papers, of, share, proposing, beside}``: how many papers
        name it, of how many, which share that is, how many introduce it, and what they name most besides, ``{year, id,
        type, name, papers}``. Years in between that have papers, but none that names it, have a row too; papers without
        a date are in a last one, of year None.

    Raises:
        UnknownNameError: no entity is called that.
    """
    with connect(folder) as db:
        id = find(db, name)[0][0].id
        entity = rows(db, "SELECT id, name, type, papers, proposed_by FROM entities WHERE id = $id", id=id)[0]
        rows(db, NAMING, id=id, proposed_by=entity.pop("proposed_by"))
        years = rows(db, YEARS)
        others = rows(db, BESIDE, id=id, most=beside)
        dated = rows(db, DATED)
    for row in years:
        row["share"] = round(row["papers"] / row["of"], 4)
        row["beside"] = [other for other in others if other["year"] == row["year"]]
    first, last = (dated[0], dated[-1]) if dated else (None, None)
    return {**entity, "first": first, "last": last, "years": years}
