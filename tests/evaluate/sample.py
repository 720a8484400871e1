"""One annotated paper and what a poor pipeline makes of it; every figure in the tests is counted by hand from these."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

Row = dict[str, Any]
TITLE = "Lanternfish: Slow Attention for Tidal Maps"
ABSTRACT = (
    "We propose Lanternfish, a variant of the Kelp transformer. Lanternfish reaches an accuracy of 71.5% on TideBench, "
    "3.2 points more than Kelp. Large models are slow."
)
TEXT = f"{TITLE}\n{ABSTRACT}"


def places(form: str, text: str = TEXT) -> Iterator[tuple[int, int]]:
    """Where a form stands."""
    at = text.find(form)
    while at >= 0:
        yield at, at + len(form)
        at = text.find(form, at + 1)


def entity(type: str, *forms: str, **more: Any) -> Row:
    """An entity with a mention wherever one of its forms stands, but not inside a longer one of them."""
    mentions: list[tuple[int, int]] = []
    for form in sorted(forms, key=len, reverse=True):
        mentions += [at for at in places(form) if not any(a <= at[0] and at[1] <= b for a, b in mentions)]
    listed = [[*at] for at in sorted(mentions)]
    return {"type": type, "name": forms[0], "forms": [*forms], "mentions": listed, "proposed": False, **more}


def gold() -> Row:
    return {
        "id": "lantern",
        "title": TITLE,
        "abstract": ABSTRACT,
        "entities": [
            entity("Model", "Lanternfish", proposed=True),
            entity("Model", "Kelp transformer", "Kelp"),
            entity("Metric", "accuracy"),
            entity("Dataset", "TideBench"),
            entity("Model", "Large models", optional=True),
        ],
        "relations": [[0, "BASED_ON", 1], [0, "EVALUATED_ON", 3], [0, "OUTPERFORMS", 1], [0, "MEASURED_BY", 2]],
        "results": [
            {"value": "71.5%", "subject": 0, "dataset": 3, "metric": 2},
            {"value": "+3.2 points", "subject": 0, "dataset": 3, "metric": None},
        ],
    }


def found() -> Row:
    """Wrong: Lanternfish's type, the span of the first Kelp, the subject, Tidal Maps, USES, 3. Missed: accuracy."""
    return {
        "id": "lantern",
        "title": TITLE,
        "abstract": ABSTRACT,
        "entities": [
            entity("Method", "Lanternfish", proposed=True, score=0.95),
            entity("Model", "Kelp", score=0.85),
            entity("Dataset", "TideBench", score=0.95),
            entity("Task", "Tidal Maps", score=0.35),
            entity("Model", "Large models", score=0.35),
        ],
        "relations": [[0, "BASED_ON", 1], [0, "EVALUATED_ON", 2], [0, "USES", 1]],
        "relation_scores": [0.8, 0.6, 0.4],
        "results": [
            {"value": "71.5 %", "subject": 1, "dataset": 2, "metric": None, "score": 0.9},
            {"value": "3", "subject": 0, "score": 0.6},
        ],
    }


def write(path: Path, rows: Iterable[Row | str]) -> str:
    """A file of JSON lines."""
    path.write_text(
        "".join((row if isinstance(row, str) else json.dumps(row)) + "\n" for row in rows), encoding="utf-8"
    )
    return str(path)
