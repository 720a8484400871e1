"""Fits another recogniser in: ``python -m training.calibrate TRAIN --recogniser accurate``.

Types, relations and results are read by the weights that ``training.heads`` made. How sure a name is, and whether the
paper introduces it, depend on the recogniser: these two are fitted to what it does on the papers held out of its
training, and saved as ``scores_NAME`` and ``roles_NAME``.
"""

from pathlib import Path

import click

from kg.extract import types
from kg.extract.linear import load
from training.assemble import MIN_SCORE, VOTES
from training.gold import read_found
from training.heads import MIDDLE, SMALL, drop, fit_all, role_examples, save, score_examples


@click.command()
@click.argument("train", type=click.Path(path_type=Path, exists=True))
@click.option("--recogniser", default="accurate", show_default=True)
def main(train: Path, recogniser: str) -> None:
    found = read_found(train, recogniser, unseen=True)
    tagger = types.TypeTagger(load("types"), VOTES)
    for gold in found:
        tagger(gold.doc)
        gold.refresh()
    model, held = fit_all(found, score_examples, ("entity",), MIDDLE, 0.03)
    save(f"scores_{recogniser}", model)
    drop(found, held[:, 0] < MIN_SCORE)
    model, _ = fit_all(found, role_examples, ("proposed",), SMALL, 0.1)
    save(f"roles_{recogniser}", model)


if __name__ == "__main__":
    main()
