"""Trains the entity tagger of `fast`: ``python -m training.entities TRAIN DEV --vectors FILE --out DIR``.

AdamW with averaged weights (Polyak and Juditsky, 1992), a linear warm-up and decay of the learning rate, in torch
(:mod:`training.windows`). Tokens of border cases carry no loss. ``--silver`` adds abstracts that `training.silver`
labelled. ``--start`` goes on from a tagger with as many layers or fewer. A part of TRAIN is held out to watch the
scores; DEV is measured once, at the end.
"""

import random
import time
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import click
import numpy as np
import spacy
import torch
from spacy.language import Language
from spacy.training import Example
from spacy.vectors import Vectors
from thinc.api import Config, Model, fix_random_seed
from torch import Tensor, nn
from torch.nn import functional

from kg.extract import components  # noqa: F401  (registers what the config names)
from kg.extract.attributes import SPANS
from kg.extract.entities import EntityTagger, to_spans
from training.corpus import gold_tags, held_out, is_random, read_annotations, to_example
from training.windows import Network, Texts

HERE = Path(__file__).parent
WARM_UP, KEPT = 300, 0.998  # steps until the highest learning rate; how slowly the averaged weights follow
Span = tuple[int, int, str]
Nodes = list[Model[Any, Any]]


def add_vectors(nlp: Language, path: Path, words: int) -> None:
    """Unit-length vectors of the most frequent words, looked up by ``NORM``."""
    rows = [line.rstrip().split(" ") for line in path.open(encoding="utf-8")][1 : words + 1]
    data = np.array([row[1:] for row in rows], dtype="f")
    data /= np.linalg.norm(data, axis=1, keepdims=True)
    keys = [nlp.vocab.strings.add(row[0]) for row in rows]
    nlp.vocab.vectors = Vectors(strings=nlp.vocab.strings, data=data, keys=keys, name="abstracts", attr="NORM")


def take_over(tagger: EntityTagger, earlier: EntityTagger) -> None:
    """Gives a tagger the weights of an earlier one; layers that this has not begin as adding nothing (norms of 0)."""
    (maxouts, norms, others), theirs = parts(tagger), parts(earlier)
    for mine, given in zip((maxouts, norms, others), theirs, strict=True):
        for node, other in zip(mine, given, strict=False):
            for param in other.param_names:
                node.set_param(param, other.get_param(param))
    for norm in norms[len(theirs[1]) :]:
        for param in norm.param_names:
            norm.set_param(param, 0 * norm.get_param(param))


def parts(tagger: EntityTagger) -> tuple[Nodes, Nodes, Nodes]:
    """The nodes of a network that have weights: maxouts and norms of its window layers, and all others."""
    encoder = tagger.model.layers[0].get_ref("encode")
    windows = tagger.windows
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


def batches(texts: Texts, places: list[int], size: int) -> Iterator[list[int]]:
    """The texts at these places in random order, so many together that they have ``size`` tokens or more."""
    random.shuffle(places)
    batch, tokens = list[int](), 0
    for place in places:
        batch.append(place)
        tokens += len(texts.all[place][0])
        if tokens >= size:
            yield batch
            batch, tokens = [], 0


def loss_of(network: Network, batch: tuple[Tensor, Tensor, Tensor, Tensor]) -> Tensor:
    looks, tokens, tags, weights = batch
    with torch.autocast("cpu", dtype=torch.bfloat16):
        scores = network(looks, tokens)
    each = functional.cross_entropy(scores.float(), tags, ignore_index=-1, reduction="none")
    return (each * weights).sum() / ((tags >= 0) * weights).sum()


def train(network: Network, texts: Texts, places: list[int], epochs: int, rate: float, size: int) -> Iterator[float]:
    """Trains epoch by epoch and gives the mean loss of each; meanwhile the tagger has the averaged weights."""
    optimizer = torch.optim.AdamW(network.parameters(), lr=rate, weight_decay=0.01)
    weights, follow = list(network.parameters()), torch.optim.swa_utils.get_ema_multi_avg_fn(KEPT)
    averaged = [each.detach().clone() for each in weights]
    total, seen, step = epochs * sum(len(texts.all[place][0]) for place in places), 0, 0
    for _ in range(epochs):
        losses = []
        for batch in batches(texts, places, size):
            for group in optimizer.param_groups:
                group["lr"] = rate * max(0.01, 1 - seen / total) * min(1, (step + 1) / WARM_UP)
            loss = loss_of(network, texts.batch(batch))
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(weights, 1.0)
            optimizer.step()
            follow(averaged, [each.detach() for each in weights], step)
            losses.append(loss.item())
            seen, step = seen + sum(len(texts.all[place][0]) for place in batch), step + 1
        network.give_back(averaged)
        yield float(np.mean(losses))


@click.command()
@click.argument("train_path", metavar="TRAIN", type=click.Path(path_type=Path, exists=True))
@click.argument("dev", type=click.Path(path_type=Path, exists=True))
@click.option("--silver", type=click.Path(path_type=Path, exists=True), help="More abstracts, labelled by a pipeline.")
@click.option("--vectors", type=click.Path(path_type=Path, exists=True), required=True)
@click.option("--out", type=click.Path(path_type=Path), required=True)
@click.option("--words", default=20_000, show_default=True, help="Word vectors to keep.")
@click.option("--epochs", default=2, show_default=True)
@click.option("--dropout", default=0.15, show_default=True)
@click.option("--rate", default=0.001, show_default=True, help="The highest learning rate.")
@click.option("--size", default=3_000, show_default=True, help="Tokens in a batch.")
@click.option("--times", default=2, show_default=True, help="How often an epoch reads what is annotated by hand.")
@click.option("--start", type=click.Path(path_type=Path, exists=True), help="Go on from this tagger.")
def main(
    train_path: Path, dev: Path, silver: Path | None, vectors: Path, out: Path, words: int, epochs: int,
    dropout: float, rate: float, size: int, times: int, start: Path | None,
) -> None:  # fmt: skip
    """Trains on TRAIN, saves under --out after each epoch, and prints the scores on DEV."""
    fix_random_seed(0)
    torch.manual_seed(0)
    nlp = spacy.util.load_model_from_config(Config().from_disk(HERE / "entities.cfg"), auto_fill=True)
    add_vectors(nlp, vectors, words)
    records = list(read_annotations(train_path))
    unseen = held_out([is_random(record) for record in records])
    held = [to_example(nlp, records[index]) for index in sorted(unseen)[:700]]
    papers = [record for index, record in enumerate(records) if index not in unseen]
    nlp.initialize(lambda: [to_example(nlp, record) for record in papers[:2000]])
    tagger = nlp.get_pipe("kg_entities")
    assert isinstance(tagger, EntityTagger)
    if start:
        earlier = spacy.load(start).get_pipe("kg_entities")
        assert isinstance(earlier, EntityTagger)
        take_over(tagger, earlier)
    network = Network(tagger, dropout)
    texts = Texts(network, tagger.labels)
    for record in chain(papers, read_annotations(silver) if silver else ()):
        doc = nlp.make_doc(f"{record['title']}\n{record['abstract']}")
        texts.add(doc, gold_tags(doc, record), 1.0 if is_random(record) else 0.6)
    places = [*range(len(papers))] * (times - 1) + [*range(len(texts.all))]
    for epoch, loss in enumerate(train(network, texts, places, epochs, rate, size), 1):
        nlp.to_disk(out)
        click.echo(f"epoch {epoch}: loss {loss:.4f}, held out {rounded(span_scores(nlp, held))}")
    final = spacy.load(out)
    click.echo(f"dev {rounded(span_scores(final, [to_example(final, record) for record in read_annotations(dev)]))}")


def rounded(scores: dict[str, float]) -> dict[str, float]:
    return {name: round(value, 4) for name, value in scores.items()}


if __name__ == "__main__":
    main()
