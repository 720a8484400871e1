"""Trains the entity tagger: ``python -m training.entities TRAIN DEV --vectors FILE --out DIR``.

How an epoch goes is in :mod:`kg.train.tagger`, which `kg train` shares; batches grow from 500 to 2,000 words. Tokens of
border cases carry no loss. ``--silver`` adds abstracts that `training.silver` labelled. ``--start`` goes on from a
tagger with as many layers or fewer. The epoch with the best span F1 on papers of TRAIN that are held out is kept: DEV
is only measured, once, at the end.
"""

import time
from pathlib import Path
from typing import Any

import click
import numpy as np
import spacy
from spacy.language import Language
from spacy.training import Example
from spacy.vectors import Vectors
from thinc.api import Config, Model, fix_random_seed

from kg.extract import entities, tokenizer  # noqa: F401  (registers what the config names)
from kg.extract.attributes import SPANS
from kg.extract.entities import to_spans
from kg.extract.windows import windows_of
from kg.train.tagger import Schedule, silent
from kg.train.tagger import epochs as train_epochs
from training.corpus import held_out, is_random, read_annotations, to_example

HERE = Path(__file__).parent
Span = tuple[int, int, str]
Nodes = list[Model[Any, Any]]


def add_vectors(nlp: Language, path: Path, words: int) -> None:
    """Unit-length vectors of the most frequent words, looked up by ``NORM``."""
    rows = [line.rstrip().split(" ") for line in path.open(encoding="utf-8")][1 : words + 1]
    data = np.array([row[1:] for row in rows], dtype="f")
    data /= np.linalg.norm(data, axis=1, keepdims=True)
    keys = [nlp.vocab.strings.add(row[0]) for row in rows]
    nlp.vocab.vectors = Vectors(strings=nlp.vocab.strings, data=data, keys=keys, name="abstracts", attr="NORM")


def take_over(tagger: entities.EntityTagger, earlier: entities.EntityTagger) -> None:
    """Gives a tagger the weights of an earlier one; layers that this has not begin as adding nothing (norms of 0)."""
    (maxouts, norms, others), theirs = parts(tagger), parts(earlier)
    for mine, given in zip((maxouts, norms, others), theirs, strict=True):
        for node, other in zip(mine, given, strict=False):
            for param in other.param_names:
                node.set_param(param, other.get_param(param))
    for norm in norms[len(theirs[1]) :]:
        for param in norm.param_names:
            norm.set_param(param, 0 * norm.get_param(param))


def parts(tagger: entities.EntityTagger) -> tuple[Nodes, Nodes, Nodes]:
    """The nodes of a network that have weights: maxouts and norms of its window layers, and all others."""
    encoder = tagger.model.layers[0].get_ref("encode")
    windows = windows_of(encoder)
    assert windows is not None
    inside = list(encoder.walk())
    return windows.maxouts, windows.norms, [n for n in tagger.model.walk() if n.param_names and n not in inside]


def span_scores(nlp: Language, examples: list[Example]) -> dict[str, float]:
    """Exact-match precision, recall and F1; spans that touch an unknown token count for nothing."""
    right = wrong = gold_total = words = 0
    start = time.perf_counter()
    for example in examples:
        doc = nlp(nlp.make_doc(example.reference.text))
        words += len(doc)
        tags = [token.tag_ for token in example.reference]
        gold: set[Span] = set(to_spans(tags))
        found = {(span.start, span.end, span.label_) for span in doc.spans[SPANS]}
        right += len(found & gold)
        wrong += sum(all(tags[a:b]) for a, b, _ in found - gold)
        gold_total += len(gold)
    precision, recall = right / max(1, right + wrong), right / max(1, gold_total)
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    return {"p": precision, "r": recall, "f": f1, "words_s": words / (time.perf_counter() - start)}


@click.command()
@click.argument("train", type=click.Path(path_type=Path, exists=True))
@click.argument("dev", type=click.Path(path_type=Path, exists=True))
@click.option("--silver", type=click.Path(path_type=Path, exists=True), help="More abstracts, labelled by a pipeline.")
@click.option("--vectors", type=click.Path(path_type=Path, exists=True), required=True)
@click.option("--out", type=click.Path(path_type=Path), required=True)
@click.option("--words", default=20_000, show_default=True, help="Word vectors to keep.")
@click.option("--epochs", default=5, show_default=True)
@click.option("--patience", default=3, show_default=True, help="Stop after so many epochs without a better one.")
@click.option("--dropout", default=0.15, show_default=True)
@click.option("--rate", default=0.001, show_default=True, help="The highest learning rate.")
@click.option("--times", default=1, show_default=True, help="How often an epoch reads what is annotated by hand.")
@click.option("--start", type=click.Path(path_type=Path, exists=True), help="Go on from this tagger.")
def main(
    train: Path, dev: Path, silver: Path | None, vectors: Path, out: Path, words: int, epochs: int, patience: int,
    dropout: float, rate: float, times: int, start: Path | None,
) -> None:  # fmt: skip
    """Trains on TRAIN, keeps the best epoch under --out, and prints its scores on DEV."""
    fix_random_seed(0)
    nlp = spacy.util.load_model_from_config(Config().from_disk(HERE / "entities.cfg"), auto_fill=True)
    add_vectors(nlp, vectors, words)
    records = list(read_annotations(train))
    unseen = held_out([is_random(record) for record in records])
    held = [to_example(nlp, records[index]) for index in sorted(unseen)[:250]]
    papers = [record for index, record in enumerate(records) if index not in unseen]
    labelled = read_annotations(silver) if silver else ()
    examples = [to_example(nlp, record) for record in (*papers * times, *labelled)]
    nlp.initialize(lambda: examples[:2000])
    tagger = nlp.get_pipe("kg_entities")
    assert isinstance(tagger, entities.EntityTagger)
    if start:
        earlier = spacy.load(start).get_pipe("kg_entities")
        assert isinstance(earlier, entities.EntityTagger)
        take_over(tagger, earlier)
    best, waited = 0.0, 0
    schedule = Schedule(epochs=epochs, rate=rate, warm_up=250, dropout=dropout)
    for epoch, loss in enumerate(train_epochs(tagger, examples, schedule, 0, silent), 1):
        scores = span_scores(nlp, held)
        waited += 1
        if scores["f"] > best:
            best, waited = scores["f"], 0
            nlp.to_disk(out)
        click.echo(f"epoch {epoch}: loss {loss:.0f}, held out {rounded(scores)}")
        if waited == patience:
            break
    final = spacy.load(out)
    click.echo(f"dev {rounded(span_scores(final, [to_example(final, record) for record in read_annotations(dev)]))}")


def rounded(scores: dict[str, float]) -> dict[str, float]:
    return {name: round(value, 4) for name, value in scores.items()}


if __name__ == "__main__":
    main()
