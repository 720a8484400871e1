"""Which entity of a reader is which entity of a pipeline, and what a pipeline found cut down to what was looked for."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from kg.evaluate.paper import Annotated, Gold, PaperEntity, PaperRelation, Span, normal, overlap


def match(gold: Sequence[PaperEntity], found: Sequence[PaperEntity], *, typed: bool) -> dict[int, int]:
    """Place in ``found`` -> place in ``gold``, one to one: entities that share a name and, if ``typed``, the type.

    Greedy in the order of the paper; if not ``typed``, those of one type go first.
    """
    pairs: dict[int, int] = {}
    free = dict.fromkeys(range(len(gold)))
    for same_type in (True,) if typed else (True, False):
        for place, entity in enumerate(found):
            if place not in pairs:
                fits = (j for j in free if is_same(gold[j], entity, typed=same_type))
                if (other := next(fits, None)) is not None:
                    pairs[place] = other
                    del free[other]
    return pairs


def is_same(gold: PaperEntity, found: PaperEntity, *, typed: bool) -> bool:
    return (not typed or found.type in gold.types) and not gold.forms.isdisjoint(found.forms)


def fit(found: Annotated, gold: Gold) -> Annotated:
    """What a pipeline found, with the types as they are measured and without what the gold says nothing about.

    That is: types and relations that the set does not mark, and spans where anything may be right. Where the gold has
    an entity for each name, so has the result; a relation stays with the first name of its ends.
    """
    required = [span for entity in gold.marked.entities for span in entity.spans]
    entities: list[PaperEntity] = []
    place: dict[int, int] = {}
    for number, entity in enumerate(found.entities):
        spans = tuple(span for span in entity.spans if is_judged(span, required, gold.unknown))
        type_ = gold.labels.types.get(entity.type)
        if type_ and (spans or not entity.spans):
            place[number] = len(entities)
            kept = replace(entity, types=(type_,), spans=spans)
            entities += by_name(kept, gold.text) if gold.by_name else [kept]
    relations = (
        PaperRelation(place[r.head], r.type, place[r.tail], r.score)
        for r in found.relations or ()
        if r.head in place and r.tail in place and r.type in gold.labels.relation_types
    )
    return replace(found, entities=tuple(entities), relations=tuple(relations))


def is_judged(span: Span, required: Sequence[Span], unknown: Sequence[Span]) -> bool:
    """Whether it can be said of a found span if it is right."""
    touches_unknown = any(overlap(span, other) for other in unknown)
    return not touches_unknown or any(overlap(span, other) for other in required)


def by_name(entity: PaperEntity, text: str) -> list[PaperEntity]:
    """An entity for each of its names."""
    spans: dict[str, list[Span]] = defaultdict(list)
    for start, end in entity.spans:
        spans[normal(text[start:end]) or text[start:end]].append((start, end))
    return [replace(entity, forms=frozenset((name,)), spans=tuple(each)) for name, each in spans.items()]
