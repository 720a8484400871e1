"""Puts the trained parts together into the shipped pipeline: ``python -m training.assemble ENTITIES OUT``."""

from pathlib import Path

import click
import spacy

from kg.extract import components


@click.command()
@click.argument("entities", type=click.Path(path_type=Path, exists=True))
@click.argument("out", type=click.Path(path_type=Path))
@click.option("--name", default="fast", show_default=True)
@click.option("--model-version", default="0.1.0", show_default=True)
def main(entities: Path, out: Path, name: str, model_version: str) -> None:
    """Adds the other components around the entity tagger that `python -m training.entities` wrote, and saves all."""
    nlp = spacy.load(entities)
    for component in components.ORDER:
        if component not in nlp.pipe_names:
            before = {"before": "kg_entities"} if component == "kg_sentences" else {}
            nlp.add_pipe(component, **before)
    nlp.meta |= {
        "name": name,
        "version": model_version,
        "description": "Methods, models, datasets, metrics and tasks in abstracts of machine-learning papers",
        "license": "MIT",
        "author": "The kg authors",
    }
    nlp.to_disk(out)


if __name__ == "__main__":
    main()
