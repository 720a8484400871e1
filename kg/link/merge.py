"""Which names of a type group are one though their keys differ, and by which rule: plain Python, no pair compared."""

from collections.abc import Iterable, Mapping

import pyarrow as pa

from kg.link import rules
from kg.link.keys import slug
from kg.link.known import canonical
from kg.link.rules import Name

LISTED, INSIDE, VARIANT = "alias list", "abbreviation inside", "same abbreviation"
ORDER, HEAD = "word order", "head word"


def merges(names: pa.Table, surfaces: pa.Table, definitions: pa.Table, expansions: pa.Table) -> pa.Table:
    """The keys that go by another one: ``group, name, to, rule``.

    Args:
        names: ``group, name, papers``, every key.
        surfaces: ``surface, key``.
        definitions: ``group, key, long, n``, see :data:`kg.link.rules.Definition`.
        expansions: ``spelt, long, stem`` of long forms.
    """
    counts = {(group, name): papers for group, name, papers in _rows(names, "group", "name", "papers")}
    spelt, given = _rows(surfaces, "surface", "key"), _rows(definitions, "group", "key", "long", "n")
    stems = dict(_rows(expansions, "long", "stem"))
    texts = dict(sorted(_rows(expansions, "long", "spelt"), reverse=True))
    listed = {(group, slug(name)): (group, slug(to)) for (group, name), to in canonical().items()}
    steps: list[tuple[str, Mapping[Name, Name]]] = [
        (LISTED, listed),
        (INSIDE, dict(rules.inside(counts, spelt, rules.abbreviations(given, stems, texts)))),
        (VARIANT, dict(rules.variants(given, stems))),
        (ORDER, dict(rules.orders(counts, spelt))),
        (HEAD, dict(rules.heads(counts, spelt))),
        (LISTED, listed),
    ]
    found = [(*name, *follow(name, steps)) for name in sorted(counts)]
    columns = list(zip(*(row for row in found if row[1] != row[2]), strict=True)) or [()] * 4
    return pa.table(columns, schema=pa.schema([(column, pa.string()) for column in ("group", "name", "to", "rule")]))


def follow(name: Name, steps: Iterable[tuple[str, Mapping[Name, Name]]]) -> tuple[str, str]:
    """The key where the steps lead from a name, each taken at most once, and the rule of the last one that moved it."""
    rule = ""
    for said, step in steps:
        if step.get(name, name) != name:
            name, rule = step[name], said
    return name[1], rule


def _rows(table: pa.Table, *columns: str) -> list[tuple]:  # type: ignore[type-arg]
    return list(zip(*(table[column].to_pylist() for column in columns), strict=True))
