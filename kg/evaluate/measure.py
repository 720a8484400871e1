"""Precision, recall and F1 over papers, as a whole and by type, with confidence intervals.

Precision is the share of what was found that is right, recall the share of the gold that was found, F1 their harmonic
mean; 0 where there is nothing to divide by. ``n`` counts the gold.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.evaluate.judge import ANY, MEASURES, Judgement

Numbers = NDArray[np.float64]
Judged = dict[str, Judgement]
Facts = dict[str, Any]
BY_TYPE = ("span", "entity", "relation", "result_slot")
ROUNDS, SEED, LIMITS = 1000, 0, (2.5, 97.5)


def measures(papers: Sequence[Judged]) -> tuple[Facts, dict[str, Facts]]:
    """The figures of each measure, and of each type within those of :data:`BY_TYPE`."""
    rows = [counts(paper) for paper in papers]
    keys = sorted({key for row in rows for key in row})
    table = np.array([[row.get(key, (0, 0, 0)) for key in keys] for row in rows], dtype=np.float64)
    found = dict(zip(keys, with_intervals(table), strict=True))
    by_type = {name: {of: found[name, of] for of in types(keys, name)} for name in BY_TYPE if types(keys, name)}
    return {name: found[name, ANY] for name in MEASURES if (name, ANY) in found}, by_type


def types(keys: Sequence[tuple[str, str]], measure: str) -> list[str]:
    return [type_ for name, type_ in keys if name == measure and type_ != ANY]


def counts(paper: Judged) -> dict[tuple[str, str], tuple[int, int, int]]:
    """Right, wrong and missed for each measure as a whole and for each of its types."""
    found = {}
    for name, judgement in paper.items():
        inner = {each.type for each in judgement.found} | {*judgement.missed} if name in BY_TYPE else set()
        for type_ in {ANY, *inner}:
            given = [each.right for each in judgement.found if type_ in (ANY, each.type)]
            missed = len(judgement.missed) if type_ == ANY else judgement.missed.count(type_)
            found[name, type_] = (sum(given), len(given) - sum(given), missed)
    return found


def with_intervals(table: Numbers) -> list[Facts]:
    """Figures of each measure from counts ``(papers, measures, 3)``, each with its 95 % interval.

    The percentile bootstrap over papers (Efron and Tibshirani 1993, "An Introduction to the Bootstrap", chapter 13):
    the papers are drawn anew :data:`ROUNDS` times with replacement, and the middle 95 % of a figure are its interval.
    Seeded, so the same papers give the same interval.
    """
    total, size = table.sum(axis=0), len(table)
    draws = np.random.default_rng(SEED).multinomial(size, np.full(size, 1 / size), size=ROUNDS)
    spread = figures(np.tensordot(draws.astype(np.float64), table, 1))
    limits = np.percentile(spread, LIMITS, axis=0).transpose(1, 2, 0)
    return [
        to_facts(point, ends) | {"n": int(right + missed)}
        for point, ends, (right, _, missed) in zip(figures(total), limits, total, strict=True)
    ]


def to_facts(point: Numbers, ends: Numbers) -> Facts:
    named = {name: rounded(each) for name, each in zip("prf", point, strict=True)}
    return {**named, "ci": {name: [rounded(end) for end in each] for name, each in zip("prf", ends, strict=True)}}


def figures(table: Numbers) -> Numbers:
    """Counts ``(…, 3)`` of right, wrong and missed -> ``(…, 3)``: precision, recall, F1."""
    right, wrong, missed = np.moveaxis(table, -1, 0)
    precision, recall = share(right, right + wrong), share(right, right + missed)
    return np.stack([precision, recall, share(2 * precision * recall, precision + recall)], axis=-1)


def share(part: Numbers, whole: Numbers) -> Numbers:
    shares: Numbers = np.divide(part, whole, out=np.zeros_like(part), where=whole > 0)
    return shares


def rounded(number: float) -> float:
    return round(float(number), 4)
