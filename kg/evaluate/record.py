"""Annotations in the shape that `kg extract` writes: entities with forms and offsets, relations between them."""

import re
from typing import Any

from kg.evaluate.fields import SLOTS, Item, part, to_place, to_score, to_scores, to_span, to_triple, to_type, value
from kg.evaluate.labels import NOTHING, UNKNOWN, Labels
from kg.evaluate.paper import Annotated, PaperEntity, PaperRelation, PaperResult, Span, normal


def read_record(item: Item, length: int, labels: Labels) -> tuple[Annotated, tuple[Span, ...]]:
    """What a record marks in a text of ``length`` characters, and the spans that may be anything.

    Raises:
        ValueError: something in it is missing or wrong; says what would be accepted.
    """
    rows = value(item, "entities", list)
    read = [part(f"entity {place}", to_entity, row, length, labels) for place, row in enumerate(rows)]
    places = [place for place, entity in enumerate(read) if entity.type not in (NOTHING, UNKNOWN)]
    marked = Annotated(
        tuple(read[place] for place in places),
        to_relations(item, read, places, labels) if has_relations(item, labels) else None,
        to_results(item, len(read), places) if item.get("results") is not None else None,
        roles=not rows or any("proposed" in row for row in rows),
    )
    return marked, tuple(span for entity in read if entity.type == UNKNOWN for span in entity.spans)


def has_relations(item: Item, labels: Labels) -> bool:
    """Whether relations that can be measured are marked."""
    return item.get("relations") is not None and bool(labels.relation_types)


def to_entity(row: Any, length: int, labels: Labels) -> PaperEntity:
    types = [value(row, "type", str), *(value(row, "types", list) if "types" in row else ())]
    names = [value(row, "name", str), *(value(row, "forms", list) if "forms" in row else ())]
    return PaperEntity(
        types=tuple(dict.fromkeys(to_type(label, labels) for label in types)),
        forms=frozenset(normal(name) for name in names if isinstance(name, str)),
        spans=tuple(to_span(span, length) for span in value(row, "mentions", list)),
        proposed=bool(row.get("proposed")),
        optional=bool(row.get("optional")),
        score=to_score(row.get("score")),
    )


def to_relations(item: Item, read: list[PaperEntity], places: list[int], labels: Labels) -> tuple[PaperRelation, ...]:
    """The relations between entities that are kept (``places``), with the places that these have then."""
    rows = value(item, "relations", list)
    found = []
    for number, (row, score) in enumerate(zip(rows, to_scores(item.get("relation_scores"), rows), strict=True)):
        head, label, tail = part(f"relation {number}", to_triple, row, len(read), labels)
        if {head, tail} <= {*places} and (said := labels.relation(label, read[head].type, read[tail].type)):
            ends = (tail, head) if said[1] else (head, tail)
            found.append(PaperRelation(places.index(ends[0]), said[0], places.index(ends[1]), score))
    return tuple(found)


def to_results(item: Item, count: int, places: list[int]) -> tuple[PaperResult, ...]:
    rows = value(item, "results", list)
    return tuple(part(f"result {at}", to_result, row, count, places) for at, row in enumerate(rows))


def to_result(row: Any, count: int, places: list[int]) -> PaperResult:
    """A reported number of a paper with ``count`` entities, of which those at ``places`` are kept."""
    found, score = figures(value(row, "value", str)), to_score(row.get("score"))
    named = {slot: to_place(slot, row[slot], count) for slot in SLOTS if row.get(slot) is not None}
    kept = {slot: places.index(place) for slot, place in named.items() if place in places}
    return PaperResult(found, score, kept if any(slot in row for slot in SLOTS) else None)


def figures(value: str) -> str:
    """Digits and points of a number as written, without a point at its end: ``+3.1`` and ``3.1%`` are both ``3.1``."""
    return re.sub(r"[^0-9.]", "", value).rstrip(".")
