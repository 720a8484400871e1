"""Carrying out overrides: plain Python over the distinct names, for what moves where and what is called what."""

import logging
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

import pyarrow as pa

from kg.errors import InputError
from kg.link.keys import name_key
from kg.link.overrides import Override
from kg.link.resolve import GROUPS

LOG = logging.getLogger(__name__)
Use = tuple[str, str]
"""An entity's id before any override, and a surface form that it has."""
KINDS = sorted(set(GROUPS.values()))
MOVES = pa.schema([(column, pa.string()) for column in ("entity", "surface", "to")])
SAID = pa.schema([(column, pa.string()) for column in ("entity", "name", "type")])


class Names:
    """Who has which names while overrides are carried out.

    Args:
        papers: every use, and in how many papers.
    """

    def __init__(self, papers: Mapping[Use, int]) -> None:
        self.papers = papers
        self.uses: dict[str, set[Use]] = defaultdict(set)
        self.spelt: dict[str, set[Use]] = defaultdict(set)
        for use in papers:
            self.uses[use[0]].add(use)
            self.spelt[name_key(use[1])].add(use)
        self.where: dict[Use, str | None] = {use: use[0] for use in papers}
        self.types: dict[str, str] = {}
        self.names: dict[str, str] = {}

    def move(self, uses: Iterable[Use], to: str | None) -> None:
        """Gives uses to an entity, or to none."""
        for use in list(uses):
            self.uses[self.where[use] or ""].discard(use)
            self.where[use] = to
            self.uses[to or ""].add(use)

    def find(self, name: str) -> dict[str, str]:
        """Type group -> the entity that a name means: the one with its id, else the one it is most a name of."""
        kinds, text = split_kind(name)
        wanted, votes = name_key(text), Counter[str]()
        for use in self.spelt[wanted]:
            votes[self.where[use] or ""] += self.papers[use]
        found = {}
        for kind in kinds:
            named = [id for id in (name, f"{kind}:{wanted}") if id.startswith(f"{kind}:") and self.uses.get(id)]
            named = named or sorted(id for id in votes if id.startswith(f"{kind}:"))
            if named:
                found[kind] = max(named, key=lambda id: votes[id])
        return found

    def moves(self) -> pa.Table:
        """The uses that changed hands: ``entity, surface, to``, null where dropped."""
        rows = [(*use, to) for use, to in sorted(self.where.items()) if to != use[0]]
        return pa.table(list(zip(*rows, strict=True)) or [()] * 3, schema=MOVES)

    def said(self) -> pa.Table:
        """What entities are called or are, where an override says so: ``entity, name, type``."""
        rows = [(id, self.names.get(id), self.types.get(id)) for id in sorted({*self.names, *self.types})]
        return pa.table(list(zip(*rows, strict=True)) or [()] * 3, schema=SAID)


def split_kind(name: str) -> tuple[list[str], str]:
    """``dataset:COCO`` -> its type group and the name; a name alone may be of every group."""
    kind, _, rest = name.partition(":")
    return ([kind], rest.strip()) if kind in KINDS and rest.strip() else (KINDS, name)


def carry_out(overrides: Iterable[Override], held: pa.Table) -> Names:
    """The names after all overrides.

    Args:
        overrides: in the order in which they are carried out.
        held: ``entity, surface, papers``, who has which names before.

    Raises:
        InputError: one that is not ``kept`` matches nothing; names it. A kept one is left out with a warning.
    """
    columns = (held[column].to_pylist() for column in ("entity", "surface", "papers"))
    names = Names({(entity, surface): papers for entity, surface, papers in zip(*columns, strict=True)})
    for entry in overrides:
        try:
            _carry_out(names, entry)
        except InputError as error:
            if not entry.kept:
                raise
            LOG.warning("%s Left out; the entry stays in the graph's copy.", error)
    return names


def _carry_out(names: Names, entry: Override) -> None:
    found = [names.find(name) for name in entry.names]
    for name, entities in zip(entry.names, found, strict=True):
        if not entities:
            raise entry.error(f"nothing in this graph is called {name!r}.")
    if entry.action == "merge":
        _merge(names, entry, found)
    elif entry.action == "split":
        _split(names, entry, found[1])
    else:
        for entity in found[0].values():
            _change(names, entry.action, entity, entry.to or "")


def _merge(names: Names, entry: Override, found: list[dict[str, str]]) -> None:
    """Into the first name's entity, type group by type group; across groups where all names say theirs."""
    if all(len(split_kind(name)[0]) == 1 for name in entry.names):
        joined = [[entity for entities in found for entity in entities.values()]]
    else:
        joined = [[entities[kind] for entities in found if kind in entities] for kind in KINDS]
    if not any(len(entities) > 1 for entities in joined):
        kinds = " and ".join("/".join(entities) for entities in found)
        raise entry.error(
            f"they are of different types, {kinds}; to merge across types say which, as in `dataset:COCO`."
        )
    for to, *others in filter(None, joined):
        for entity in others:
            names.move(names.uses[entity] if entity != to else (), to)


def _split(names: Names, entry: Override, entities: Mapping[str, str]) -> None:
    """The spellings of a name leave an entity for the one with that name's own id."""
    name = split_kind(entry.names[0])[1]
    wanted, to = name_key(name), name_key(entry.to or name)
    leaving = {entity: names.uses[entity] & names.spelt[wanted] for entity in entities.values()}
    if not any(leaving.values()):
        raise entry.error(f"{name!r} is not among the names of {entry.names[1]!r}.")
    if any(leaving[entity] and entity == f"{kind}:{to}" for kind, entity in entities.items()):
        raise entry.error("it would get the same id again; say `as: NAME` with another name.")
    for kind, entity in entities.items():
        names.move(leaving[entity], f"{kind}:{to}")


def _change(names: Names, action: str, entity: str, to: str) -> None:
    if action == "rename":
        names.names[entity] = to
    elif action == "drop":
        names.move(names.uses[entity], None)
    else:
        id = f"{GROUPS[to]}:{entity.partition(':')[2]}"
        names.move(names.uses[entity] if id != entity else (), id)
        names.types[id] = to
