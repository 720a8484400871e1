"""Puts the trained parts together into a shipped pipeline: ``python -m training.assemble ENTITIES OUT``."""

from pathlib import Path
from typing import Any

import click
import spacy
from spacy.language import Language
from spacy.strings import StringStore

from kg.extract import components
from kg.extract.encoder import GRAPH
from kg.extract.entities import EntityTagger, set_weights
from kg.extract.tokenizer import blank

VOTES = 6.0
MIN_SCORE = {"accurate": 0.25, "fast": 0.3}
PROPOSED = {"accurate": 0.35, "fast": 0.3}


def with_encoder(folder: Path, share: float) -> Language:
    nlp = blank()
    config = {"second": "fast" if share else "", "share": share}
    nlp.add_pipe("kg_encoder", name="kg_entities", config=config).from_disk(folder)
    return nlp


def fitted(name: str) -> dict[str, dict[str, Any]]:
    """The weights that `training.calibrate` fits to this recogniser alone, and what is best on the papers held out: its
    thresholds, and for both how much a recogniser's types weigh (of 1 to 15).
    """
    return {
        "kg_types": {"votes": VOTES},
        "kg_scores": {"weights": f"scores_{name}", "min_score": MIN_SCORE[name]},
        "kg_roles": {"weights": f"roles_{name}", "min_score": PROPOSED[name]},
    }


@click.command()
@click.argument("entities", type=click.Path(path_type=Path, exists=True))
@click.argument("out", type=click.Path(path_type=Path))
@click.option("--name", type=click.Choice(["accurate", "fast"]), default="fast", show_default=True)
@click.option("--share", default=0.3, show_default=True, help="Of `fast` in what `accurate` finds.")
@click.option("--model-version", default="0.1.0", show_default=True)
def main(entities: Path, out: Path, name: str, share: float, model_version: str) -> None:
    """Adds the other components around what `training.entities` or `training.export` wrote, and saves all."""
    nlp = with_encoder(entities, share) if (entities / GRAPH).is_file() else spacy.load(entities)
    own = fitted(name)
    for component in components.ORDER:
        if component not in nlp.pipe_names:
            before = {"before": "kg_entities"} if component == "kg_sentences" else {}
            nlp.add_pipe(component, config=own.get(component, {}), **before)
    nlp.meta |= {
        "name": name,
        "version": model_version,
        "description": "Methods, models, datasets, metrics and tasks in abstracts of machine-learning papers",
        "license": "MIT",
        "author": "The kg authors",
    }
    tagger = nlp.get_pipe("kg_entities")
    if isinstance(tagger, EntityTagger):
        set_weights(tagger.model, "float16")
    nlp.to_disk(out)
    kept = nlp.vocab.vectors.key2row  # all other strings are those of the papers read
    words = [word for word in nlp.vocab.strings if nlp.vocab.strings[word] in kept]
    StringStore(words).to_disk(out / "vocab" / "strings.json")


if __name__ == "__main__":
    main()
