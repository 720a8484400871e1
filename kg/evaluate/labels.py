"""From the labels of a set of annotations to the types of the graph, and which of these types the set marks at all.

Written ``LABEL=TYPE, LABEL=TYPE, …``, commas or line breaks between, ``#`` before a remark:

``Material=Dataset``
    the label is that type.
``Method=Method/Model``
    the label covers both types, so the two are measured as one.
``Generic=``
    nothing that counts: what a pipeline finds there is wrong.
``product=?``
    may be anything: what a pipeline finds there counts neither way.
``Part-Of=~USES``
    a relation of that type; ``~`` turns it round. Of several (``A/~B``) the first that may join its ends.

A type that no label leads to is not marked by the set, so what is found of it counts neither way. Without a label for
a relation, relations are called as in the graph.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from kg.errors import InputError
from kg.types import ENTITY_TYPES, PAIRS

NOTHING, UNKNOWN = "", "?"
RELATION_TYPES = tuple(
    type_ for type_, pairs in PAIRS.items() if pairs[0][0] in ENTITY_TYPES and type_ != "CO_MENTIONED_WITH"
)


@dataclass(frozen=True, slots=True)
class Labels:
    """``entities`` and ``relations`` lead from a label to what it says; ``types`` from a type of the graph to the type
    that is measured (several may share one), without those that the set does not mark.
    """

    entities: Mapping[str, str]
    relations: Mapping[str, tuple[str, ...]]
    types: Mapping[str, str]

    def relation(self, label: str, head: str, tail: str) -> tuple[str, bool] | None:
        """The relation that a label says between two measured types, and whether it is turned round; None if none.

        A label that is a type of the graph itself is taken as it stands, whatever it joins.

        Raises:
            KeyError: the label is unknown.
        """
        if self.relations[label] == (label,):
            return label, False
        for option in self.relations[label]:
            type_, is_turned = option.removeprefix("~"), option.startswith("~")
            ends = (tail, head) if is_turned else (head, tail)
            if any((a, b) in PAIRS[type_] for a in ends[0].split("/") for b in ends[1].split("/")):
                return type_, is_turned
        return None

    @property
    def relation_types(self) -> frozenset[str]:
        return frozenset(option.removeprefix("~") for options in self.relations.values() for option in options)


OURS = Labels(
    {type_: type_ for type_ in ENTITY_TYPES},
    {type_: (type_,) for type_ in RELATION_TYPES},
    {type_: type_ for type_ in ENTITY_TYPES},
)


def parse(text: str) -> Labels:
    """Labels as they are written; see the module."""
    rows = dict(map(_row, filter(str.strip, re.split(r"[,\n]", re.sub(r"#.*", "", text)))))
    relations = {label: _relations(options) for label, options in rows.items() if _is_relation(options)}
    groups = {label: _types(label, options) for label, options in rows.items() if label not in relations}
    types: dict[str, str] = {}
    for group in sorted(groups.values(), key=len, reverse=True):
        together = "/".join(group)
        for type_ in group:
            if len(group) > 1 and types.setdefault(type_, together) != together:
                raise InputError(f"Labels: {type_} stands in {types[type_]} and in {together}; make it one of them.")
            types.setdefault(type_, type_)
    entities = {label: types[group[0]] if group else rows[label][0] for label, group in groups.items()}
    dropped = {label: () for label, options in rows.items() if options == [NOTHING]}
    return Labels(entities, {**dropped, **(relations or OURS.relations)}, types)


def _row(line: str) -> tuple[str, list[str]]:
    label, sign, value = map(str.strip, line.partition("="))
    if not sign or not label:
        raise InputError(f"Labels: {line.strip()!r} is not of the form LABEL=TYPE.")
    return label, [part.strip() for part in value.split("/")]


def _is_relation(options: list[str]) -> bool:
    return options[0].removeprefix("~") in RELATION_TYPES


def _relations(options: list[str]) -> tuple[str, ...]:
    for option in options:
        if option.removeprefix("~") not in RELATION_TYPES:
            raise InputError(f"Labels: {option!r} is no relation type. These are: {', '.join(RELATION_TYPES)}.")
    return tuple(options)


def _types(label: str, options: list[str]) -> tuple[str, ...]:
    """The types that a label covers, in the order of the schema; none where it says nothing or anything."""
    if options in ([NOTHING], [UNKNOWN]):
        return ()
    if unknown := [option for option in options if option not in ENTITY_TYPES]:
        known = ", ".join((*ENTITY_TYPES, *RELATION_TYPES))
        raise InputError(f"Labels: {unknown[0]!r}, given for {label!r}, is no type. These are: {known}.")
    return tuple(type_ for type_ in ENTITY_TYPES if type_ in options)
