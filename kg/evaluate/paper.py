"""What one paper holds, by a reader or by a pipeline, in the form in which the two are compared."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from kg.evaluate.labels import Labels

Span = tuple[int, int]
# Trailing words that only say what kind of thing a name is.
HEADS = frozenset((
    "algorithm", "approach", "benchmark", "corpus", "dataset", "framework", "method", "metric", "model", "network",
    "score", "task", "technique",
))  # fmt: skip


@dataclass(frozen=True, slots=True)
class PaperEntity:
    """One thing that a paper names.

    ``types`` are its own type and after it those that are right as well, ``forms`` its names as :func:`normal` has
    them. ``optional`` marks a border case: found is right, missed is no fault.
    """

    types: tuple[str, ...]
    forms: frozenset[str]
    spans: tuple[Span, ...]
    proposed: bool = False
    optional: bool = False
    score: float | None = None

    @property
    def type(self) -> str:
        return self.types[0]


@dataclass(frozen=True, slots=True)
class PaperRelation:
    """``head`` and ``tail`` are places in the paper's entities."""

    head: int
    type: str
    tail: int
    score: float | None = None


@dataclass(frozen=True, slots=True)
class PaperResult:
    """A reported number; ``figures`` are its digits and points, without sign and unit.

    ``slots`` say which of the paper's entities (by place) is its subject, dataset or metric; None where nobody looked.
    """

    figures: str
    score: float | None = None
    slots: Mapping[str, int] | None = None


@dataclass(frozen=True, slots=True)
class Annotated:
    """All that is marked in one paper; None (and no ``roles``) where nobody looked for it."""

    entities: tuple[PaperEntity, ...]
    relations: tuple[PaperRelation, ...] | None = None
    results: tuple[PaperResult, ...] | None = None
    roles: bool = False


@dataclass(frozen=True, slots=True)
class Gold:
    """A paper that a reader has annotated.

    ``source`` is ``file:line``. Spans count characters of ``text``. What lies in ``unknown`` spans may be right or
    wrong. ``by_name`` says that every name is an entity of its own, because the reader did not join names.
    """

    id: str
    title: str
    abstract: str
    source: str
    labels: Labels
    marked: Annotated
    unknown: tuple[Span, ...] = field(default=())
    by_name: bool = False

    @property
    def text(self) -> str:
        return f"{self.title}\n{self.abstract}"


@lru_cache(maxsize=50_000)
def normal(name: str) -> str:
    """A name without case, bracketed parts, signs other than ``+``, plural s and trailing heads (:data:`HEADS`).

    Looser than :func:`kg.names.key`, and by intent not the same function: the linker is not its own judge.
    """
    found = re.findall(r"[a-z0-9+]+", re.sub(r"\([^)]*\)", " ", name.lower()))
    words = [word[:-1] if len(word) > 3 and word.endswith("s") and word[-2] != "s" else word for word in found]
    while len(words) > 1 and words[-1] in HEADS:
        words.pop()
    return "".join(words)


def overlap(a: Span, b: Span) -> bool:
    return a[0] < b[1] and b[0] < a[1]
