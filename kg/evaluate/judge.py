"""One paper judged: what of it a pipeline has right, what wrong, and what it missed.

Border cases of the gold (``optional``) cost nothing: found or missed, they are not counted.

``span``
    a mention with the exact span and the type.
``span_relaxed``
    a mention that overlaps one of the same type.
``entity``
    an entity of the paper: the type and a common name, one to one (:func:`kg.evaluate.match.match`).
``entity_untyped``
    the same for any type.
``relation``
    both ends are the right entities, of whatever type, and the relation has the right type.
``relation_untyped``
    the same for any type of relation.
``proposed``
    an entity that the paper introduces.
``result_value``
    the figures of a reported number.
``result_slot``
    the entity that is the subject, dataset or metric of a number that the gold has too.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial

from kg.evaluate.match import match
from kg.evaluate.paper import Annotated, overlap

Triple = tuple[int, str, int]
ANY = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a pipeline found: its type, how sure the pipeline was, and whether it is right."""

    type: str
    score: float | None
    right: bool


@dataclass(frozen=True, slots=True)
class Judgement:
    """What was found, and the types of what was missed."""

    found: list[Finding] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)


def judge(gold: Annotated, found: Annotated) -> dict[str, Judgement]:
    """A judgement for each measure that the gold allows."""
    return {name: measure(gold, found) for name, measure in MEASURES.items() if is_marked(gold, name)}


def is_marked(gold: Annotated, measure: str) -> bool:
    """Whether the reader looked for what is measured."""
    if measure.startswith("relation"):
        return gold.relations is not None
    if measure == "result_slot":
        return any(result.slots is not None for result in gold.results or ())
    return {"proposed": gold.roles, "result_value": gold.results is not None}.get(measure, True)


def spans(gold: Annotated, found: Annotated) -> Judgement:
    at = {span: entity for entity in gold.entities for span in entity.spans}
    judged, hit = Judgement(), set()
    for entity in found.entities:
        for span in entity.spans:
            other = at.get(span)
            if other is None or not other.optional:
                right = other is not None and entity.type in other.types
                judged.found.append(Finding(entity.type, entity.score, right))
                hit.update([span] * right)
    judged.missed.extend(entity.type for span, entity in at.items() if not entity.optional and span not in hit)
    return judged


def relaxed_spans(gold: Annotated, found: Annotated) -> Judgement:
    wanted = [(span, entity) for entity in gold.entities for span in entity.spans]
    given = [(span, entity) for entity in found.entities for span in entity.spans]
    judged = Judgement()
    for span, entity in given:
        near = [other for at, other in wanted if overlap(span, at)]
        right = any(entity.type in other.types and not other.optional for other in near)
        if right or not any(other.optional for other in near):
            judged.found.append(Finding(entity.type, entity.score, right))
    for at, other in wanted:
        if not other.optional and not any(overlap(at, span) and entity.type in other.types for span, entity in given):
            judged.missed.append(other.type)
    return judged


def entities(gold: Annotated, found: Annotated, *, typed: bool = True) -> Judgement:
    pairs = match(gold.entities, found.entities, typed=typed)
    judged, hit = Judgement(), set(pairs.values())
    for place, entity in enumerate(found.entities):
        if not (gold.entities[pairs[place]] if place in pairs else entity).optional:
            judged.found.append(Finding(entity.type, entity.score, place in pairs))
    judged.missed.extend(e.type for place, e in enumerate(gold.entities) if not e.optional and place not in hit)
    return judged


def relations(gold: Annotated, found: Annotated, *, typed: bool = True) -> Judgement:
    pairs = match(gold.entities, found.entities, typed=False)
    wanted = {(r.head, r.type if typed else ANY, r.tail) for r in gold.relations or ()}
    given: dict[Triple, float | None] = {}
    for r in found.relations or ():
        # An end that is no entity of the gold is nothing but itself: -1 and below.
        triple = pairs.get(r.head, -1 - r.head), r.type if typed else ANY, pairs.get(r.tail, -1 - r.tail)
        given[triple] = max(filter(None, (r.score, given.get(triple))), default=r.score)
    return Judgement(
        [Finding(triple[1], score, triple in wanted) for triple, score in given.items()],
        [triple[1] for triple in sorted(wanted - given.keys())],
    )


def proposed(gold: Annotated, found: Annotated) -> Judgement:
    pairs = match(gold.entities, found.entities, typed=True)
    given = {place: entity for place, entity in enumerate(found.entities) if entity.proposed}
    wanted = {place: entity for place, entity in enumerate(gold.entities) if entity.proposed}
    return Judgement(
        [Finding(entity.type, None, pairs.get(place) in wanted) for place, entity in given.items()],
        [wanted[place].type for place in sorted(wanted.keys() - {pairs.get(place) for place in given})],
    )


def results(gold: Annotated, found: Annotated) -> Judgement:
    left = Counter(result.figures for result in gold.results or ())
    judged = Judgement()
    for result in found.results or ():
        judged.found.append(Finding(ANY, result.score, left[result.figures] > 0))
        left[result.figures] -= left[result.figures] > 0
    judged.missed.extend([ANY] * left.total())
    return judged


def result_slots(gold: Annotated, found: Annotated) -> Judgement:
    pairs = match(gold.entities, found.entities, typed=False)
    left = Counter(
        (result.figures, slot, place) for result in gold.results or () for slot, place in (result.slots or {}).items()
    )
    reported = {result.figures for result in gold.results or ()}
    judged = Judgement()
    for result in found.results or ():
        for slot, place in (result.slots or {}).items() if result.figures in reported else ():
            filled = result.figures, slot, pairs.get(place, -1)
            judged.found.append(Finding(slot, None, left[filled] > 0))
            left[filled] -= left[filled] > 0
    judged.missed.extend(slot for _, slot, _ in left.elements())
    return judged


MEASURES: Mapping[str, Callable[[Annotated, Annotated], Judgement]] = {
    "span": spans,
    "span_relaxed": relaxed_spans,
    "entity": entities,
    "entity_untyped": partial(entities, typed=False),
    "relation": relations,
    "relation_untyped": partial(relations, typed=False),
    "proposed": proposed,
    "result_value": results,
    "result_slot": result_slots,
}
