"""The numbers reported on a dataset: which model, in which metric, by which paper, in which words."""

from collections import Counter
from pathlib import Path

from kg.errors import InputError
from kg.explore.engine import Database, Row, connect, rows
from kg.explore.evidence import quote, read_papers
from kg.explore.resolve import Match, find
from kg.names import fold, singular, words

KINDS = ("absolute", "gain", "factor")
LOWER = frozenset((
    "ade", "ate", "bit", "bpc", "bpd", "brier", "cer", "complexity", "cost", "crps", "dcf", "der", "distance",
    "divergence", "ece", "eer", "emission", "energy", "epe", "error", "fad", "failure", "fde", "fid", "flop",
    "footprint", "fpr", "fvd", "hallucination", "kid", "latency", "loss", "lpips", "mac", "mae", "mape", "mase", "mcd",
    "mce", "memory", "minade", "mindcf", "minfde", "mpjpe", "mse", "negative", "nfe", "nll", "overhead", "parameter",
    "perplexity", "ppl", "regret", "rmse", "rpe", "runtime", "ter", "time", "toxicity", "vram", "wer",
))  # fmt: skip
"""Words in a metric's name that say: the lower, the better."""
HIGHER = frozenset((
    "accuracy", "correlation", "efficiency", "gain", "improvement", "precision", "recall", "reduction", "robustness",
    "saving", "speedup", "stability",
))  # fmt: skip
"""Words that turn it round again: the reduction of an error."""

# The ends of a number are edges; of several readings of one number the surest counts, as in the database.
REPORTED = """
WITH board AS (SELECT source AS number FROM edges WHERE type = 'ON' AND target = $dataset),
ends AS (
    SELECT d.source AS number, d.type AS edge, e.id, e.name FROM edges d SEMI JOIN board ON d.source = number
    JOIN entities e ON e.id = d.target WHERE d.type IN ('OF', 'IN')
),
readings AS (
    SELECT paper || '#' || start AS number, * EXCLUDE (number), results.number AS amount FROM results
    QUALIFY row_number() OVER (PARTITION BY paper, start ORDER BY score DESC, kind, value) = 1
)
SELECT r.kind, m.name AS model, m.id AS model_id, k.name AS metric, k.id AS metric_id, r.value, r.amount AS number,
    r.unit, r.paper, r.sentence_start AS start, r.sentence_end AS "end", r.score, r.by
FROM board JOIN readings r USING (number)
LEFT JOIN (FROM ends WHERE edge = 'OF') m USING (number) LEFT JOIN (FROM ends WHERE edge = 'IN') k USING (number)
WHERE $metric IS NULL OR k.id = $metric
"""


def leaderboard(folder: Path, dataset: str, *, metric: str | None = None) -> Row:
    """The numbers reported on a dataset, in one metric or in all.

    Returns:
        ``{id, name, type, metric, absolute: [row, …], gain: […], factor: […]}``; a row is ``{kind, model, model_id,
        metric, metric_id, better, value, number, unit, paper, title, date, sentence, start, end, score, by}``. Model
        and metric are None where the extractor found none in the sentence. The metrics with most numbers come first,
        and of each the commonest unit; within, the better number: ``better`` is ``lower`` or ``higher``, see
        :func:`better`. A gain or factor is the better the greater.

    Raises:
        UnknownNameError: nothing is called so.
        InputError: the name is not that of a dataset, or not that of a metric.
    """
    with connect(folder) as db:
        board = of_type(db, dataset, "Dataset")
        measure = of_type(db, metric, "Metric") if metric else None
        found = rows(db, REPORTED, dataset=board.id, metric=measure and measure.id)
        papers = read_papers(db, (row["paper"] for row in found))
    for row in found:
        row |= {"better": better(row["metric"] or ""), **quote(papers[row["paper"]], row["start"], row["end"])}
    often = Counter(group for row in found for group in groups(row))
    found.sort(key=lambda row: (row["metric"] is None, *([-often[group], group] for group in groups(row)), order(row)))
    kinds = {kind: [row for row in found if row["kind"] == kind] for kind in KINDS}
    return {"id": board.id, "name": board.name, "type": board.type, "metric": measure and measure.name, **kinds}


def groups(row: Row) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What a number can be compared with: those of its metric, and of these those of its unit."""
    metric = row["kind"], row["metric"] or ""
    return metric, (*metric, row["unit"] or "")


def order(row: Row) -> tuple[float, str, int]:
    """What the numbers of one metric and unit are sorted by: how good, then paper."""
    down = row["kind"] == "absolute" and row["better"] == "lower"
    return row["number"] if down else -row["number"], row["paper"], row["start"]


def better(metric: str) -> str:
    """``lower`` where a word of the metric's name says so (``LOWER``, none of ``HIGHER``), else ``higher``."""
    known = {singular(word).casefold() for word in words(fold(metric))}
    return "lower" if known & LOWER and not known & HIGHER else "higher"


def of_type(db: Database, name: str, type: str) -> Match:
    """The entity of this type that the name means.

    Raises:
        UnknownNameError: nothing is called so.
        InputError: only things of other types are.
    """
    (known,) = find(db, name)
    for match in known:
        if match.type == type:
            return match
    raise InputError(f"{name!r} is a {known[0].type} in this graph, not a {type}.")
