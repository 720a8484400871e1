"""`kg eval`: annotated papers in, figures out."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from kg.errors import InputError
from kg.evaluate.calibration import calibration, curve
from kg.evaluate.gold import Reject, read_gold
from kg.evaluate.judge import judge
from kg.evaluate.known import to_labels
from kg.evaluate.match import fit
from kg.evaluate.measure import measures
from kg.evaluate.paper import Annotated
from kg.evaluate.predict import extract, read_predicted
from kg.extract.load import DEFAULT, model_digest
from kg.progress import Progress
from kg.records import Rejected

Facts = dict[str, Any]
NOTHING = Annotated(())


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What to measure: a model, or the file ``predicted`` that it wrote; ``labels`` as :func:`to_labels` takes them.

    Relations that score less than ``min_score`` are left out. ``limit`` is a number of papers of each set.
    """

    model: str = DEFAULT
    predicted: Path | None = None
    labels: str | None = None
    min_score: float = 0.0
    limit: int | None = None
    workers: int = 1
    strict: bool = False


def evaluate(gold: Sequence[str], options: Options, progress: Progress) -> Facts:
    """The figures of each set; plain data, for JSON. See docs/evaluating.md for its keys.

    Raises:
        InputError: a set or the model is missing, or nothing in a set can be used; or, with ``strict``, something
            cannot.
    """
    if options.predicted:
        by: Facts = {"predicted": str(options.predicted)}
    else:
        by = {"model": {"name": options.model, "digest": model_digest(options.model)}}
    return {**by, "min_score": options.min_score, "sets": [evaluate_set(path, options, progress) for path in gold]}


def evaluate_set(path: str, options: Options, progress: Progress) -> Facts:
    rejected: list[Rejected] = []
    reject = gate(rejected, strict=options.strict)
    papers = read_gold(path, to_labels(options.labels) if options.labels else None, reject, options.limit)
    if options.predicted:
        found = read_predicted(options.predicted, papers, reject)
    else:
        found = extract(papers, options.model, options.workers, progress)
    judged = [
        judge(paper.marked, fit(cut(each or NOTHING, options.min_score), paper))
        for paper, each in zip(papers, found, strict=True)
    ]
    whole, by_type = measures(judged)
    return {
        "gold": path,
        "papers": len(papers),
        "types": sorted({type_ for paper in papers for type_ in paper.labels.types.values()}),
        "measures": whole,
        "by_type": by_type,
        "calibration": calibration(judged),
        "curve": curve(judged),
        "unread": [paper.id for paper, each in zip(papers, found, strict=True) if each is None],
        "rejected": [{"file": each.file, "line": each.line, "reason": each.reason} for each in rejected],
    }


def gate(rejected: list[Rejected], *, strict: bool) -> Reject:
    """What puts each rejected line on a list, or with ``strict`` stops at the first."""

    def reject(each: Rejected) -> None:
        if strict:
            raise InputError(f"{each.file}, line {each.line}: {each.reason}. Stopped there.")
        rejected.append(each)

    return reject


def cut(found: Annotated, min_score: float) -> Annotated:
    """Without the relations that score less."""
    kept = (r for r in found.relations or () if r.score is None or r.score >= min_score)
    return replace(found, relations=tuple(kept))
