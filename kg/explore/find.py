"""From a name that a person types to the entity that is meant."""

import difflib
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from kg.errors import UnknownNameError
from kg.names import key

Row = dict[str, Any]


def find(entities: pa.Table, name: str, *, type: str | None = None) -> tuple[Row, list[Row]]:
    """The entity called ``name`` (an id, a name or an alias), and other entities that the name could mean as well.

    An exact name goes before an exact alias, before a name with the same normal form; within these, more papers first.

    Raises:
        UnknownNameError: nothing is called that; holds the nearest names.
    """
    rows: list[Row] = candidates(entities, name).to_pylist()
    rows = [row for row in rows if type is None or row["type"].casefold() == type.casefold()]
    if not rows:
        raise UnknownNameError(name, nearest(entities, name))
    rows.sort(key=lambda row: (fit(row, name), -row["papers"], row["id"]))
    return rows[0], rows[1:]


def fit(row: Row, name: str) -> int:
    """How well an entity carries a name: 0 is best, 5 least."""
    folded = name.casefold()
    tests = (
        name in (row["id"], row["name"]),
        folded == row["name"].casefold(),
        name in row["aliases"],
        folded in map(str.casefold, row["aliases"]),
        key(name) == key(row["name"]),
    )
    return tests.index(True) if True in tests else len(tests)


def candidates(entities: pa.Table, name: str) -> pa.Table:
    """The rows with the id, or with a name or alias of the same normal form."""
    wanted = key(name)
    flat = pc.list_flatten(entities["aliases"])
    owners = pc.list_parent_indices(entities["aliases"])
    found = {i for i, text in enumerate(entities["name"].to_pylist()) if key(text) == wanted}
    found |= {owner for owner, text in zip(owners.to_pylist(), flat.to_pylist(), strict=True) if key(text) == wanted}
    found |= {i for i, text in enumerate(entities["id"].to_pylist()) if text == name}
    return entities.take(pa.array(sorted(found), type=pa.int64()))


def nearest(entities: pa.Table, name: str, count: int = 5) -> tuple[str, ...]:
    """Up to ``count`` known names that look like this one, names that contain it first."""
    rows = entities.sort_by([("papers", "descending"), ("id", "ascending")])
    names = dict.fromkeys(rows["name"].to_pylist())
    folded = name.casefold()
    inside = [text for text in names if len(folded) > 2 and folded in text.casefold()][:count]
    spelt = {text.casefold(): text for text in reversed(list(names)[:20_000])}
    close = difflib.get_close_matches(folded, spelt, n=count, cutoff=0.7) if len(inside) < count else []
    return tuple(dict.fromkeys([*inside, *(spelt[text] for text in close)]))[:count]
