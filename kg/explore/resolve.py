"""From a name that a person types to the entity that is meant, and why."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import UnknownNameError
from kg.explore.engine import Database, Row, connect, rows
from kg.names import key

GROUPS = ("system", "dataset", "metric", "task")
NEAR = 5


@dataclass(frozen=True, slots=True)
class Reason:
    """A surface form that the name fits, and why it counts as a name of the entity: see :class:`kg.records.Alias`."""

    surface: str
    rule: str
    support: int


@dataclass(frozen=True, slots=True)
class Match:
    """An entity that a name can mean. ``fit`` says how the name fits: id, exact, case or normal form."""

    id: str
    type: str
    name: str
    papers: int
    generic: bool
    fit: str
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Resolved:
    """What a name means: the entity, or None; others that it could mean; the nearest known names if it is unknown."""

    name: str
    entity: Match | None
    others: tuple[Match, ...]
    near: tuple[str, ...]


FITS = ("id", "exact", "case", "normal form")

# Surface forms as they compare at first: without case, spaces, hyphens and underscores.
SQUASH = "translate(lower({}), '- _', '')"
CANDIDATES = f"""
WITH wanted AS (SELECT unnest($names) AS name, unnest($keys) AS key),
forms AS (
    SELECT name, {SQUASH.format("name")} AS form FROM wanted
    UNION SELECT name, key FROM wanted UNION SELECT name, key || 's' FROM wanted
),
ids AS (
    SELECT name, name AS entity FROM wanted
    UNION SELECT name, "group" || ':' || key FROM wanted, (SELECT unnest($groups) AS "group")
),
reasons AS (
    SELECT name, entity, surface, rule, support FROM aliases JOIN forms ON {SQUASH.format("surface")} = form
    UNION SELECT name, entity, surface, rule, support FROM aliases JOIN ids USING (entity)
)
SELECT r.name AS wanted, id, type, e.name, papers, generic, surface, rule, support
FROM reasons r JOIN entities e ON e.id = r.entity
ORDER BY support DESC, surface, rule
"""
# One slip of the pen before names that contain it before names spelt much alike; within these, more papers first.
# Jaro-Winkler is quick and lets few through to the edit distance.
NEAREST = f"""
WITH alike AS MATERIALIZED (
    SELECT *, length($name) > 2 AND contains(lower(surface), $name) AS inside FROM aliases
    WHERE inside OR jaro_winkler_similarity(lower(surface), $name) > 0.85
),
spelt AS (SELECT *, damerau_levenshtein(lower(surface), $name) AS slips FROM alike)
SELECT arg_min(surface, (slips, -support, surface)) AS surface
FROM spelt WHERE inside OR slips <= greatest(1, length($name) // 3)
GROUP BY entity
ORDER BY min(CASE WHEN slips <= 1 THEN 0 WHEN inside THEN 1 ELSE 2 END), sum(support) DESC, entity
LIMIT {NEAR}
"""


def resolve(folder: Path, *names: str) -> list[Resolved]:
    """What each name means, in the order given.

    An id goes before an exact surface form (a name all in lower case says nothing about case), before one that differs
    in case, before one with the same normal form; within these the entity that more papers call so goes first.
    """
    with connect(folder) as db:
        found = matches(db, names)
        return [
            Resolved(name, next(iter(found[name]), None), tuple(found[name][1:]), () if found[name] else near(db, name))
            for name in names
        ]


def entity_ids(folder: Path, names: Iterable[str]) -> dict[str, str | None]:
    """The id of the entity that each name means, None where it means none; made for thousands of names at once."""
    with connect(folder) as db:
        return {name: found[0].id if found else None for name, found in matches(db, names).items()}


def known(folder: Path, name: str) -> Match:
    """The entity called ``name``.

    Raises:
        UnknownNameError: nothing is called that; holds the nearest names.
    """
    with connect(folder) as db:
        return find(db, name)[0]


def find(db: Database, name: str, *, type: str | None = None) -> tuple[Match, tuple[Match, ...]]:
    """The entity called ``name``, and others that it could mean.

    Raises:
        UnknownNameError: nothing (of that type) is called that; holds the nearest names.
    """
    found = [match for match in matches(db, [name])[name] if type is None or match.type.casefold() == type.casefold()]
    if not found:
        raise UnknownNameError(name, near(db, name))
    return found[0], tuple(found[1:])


def near(db: Database, name: str) -> tuple[str, ...]:
    """The known names that look most like this one."""
    return tuple(row["surface"] for row in rows(db, NEAREST, name=name.casefold()))


def matches(db: Database, names: Iterable[str]) -> dict[str, list[Match]]:
    """The entities that each name could mean, the likeliest first."""
    found: dict[str, dict[str, list[Row]]] = {name: {} for name in names}
    keys = [key(name) for name in found]
    for row in rows(db, CANDIDATES, names=list(found), keys=keys, groups=list(GROUPS)):
        found[row["wanted"]].setdefault(row["id"], []).append(row)
    return {name: ranked(name, entities.values()) for name, entities in found.items()}


def ranked(name: str, entities: Iterable[list[Row]]) -> list[Match]:
    """The entities that the name fits, each with its rows of the query."""
    found = [match for found in entities if (match := to_match(name, found))]
    return sorted(found, key=lambda m: (FITS.index(m.fit), -sum(r.support for r in m.reasons), -m.papers, m.id))


def to_match(name: str, found: list[Row]) -> Match | None:
    """The entity with the surface forms that fit best; None where none has the normal form of the name."""
    fits = [fit(name, row) for row in found]
    best = min(fits)
    if best == len(FITS):
        return None
    reasons = tuple(
        Reason(row["surface"], row["rule"], row["support"])
        for row, place in zip(found, fits, strict=True)
        if place == best
    )
    row: Any = found[0]
    return Match(row["id"], row["type"], row["name"], row["papers"], row["generic"], FITS[best], reasons)


def fit(name: str, row: Row) -> int:
    """The place in ``FITS`` of how a name fits a surface form, ``len(FITS)`` where it does not."""
    surface: str = row["surface"]
    folded = surface.casefold() == name.casefold()
    tests = (name == row["id"], surface == name or (folded and name.islower()), folded, key(surface) == key(name))
    return tests.index(True) if True in tests else len(tests)
