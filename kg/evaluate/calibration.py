"""What scores are worth: precision and recall along them, and whether they mean what they say."""

from collections.abc import Sequence

import numpy as np

from kg.evaluate.judge import Finding
from kg.evaluate.measure import Facts, Judged, figures, rounded

ALONG = ("entity", "relation", "result_value")
SCORED = ("span", "entity", "entity_untyped", "relation", "result_value")
CUTS = tuple(step / 20 for step in range(20))
BINS = 10


def curve(papers: Sequence[Judged]) -> list[Facts]:
    """Precision, recall and F1 of :data:`ALONG` when only what scores at least each of :data:`CUTS` is kept."""
    found = {name: rows for name in ALONG if (rows := scored(papers, name))}
    gold = {name: size(papers, name) for name in found}
    return [{"score": low, **{name: above(low, found[name], gold[name]) for name in found}} for low in CUTS]


def size(papers: Sequence[Judged], name: str) -> int:
    """How much gold a measure has."""
    judged = [paper[name] for paper in papers if name in paper]
    return sum(len(each.missed) + sum(finding.right for finding in each.found) for each in judged)


def above(low: float, found: Sequence[tuple[float, Finding]], gold: int) -> Facts:
    kept = [finding.right for score, finding in found if score >= low]
    right = sum(kept)
    point = figures(np.array([right, len(kept) - right, gold - right], dtype=np.float64))
    return {name: rounded(each) for name, each in zip("prf", point, strict=True)}


def calibration(papers: Sequence[Judged]) -> Facts:
    """For each of :data:`SCORED` the expected calibration error, and the bins behind it.

    Findings are put into ten bins of their score; the error is the distance between mean score and share of right ones
    in a bin, averaged over all findings (Naeini, Cooper and Hauskrecht 2015, "Obtaining Well Calibrated Probabilities
    Using Bayesian Binning").
    """
    return {name: calibrated(found) for name in SCORED if (found := scored(papers, name))}


def calibrated(found: Sequence[tuple[float, Finding]]) -> Facts:
    bins: dict[int, list[tuple[float, bool]]] = {}
    for score, finding in found:
        bins.setdefault(min(int(score * BINS), BINS - 1), []).append((score, finding.right))
    rows = [(number / BINS, len(bins[number]), *np.mean(bins[number], axis=0)) for number in sorted(bins)]
    error = sum(n * abs(score - right) for _, n, score, right in rows) / len(found)
    inside = [{"from": low, "n": n, "score": rounded(score), "right": rounded(right)} for low, n, score, right in rows]
    return {"error": rounded(error), "bins": inside}


def scored(papers: Sequence[Judged], name: str) -> list[tuple[float, Finding]]:
    """The findings of a measure with their scores; none when one has no score."""
    found = [finding for paper in papers if name in paper for finding in paper[name].found]
    rows = [(finding.score, finding) for finding in found if finding.score is not None]
    return rows if len(rows) == len(found) else []
