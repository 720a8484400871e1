"""Likely merges that no rule is sure enough of, for a person to accept into the override file."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from kg.link.abbreviations import initials
from kg.link.guard import same_version
from kg.link.keys import is_short, name_key
from kg.link.near import Name, Pairs, endings, head_words, orders, slips, two_types
from kg.link.resolve import OWN
from kg.link.weigh import CO_MENTION
from kg.store import folder as graph_folder

SHARED = 2


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Two entities that may be one; ``support`` is the papers of the rarer one, which the merge would move."""

    into: Name
    other: Name
    reason: str
    support: int


def suggest(folder: Path, *, support: int = 2) -> list[Suggestion]:
    """The likely merges of a graph folder, most support first; each pair once, with its first reason.

    Args:
        support: least number of papers of the rarer one.
    """
    table = graph_folder.select(folder, "entities", pc.field("papers") >= support)
    names = [Name(*row) for row in _rows(table, "id", "name", "papers")]
    found: dict[tuple[str, str], Suggestion] = {}
    for reason, pairs in {
        "same name in two types": two_types(names),
        "same up to the head word": head_words(names),
        "same words with other endings": endings(names),
        "same words in another order": orders(names),
        "one letter apart": slips(names),
        "abbreviation with the same neighbours": acronyms(names, folder),
    }.items():
        for pair in pairs:
            into, other = sorted(pair, key=lambda name: (-name.papers, name.id))
            if same_version(into.name, other.name) or reason.startswith("abbreviation"):
                found.setdefault((into.id, other.id), Suggestion(into, other, reason, other.papers))
    return sorted(found.values(), key=lambda item: (-item.support, item.into.id, item.other.id))


def acronyms(names: Iterable[Name], folder: Path) -> Pairs:
    """A short form without a known meaning, and what some paper means by it, where both go with the same things."""
    bare = {name.id: name for name in names if is_short(name.name) and name.name.isalpha()}
    others = {name.id: name for name in names}
    meant = graph_folder.select(folder, "aliases", pc.field("rule").isin([OWN, "same name"]))
    pairs = set()
    for surface, entity in _rows(meant, "surface", "entity"):
        group = entity.partition(":")[0]
        for short in (name_key(surface), initials(surface) if " " in surface else ""):
            if f"{group}:{short}" in bare and entity in others and entity != f"{group}:{short}":
                pairs.add((f"{group}:{short}", entity))
    near = neighbours(folder, {id for pair in pairs for id in pair})
    for short, long in sorted(pairs):
        if long not in near[short] and len(near[short] & near[long]) >= SHARED:
            yield bare[short], others[long]


def neighbours(folder: Path, ids: set[str]) -> dict[str, set[str]]:
    """The entities, generic ones left out, that two papers or more name together with each of these."""
    wanted = pa.array(sorted(ids), pa.string())
    asked = pc.field("source").isin(wanted) | pc.field("target").isin(wanted)
    asked &= (pc.field("type") == CO_MENTION) & (pc.field("papers") > 1)
    generic = set(graph_folder.select(folder, "entities", pc.field("generic"))["id"].to_pylist())
    near: dict[str, set[str]] = defaultdict(set)
    for source, target in _rows(graph_folder.select(folder, "edges", asked), "source", "target"):
        near[source] |= {target} - generic
        near[target] |= {source} - generic
    return near


def _rows(table: pa.Table, *columns: str) -> Iterator[tuple[Any, ...]]:
    return zip(*(table[column].to_pylist() for column in columns), strict=True)
