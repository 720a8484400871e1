"""Fits a recogniser in: ``python -m training.calibrate TRAIN --recogniser accurate``.

Types, relations and results are read by the weights that ``training.heads`` made. How sure a name is, and whether the
paper introduces it, depend on the recogniser: these two are fitted to what it does on the papers held out of its
training, and saved as ``scores_NAME`` and ``roles_NAME``.
"""

from pathlib import Path

import click

from kg.extract import coreference, scores, types
from kg.extract.linear import load
from kg.extract.reading import PROPOSED
from training.assemble import fitted
from training.gold import read_found, run
from training.heads import SMALL, fit_all, save, scored_examples, standing_examples


@click.command()
@click.argument("train", type=click.Path(path_type=Path, exists=True))
@click.option("--recogniser", default="accurate", show_default=True)
def main(train: Path, recogniser: str) -> None:
    found = read_found(train, recogniser, unseen=True)
    own = fitted(recogniser)
    run(found, types.TypeTagger(load("types"), own["kg_types"]["votes"]))
    model, _ = fit_all(found, scored_examples(load("scores")), ("entity",), SMALL, 0.05)
    save(own["kg_scores"]["weights"], model)
    run(found, scores.NameScorer(load("scores"), model, own["kg_scores"]["min_score"]))
    run(found, coreference.Coreference(load("coreference"), coreference.MIN_SCORE))
    model, _ = fit_all(found, standing_examples(load("roles")), (PROPOSED,), SMALL, 0.1)
    save(own["kg_roles"]["weights"], model)


if __name__ == "__main__":
    main()
