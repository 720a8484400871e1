"""Training the entity tagger from where it stands, for `kg train`.

Adam with averaged weights (Kingma and Ba 2015; Polyak and Juditsky 1992), a linear warm-up and decay of the learning
rate, batches that grow. One thread and one seed: the same examples give the same weights.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.training import Example
from thinc.api import Adam, fix_random_seed

from kg.extract.entities import EntityTagger, blas
from kg.progress import Progress


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """``rate`` is the highest learning rate, reached after ``warm_up`` batches. Batches hold ``words`` words at first
    and grow by the factor ``growth`` an epoch, up to ``most``.
    """

    epochs: int
    rate: float
    warm_up: int
    words: int = 500
    growth: float = 1.35
    most: int = 2000
    dropout: float = 0.2

    def at(self, step: int, done: float) -> float:
        """The learning rate of a batch by its number, from 0, and the share of all words that came before it."""
        return self.rate * max(0.02, 1 - done) * min(1, (step + 1) / self.warm_up)


def epochs(
    tagger: EntityTagger, examples: Sequence[Example], schedule: Schedule, seed: int, progress: Progress
) -> Iterator[float]:
    """Trains epoch by epoch and gives the loss of each; meanwhile the tagger has the averaged weights."""
    fix_random_seed(seed)
    rng, examples = random.Random(seed), list(examples)
    optimizer = Adam(schedule.rate, L2=0.01, use_averages=True, grad_clip=1.0, L2_is_weight_decay=True)
    total = schedule.epochs * sum(len(each.reference) for each in examples)
    seen = step = 0
    for epoch in range(schedule.epochs):
        rng.shuffle(examples)
        losses: dict[str, float] = {}
        for batch in batches(examples, min(schedule.most, schedule.words * schedule.growth**epoch)):
            optimizer.learn_rate = schedule.at(step, seen / total)
            with blas().limit(limits=1, user_api="blas"):
                tagger.update(batch, drop=schedule.dropout, sgd=optimizer, losses=losses)
            seen, step = seen + sum(len(each.reference) for each in batch), step + 1
            progress("Training", seen, total)
        with tagger.model.use_params(optimizer.averages):
            yield losses[tagger.name]


def batches(examples: Sequence[Example], size: float) -> Iterator[list[Example]]:
    """The examples in their order, so many together that they have ``size`` words or more."""
    batch: list[Example] = []
    words = 0
    for example in examples:
        batch.append(example)
        words += len(example.reference)
        if words >= size:
            yield batch
            batch, words = [], 0
    if batch:
        yield batch
