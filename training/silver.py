"""Labels abstracts for other steps to learn from: ``python -m training.silver OUT UNLABELLED.parquet...``.

A random part of the papers, less those that are annotated, as the shipped `accurate` reads them, in the shape of
annotations. Names that it is unsure of become border cases, which carry no loss; ``proposed`` is a probability.
"""

import random
from pathlib import Path
from typing import Any

import click
import numpy as np
import orjson
import pyarrow as pa
import pyarrow.parquet as pq
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from kg.extract import components  # noqa: F401  (registers what the config names)
from kg.extract.attributes import SPANS
from kg.extract.encoder import EncoderTagger
from kg.extract.entities import log_softmax
from kg.extract.load import model_path
from kg.extract.reading import read
from kg.extract.roles import RoleTagger
from training.corpus import packed, read_annotations

NAMED, SURE = 0.28, 0.48  # scores: below the first no name, from the second a sure one
LATER = ("kg_roles", "kg_relations", "kg_phrases", "kg_results")


def labelled(nlp: Language, text: str) -> dict[str, Any]:
    """The ``entities`` of a text, and its ``tags``."""
    roles = nlp.get_pipe("kg_roles")
    assert isinstance(roles, RoleTagger)
    doc, tags = nlp.make_doc(text), ""
    for _, component in nlp.pipeline:
        if isinstance(component, EncoderTagger):
            scores, introduced = component.read(doc)
            tags = packed(np.exp(log_softmax(scores)))
            doc = component.write(doc, scores, introduced)
        else:
            doc = component(doc)
    return {"entities": entities(doc, roles), "tags": tags}


def entities(doc: Doc, roles: RoleTagger) -> list[dict[str, Any]]:
    reading, spans = read(doc), list(doc.spans[SPANS])
    found = []
    for name, proposed in zip(reading.names, roles.scores(doc, reading), strict=True):
        mentions = [spans[index] for index in name.mentions]
        found.append({
            "type": name.type,
            "name": name.text,
            "forms": list(dict.fromkeys(span.text for span in mentions)),
            "optional": mentions[0]._.score < SURE,
            "proposed": proposed,
            "mentions": [[span.start_char, span.end_char] for span in mentions],
        })  # fmt: skip
    return found


@click.command()
@click.argument("out", type=click.Path(path_type=Path))
@click.argument("unlabelled", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
@click.option("--without", multiple=True, type=click.Path(path_type=Path, exists=True), help="Annotated abstracts.")
@click.option("--count", default=20_000, show_default=True)
def main(out: Path, unlabelled: tuple[Path, ...], without: tuple[Path, ...], count: int) -> None:
    known = {record["id"] for path in without for record in read_annotations(path)}
    papers = pa.concat_tables(pq.read_table(path, columns=["id", "title", "abstract"]) for path in unlabelled)
    order = list(range(len(papers)))
    random.Random(7).shuffle(order)
    nlp = spacy.load(model_path("accurate"), disable=LATER, config={"components.kg_scores.min_score": NAMED})
    with out.open("wb") as file:
        for paper in papers.take(order[:count]).to_pylist():
            if paper["id"] not in known:
                found = labelled(nlp, f"{paper['title']}\n{paper['abstract']}")
                file.write(orjson.dumps(paper | found) + b"\n")


if __name__ == "__main__":
    main()
