"""Annotations in the shape of most public sets: a text, and spans with a label.

``char_spans`` are ``[start, end, label]`` in characters of ``text``. ``relations`` are ``[head start, head end, tail
start, tail end, label]`` in the tokens that ``spans`` count, which stand in the order of ``char_spans``. Nobody joined
names here, so each name is an entity. Of spans one in another only the longest must be found; two labels on one span
are both right.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from kg.evaluate.fields import Item, part, to_relation, to_span, to_type, value
from kg.evaluate.labels import NOTHING, UNKNOWN, Labels
from kg.evaluate.paper import Annotated, PaperEntity, PaperRelation, Span, normal
from kg.evaluate.record import has_relations

Labelled = tuple[Span, str]


def read_spans(item: Item, labels: Labels) -> tuple[Annotated, tuple[Span, ...]]:
    """What is marked in the text, and the spans that may be anything.

    Offsets are those of a paper without a title, which begins with a line break.

    Raises:
        ValueError: something is missing or wrong; says what would be accepted.
    """
    length = len(value(item, "text", str))
    rows = enumerate(value(item, "char_spans", list))
    read = [part(f"span {place}", to_labelled, row, length, labels) for place, row in rows]
    entities = by_name(item["text"], [(span, type_) for span, type_ in read if type_ not in (NOTHING, UNKNOWN)])
    relations = None
    if has_relations(item, labels):
        relations = to_relations(item, [span for span, _ in read], entities, labels)
    return Annotated(entities, relations), tuple(span for span, type_ in read if type_ == UNKNOWN)


def to_labelled(row: Any, length: int, labels: Labels) -> Labelled:
    if not isinstance(row, list) or len(row) != 3:
        raise ValueError(f"{row!r:.60} is not [start, end, label]")
    start, end = to_span(row[:2], length)
    return (start + 1, end + 1), to_type(row[2], labels)


def by_name(text: str, marked: Iterable[Labelled]) -> tuple[PaperEntity, ...]:
    """One entity for each name of each type; what only stands inside longer spans is optional, and comes last."""
    types: dict[Span, list[str]] = defaultdict(list)
    for span, type_ in marked:
        types[span] += [type_] * (type_ not in types[span])
    groups: dict[tuple[bool, str, tuple[str, ...]], list[Span]] = defaultdict(list)
    for span in types:
        name = text[span[0] - 1 : span[1] - 1]
        is_inner = any(a <= span[0] and span[1] <= b and (a, b) != span for a, b in types)
        groups[is_inner, normal(name) or name, tuple(types[span])].append(span)
    return tuple(
        PaperEntity(types=of, forms=frozenset((name,)), spans=tuple(spans), optional=is_inner)
        for (is_inner, name, of), spans in sorted(groups.items(), key=lambda group: group[0][0])
    )


def to_relations(
    item: Item, spans: list[Span], entities: tuple[PaperEntity, ...], labels: Labels
) -> tuple[PaperRelation, ...]:
    """The relations whose ends are entities and that the graph has a type for."""
    tokens = [part("spans", to_tokens, row) for row in value(item, "spans", list)]
    if len(tokens) != len(spans):
        raise ValueError(f"{len(tokens)} spans beside {len(spans)} char_spans; both must list the same")
    place = {span: number for number, entity in enumerate(entities) for span in entity.spans}
    places = {token: place.get(span, -1) for token, span in zip(tokens, spans, strict=True)}
    found = []
    for number, row in enumerate(value(item, "relations", list)):
        head, label, tail = part(f"relation {number}", to_ends, row, places, labels)
        if min(head, tail) >= 0 and (said := labels.relation(label, entities[head].type, entities[tail].type)):
            ends = (tail, head) if said[1] else (head, tail)
            found.append(PaperRelation(ends[0], said[0], ends[1]))
    return tuple(dict.fromkeys(found))


def to_ends(row: Any, places: dict[Span, int], labels: Labels) -> tuple[int, str, int]:
    """Head entity, label and tail entity; -1 for an end whose label says nothing."""
    if not isinstance(row, list) or len(row) != 5:
        raise ValueError(f"{row!r:.60} is not [head start, head end, tail start, tail end, label]")
    head, tail = to_tokens(row[:2]), to_tokens(row[2:4])
    if missing := {head, tail} - places.keys():
        raise ValueError(f"tokens {[*missing.pop()]} are none of the spans")
    return places[head], to_relation(row[4], labels), places[tail]


def to_tokens(row: Any) -> Span:
    if not isinstance(row, list) or len(row) < 2 or not all(type(end) is int for end in row[:2]):
        raise ValueError(f"{row!r:.60} does not begin with [start, end]")
    return row[0], row[1]
