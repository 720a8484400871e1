"""`kg train`: annotated papers in, a pipeline folder out."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from kg.errors import InputError
from kg.evaluate.gold import Reject, read_gold
from kg.evaluate.labels import OURS
from kg.evaluate.paper import Gold
from kg.evaluate.run import gate
from kg.progress import Progress
from kg.records import Rejected
from kg.train.examples import marked, to_example
from kg.train.folder import check, open_pipeline, write_pipeline
from kg.train.tagger import Schedule, epochs
from kg.train.trial import Trial, best_trial, measure, set_votes, votes_of

Facts = dict[str, Any]
FEWEST, MOST_HELD = 10, 200
# Fit to 200 annotated abstracts, of which 40 chose: batches of a paper or two, so that few papers make steps enough.
RATE, WARM_UP, WORDS, MOST_WORDS = 6e-4, 10, 250, 1000
# Our types; relations are not trained, and so are not read.
TYPES = replace(OURS, relations={})


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """``dev`` is a file to choose the best epoch on; if there is none, a fifth of the papers is held out for it."""

    model: str = "fast"
    epochs: int = 8
    dev: str | None = None
    seed: int = 0
    strict: bool = False


def train(gold: Sequence[str], out: Path, options: Options, progress: Progress) -> Facts:
    """Fine-tunes the entity tagger of a pipeline and writes the pipeline to ``out``; what it did as plain data.

    Kept is the epoch that finds mentions best (F1 of ``span``) in the papers held out, the whole pipeline run over
    them; epoch 0 is the pipeline as it was, so on those papers the result is never worse.

    Raises:
        InputError: there are no or too few annotated papers, the model cannot be fine-tuned, ``out`` holds something
            else; or, with ``strict``, a line cannot be used.
    """
    check(out)
    nlp, tagger = open_pipeline(options.model)
    rejected: list[Rejected] = []
    learnt, held = split(gold, options, gate(rejected, strict=options.strict))
    examples = [to_example(nlp, paper.text, marked(paper)) for paper in learnt]
    own = votes_of(nlp)
    best = Trial(0, None, own, measure(nlp, held))
    trials, weights = [best], tagger.model.to_bytes()
    schedule = Schedule(epochs=options.epochs, rate=RATE, warm_up=WARM_UP, words=WORDS, most=MOST_WORDS)
    for epoch, loss in enumerate(epochs(tagger, examples, schedule, options.seed, progress), 1):
        trials.append(best_trial(nlp, held, epoch, loss, own))
        if trials[-1].f > best.f:
            best, weights = trials[-1], tagger.model.to_bytes()
    tagger.model.from_bytes(weights)
    set_votes(nlp, best.votes)
    facts = {"model": options.model, "seed": options.seed, "papers": len(learnt), "held_out": len(held)}
    write_pipeline(nlp, out, {**facts, "epoch": best.epoch, "f": best.f})
    return {
        **facts,
        "best": best.epoch,
        "epochs": [{"epoch": each.epoch, "loss": each.loss, "f": each.f, "votes": each.votes} for each in trials],
        "before": trials[0].measures,
        "after": best.measures,
        "rejected": [{"file": each.file, "line": each.line, "reason": each.reason} for each in rejected],
    }


def split(gold: Sequence[str], options: Options, reject: Reject) -> tuple[list[Gold], list[Gold]]:
    """The papers to learn from, and those to choose the best epoch on.

    Raises:
        InputError: there are none, too few, or nothing is marked in them.
    """
    papers = [paper for path in gold for paper in read_gold(path, TYPES, reject)]
    if options.dev:
        held = read_gold(options.dev, TYPES, reject)
    else:
        random.Random(options.seed).shuffle(papers)
        size = min(MOST_HELD, len(papers) // 5)
        held, papers = papers[:size], papers[size:]
    for name, part in (("to learn from", papers), ("held out", held)):
        if not any(entity.spans and not entity.optional for paper in part for entity in paper.marked.entities):
            raise InputError(f"Nothing is marked in the {len(part)} papers {name}. Annotate more of them.")
    if len(papers) < FEWEST:
        rest = "" if options.dev else ", besides the fifth that is held out"
        raise InputError(f"Only {len(papers)} annotated papers to learn from; it takes {FEWEST}{rest}.")
    return papers, held
