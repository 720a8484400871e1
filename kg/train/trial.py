"""A pipeline tried on the papers held out: how right it is, and how much the types of its tagger should weigh.

`kg_types` weighs the tagger's type of a name against what it has learnt of names itself. That part is not trained here,
so where a guideline types things otherwise than ours, the tagger must weigh more.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from spacy.language import Language

from kg.evaluate.judge import judge
from kg.evaluate.match import fit
from kg.evaluate.measure import measures
from kg.evaluate.paper import Gold
from kg.evaluate.predict import to_annotated, to_source
from kg.extract.annotate import annotate
from kg.papers import to_paper

Facts = dict[str, Any]
TYPES = "kg_types"
VOTES = (12.0, 30.0)


@dataclass(frozen=True, slots=True)
class Trial:
    """The figures after an epoch with a weight of the tagger's types; None where nothing else has a say in them."""

    epoch: int
    loss: float | None
    votes: float | None
    measures: Facts

    @property
    def f(self) -> float:
        """F1 of mentions, exact span and type."""
        return float(self.measures["span"]["f"])


def best_trial(nlp: Language, papers: Sequence[Gold], epoch: int, loss: float, own: float | None) -> Trial:
    """The best of the trials with the pipeline's own weight and with greater ones; the first of equals."""
    choices = (None,) if own is None else (own, *(votes for votes in VOTES if votes > own))
    trials = []
    for votes in choices:
        set_votes(nlp, votes)
        trials.append(Trial(epoch, loss, votes, measure(nlp, papers)))
    return max(trials, key=lambda trial: trial.f)


def measure(nlp: Language, papers: Sequence[Gold]) -> Facts:
    """The figures of `kg eval` for the whole pipeline."""
    found = [to_annotated(paper, annotate(nlp, to_paper(to_source(paper)))) for paper in papers]
    return measures([judge(paper.marked, fit(each, paper)) for paper, each in zip(papers, found, strict=True)])[0]


def votes_of(nlp: Language) -> float | None:
    return float(nlp.get_pipe_config(TYPES)["votes"]) if TYPES in nlp.pipe_names else None


def set_votes(nlp: Language, votes: float | None) -> None:
    if votes != votes_of(nlp):
        nlp.replace_pipe(TYPES, TYPES, config={"votes": votes})
