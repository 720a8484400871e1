"""The parts of an annotated paper as a file gives them, checked; every ValueError says what would be accepted."""

from collections.abc import Callable, Sequence
from typing import Any, TypeGuard, TypeVar

from kg.evaluate.labels import OURS, Labels
from kg.evaluate.paper import Span

Item = dict[str, Any]
T = TypeVar("T")
SLOTS = ("subject", "dataset", "metric")  # what a reported number is about
KINDS: dict[type, str] = {str: "a text", list: "a list", int: "a whole number"}


def value(item: Any, key: str, kind: type) -> Any:
    """The value of a key, which must be of that kind."""
    if not isinstance(item, dict):
        raise ValueError(f"{item!r:.40} is no JSON object")
    if key not in item:
        raise ValueError(f"no {key}, which must be {KINDS[kind]}")
    if not isinstance(item[key], kind):
        raise ValueError(f"{key} must be {KINDS[kind]}, not {item[key]!r:.40}")
    return item[key]


def part(name: str, read: Callable[..., T], *given: Any) -> T:
    """What ``read`` makes of one part of a paper; an error names the part."""
    try:
        return read(*given)
    except ValueError as error:
        raise ValueError(f"{name}: {error}") from None


def to_type(label: Any, labels: Labels) -> str:
    """The type that a label says, as it is measured."""
    if not isinstance(label, str) or label not in labels.entities:
        advice = "" if labels is not OURS else ", or say what it means with --labels"
        raise ValueError(f"unknown type {label!r}; known are {', '.join(labels.entities)}{advice}")
    return labels.entities[label]


def to_span(span: Any, length: int) -> Span:
    """Start and end in a text of that length."""
    if not isinstance(span, list) or len(span) != 2 or not all(type(end) is int for end in span):
        raise ValueError(f"{span!r:.40} is not [start, end]")
    start, end = span
    if not 0 <= start < end <= length:
        raise ValueError(f"[{start}, {end}] is no span of the text, which goes from 0 to {length}")
    return start, end


def to_triple(row: Any, count: int, labels: Labels) -> tuple[int, str, int]:
    """Head, label and tail of a relation between two of ``count`` entities."""
    if not isinstance(row, list) or len(row) != 3 or not all(is_place(end, count) for end in row[::2]):
        raise ValueError(f"{row!r:.60} is not [head, type, tail] with the places of two of the {count} entities")
    return row[0], to_relation(row[1], labels), row[2]


def is_place(place: Any, count: int) -> TypeGuard[int]:
    """Whether this is the place of one of ``count`` entities."""
    return type(place) is int and 0 <= place < count


def to_place(slot: str, place: Any, count: int) -> int:
    """The place of the entity that a number is about."""
    if not is_place(place, count):
        raise ValueError(f"{slot} must be the place of one of the {count} entities or null, not {place!r:.40}")
    return place


def to_relation(label: Any, labels: Labels) -> str:
    if not isinstance(label, str) or label not in labels.relations:
        known = ", ".join(labels.relations)
        raise ValueError(f"unknown type {label!r:.40}; known are {known}, or leave it out with --labels {label}=")
    return label


def to_score(score: Any) -> float | None:
    if score is None or (isinstance(score, int | float) and 0 <= score <= 1):
        return score
    raise ValueError(f"score must lie between 0 and 1, not {score!r:.40}")


def to_scores(scores: Any, rows: Sequence[Any]) -> list[float | None]:
    """One score for each row; none of them when there is no list."""
    if scores is None:
        return [None] * len(rows)
    if not isinstance(scores, list) or len(scores) != len(rows):
        raise ValueError(f"relation_scores must be a list of {len(rows)}, one for each relation")
    return [to_score(score) for score in scores]
