"""How two entities hang together: the shortest ways from one to the other, each step with its sentence."""

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from kg.explore.edges import CO_MENTION, STATEMENTS, read_nodes
from kg.explore.engine import Database, Row, connect, rows
from kg.explore.evidence import link, sentences
from kg.explore.resolve import find

# The pairs that a step may join, both ways round; generic entities only at the ends of a way.
PAIRS = """
CREATE OR REPLACE TEMP TABLE pairs AS
WITH ends AS (SELECT unnest([$start, $goal]) AS id),
chosen AS (
    SELECT source, target FROM edges WHERE type IN $types
    UNION ALL SELECT source, target FROM edges
    WHERE $close AND type = $co_mention AND npmi > 0 AND (source IN (FROM ends) OR target IN (FROM ends))
),
open AS (SELECT id, ln(greatest(papers, 1)) AS weight FROM entities WHERE NOT generic OR id IN (FROM ends)),
passable AS (SELECT source, target, a.weight, b.weight AS end_weight FROM chosen
    JOIN open a ON a.id = source JOIN open b ON b.id = target)
SELECT source AS near, target AS far, end_weight AS weight FROM passable
UNION ALL SELECT target, source, weight FROM passable
"""
START = """
CREATE OR REPLACE TEMP TABLE reached AS SELECT $start AS id, 0 AS step, 0.0::DOUBLE AS weight, 0.0::DOUBLE AS cost
"""
SPREAD = """
INSERT INTO reached
SELECT far, $step, any_value(p.weight), min(r.cost + p.weight)
FROM pairs p JOIN reached r ON r.id = near AND r.step = $step - 1
WHERE far NOT IN (SELECT id FROM reached) GROUP BY far
"""
BEFORE = """
SELECT DISTINCT near, r.weight, r.cost FROM pairs JOIN reached r ON id = near WHERE far = $id AND step = $step - 1
ORDER BY r.cost, near LIMIT $limit
"""
STEPS = """
WITH pairs AS (SELECT unnest($nears) AS near, unnest($fars) AS far),
ends AS (SELECT near, far, near AS source, far AS target FROM pairs UNION SELECT near, far, far, near FROM pairs)
SELECT * FROM edges JOIN ends USING (source, target) WHERE type IN $types
QUALIFY row_number() OVER (
    PARTITION BY near, far ORDER BY list_position($types, type), papers DESC, score DESC, source) = 1
"""


def path(
    folder: Path, start: str, goal: str, *, steps: int = 4, limit: int = 3, types: Sequence[str] | None = None
) -> Row:
    """The shortest ways from one entity to another over typed edges, followed in either direction.

    Only where there is none, the first and the last step may be a co-mention above chance. Generic entities are no
    stops on a way; of ways with as many steps those over rarer entities come first (the least sum of the logarithms
    of their papers).

    Args:
        steps: at most so many.
        limit: at most so many ways.
        types: the edge types that may be followed, of several between two entities the first; all statements and, at
            the ends, co-mentions if not given.

    Returns:
        ``{start, goal, paths}`` with the two as ``{id, type, name}``; a path is a list of edges in order, each with
        ``near`` and ``far``, where it comes from and leads to, and ``evidence``, its best sentence. No paths where
        there is no way, one of no steps where both names mean one entity.

    Raises:
        UnknownNameError: no entity is called so.
    """
    with connect(folder) as db:
        one, other = (found[0].id for found in find(db, start, goal))
        ways = shortest(db, one, other, steps, limit, types)
        nodes = read_nodes(db, {one, other, *(id for way in ways for id in way)})
        found = {(edge["near"], edge["far"]): edge for edge in read_steps(db, ways, types)}
        for edge in found.values():
            edge |= {"near": nodes[edge["near"]], "far": nodes[edge["far"]]}
        paths = [[found[pair] for pair in pairwise(way)] for way in ways]
    return {"start": nodes[one], "goal": nodes[other], "paths": paths}


def shortest(
    db: Database, start: str, goal: str, steps: int, limit: int, types: Sequence[str] | None
) -> list[list[str]]:
    """The ways as lists of ids, both ends included."""
    if start == goal:
        return [[start]]
    allowed = list(types or STATEMENTS)
    for close in (False, True) if types is None else (False,):
        rows(db, PAIRS, types=allowed, start=start, goal=goal, close=close, co_mention=CO_MENTION)
        rows(db, START, start=start)
        for step in range(1, steps + 1):
            rows(db, SPREAD, step=step)
            if rows(db, "FROM reached WHERE id = $goal", goal=goal):
                return [[*way, goal] for _, way in trace(db, goal, step, limit)]
    return []


def trace(db: Database, id: str, step: int, limit: int) -> list[tuple[float, list[str]]]:
    """The cheapest ways that lead in so many steps to an entity, without it, and what each costs."""
    if step == 0:
        return [(0.0, [])]
    before = rows(db, BEFORE, id=id, step=step, limit=limit)
    found = [
        (cost + row["weight"], [*way, row["near"]])
        for row in before
        for cost, way in trace(db, row["near"], step - 1, limit)
    ]
    return sorted(found)[:limit]


def read_steps(db: Database, ways: Sequence[Sequence[str]], types: Sequence[str] | None) -> list[Row]:
    """The best edge for each step, with its best sentence."""
    pairs = sorted({pair for way in ways for pair in pairwise(way)})
    nears, fars = [near for near, _ in pairs], [far for _, far in pairs]
    found = rows(db, STEPS, nears=nears, fars=fars, types=list(types or (*STATEMENTS, CO_MENTION))) if pairs else []
    proof = sentences(db, found)
    return [edge | {"evidence": proof[link(edge)]} for edge in found]
