"""From a name that a person types to the entity that is meant, and why."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

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

# By id, and by surface form whatever its case.
CALLED = """
WITH wanted AS (SELECT unnest($names) AS name, unnest($keys) AS key),
ids AS (
    SELECT name, name AS entity FROM wanted
    UNION SELECT name, "group" || ':' || key FROM wanted, (SELECT unnest($groups) AS "group")
)
SELECT w.name AS wanted, a.* FROM aliases a JOIN wanted w ON lower(surface) = lower(w.name)
UNION SELECT name, a.* FROM aliases a JOIN ids USING (entity)
"""
# By surface form without case, spaces, hyphens and plural.
SQUASH = "replace(replace(lower({}), '-', ''), ' ', '')"
WRITTEN = f"""
WITH wanted AS (SELECT unnest($names) AS name, unnest($keys) AS key),
forms AS (
    SELECT name, {SQUASH.format("name")} AS form FROM wanted
    UNION SELECT name, key FROM wanted UNION SELECT name, key || 's' FROM wanted
)
SELECT name AS wanted, a.* FROM aliases a JOIN forms ON {SQUASH.format("surface")} = form
"""
ENTITIES = "SELECT id, type, name, papers, generic FROM entities WHERE id IN (SELECT unnest($ids))"
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
        names = tuple(map(readable, names))
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
        return find(db, name)[0][0]


def find(db: Database, *names: str, type: str | None = None) -> list[list[Match]]:
    """For each name the entities (of that type) that it can mean, the likeliest first; never an empty list.

    Raises:
        UnknownNameError: nothing is called that; holds the nearest names.
    """
    names = tuple(map(readable, names))
    found = matches(db, names)
    for name in found:
        found[name] = [match for match in found[name] if type is None or match.type.casefold() == type.casefold()]
        if not found[name]:
            raise UnknownNameError(name, near(db, name))
    return [found[name] for name in names]


def readable(name: str) -> str:
    """A name from a terminal that may hold bytes that are no text."""
    return name.encode(errors="replace").decode()


def near(db: Database, name: str) -> tuple[str, ...]:
    """The known names that look most like this one."""
    return tuple(row["surface"] for row in rows(db, NEAREST, name=name.casefold()))


def matches(db: Database, names: Iterable[str]) -> dict[str, list[Match]]:
    """The entities that each name could mean, the likeliest first."""
    unique = list(dict.fromkeys(names))
    keys = [key(name) for name in unique]
    found = fitting(db, rows(db, CALLED, names=unique, keys=keys, groups=list(GROUPS)))
    if unknown := [name for name in unique if name not in found]:
        found |= fitting(db, rows(db, WRITTEN, names=unknown, keys=[key(name) for name in unknown]))
    return {name: found.get(name, []) for name in unique}


def fitting(db: Database, aliases: list[Row]) -> dict[str, list[Match]]:
    """The matches of each name that has some, by rows of ``wanted``, the name, and an alias that it may fit."""
    entities = {row["id"]: row for row in rows(db, ENTITIES, ids=sorted({row["entity"] for row in aliases}))}
    forms: dict[tuple[str, str], list[Row]] = {}
    for row in sorted(aliases, key=lambda row: (-row["support"], row["surface"], row["rule"])):
        forms.setdefault((row["wanted"], row["entity"]), []).append(row)
    found: dict[str, list[Match]] = {}
    for (name, id), own in forms.items():
        if match := to_match(name, entities[id], own):
            found.setdefault(name, []).append(match)
    for listed in found.values():
        listed.sort(key=lambda m: (FITS.index(m.fit), -sum(r.support for r in m.reasons), -m.papers, m.id))
    return found


def to_match(name: str, entity: Row, aliases: list[Row]) -> Match | None:
    """The entity with those of its surface forms that fit best; None where none has the normal form of the name."""
    fits = [fit(name, row) for row in aliases]
    best = min(fits)
    if best == len(FITS):
        return None
    kept = [row for row, place in zip(aliases, fits, strict=True) if place == best]
    reasons = tuple(Reason(row["surface"], row["rule"], row["support"]) for row in kept)
    return Match(**entity, fit=FITS[best], reasons=reasons)


def fit(name: str, alias: Row) -> int:
    """The place in ``FITS`` of how a name fits a surface form, ``len(FITS)`` where it does not."""
    surface: str = alias["surface"]
    folded = surface.casefold() == name.casefold()
    tests = (
        name == alias["entity"],
        surface == name or (folded and name.islower()),
        folded,
        key(surface) == key(name),
    )
    return tests.index(True) if True in tests else len(tests)
