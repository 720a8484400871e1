"""Trains what comes after entity recognition: ``python -m training.heads TRAIN`` writes the weights into the package.

Logistic regressions on hashed features, one per label, on the annotated mentions and on those that the shipped
recogniser finds. Papers chosen for what their text holds count half. What a model reads from an earlier one (scores,
roles) is predicted by models that have not seen the paper (cross-fitting); the same folds give the scores on which
probabilities are calibrated (Platt, 1999), on randomly chosen papers and, where there are any, found mentions only.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

import click
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from spacy.tokens import Span

from kg.extract import coreference, figures, introductions, relations, results, roles, scores, slots, types
from kg.extract.abbreviations import find_pairs
from kg.extract.acronyms import spelled_out
from kg.extract.attributes import SPANS
from kg.extract.linear import Linear, buckets
from kg.extract.numbers import find_numbers
from kg.extract.occurrences import complete
from kg.extract.reading import PROPOSED, read
from kg.types import ENTITY_TYPES, PAIRS
from training.corpus import held_out, is_random, read_annotations
from training.gold import Gold, digits, read_found, read_given, run, set_roles

FOLDER = Path(__file__).parents[1] / "kg" / "extract" / "model"
FOLDS = 3
# When a fit ends. Roles ended too early at 0.1: average precision 0.833, not 0.847; relations gain nothing by 0.02.
FINE, ROUGH = 0.001, 0.1


@dataclass(slots=True)
class Examples:
    """Rows of buckets with the labels that hold, the labels that could, and the paper (by index) each comes from."""

    rows: list[NDArray[np.int32]] = field(default_factory=list)
    labels: list[frozenset[str]] = field(default_factory=list)
    possible: list[frozenset[str]] = field(default_factory=list)
    papers: list[int] = field(default_factory=list)
    weights: list[float] = field(default_factory=list)

    def add(
        self, row: list[int], labels: Iterable[str], possible: Iterable[str], paper: int, weight: float = 1.0
    ) -> None:
        self.rows.append(np.array(row, np.int32))
        self.labels.append(frozenset(labels))
        self.possible.append(frozenset(possible))
        self.papers.append(paper)
        self.weights.append(weight)


Floats = NDArray[np.float64]
Collect = Callable[[Gold, Examples], None]
SMALL, MIDDLE, LARGE = 1 << 16, 1 << 17, 1 << 18


def type_examples(gold: Gold, examples: Examples) -> None:
    reading = read(gold.doc, typed=False)
    for name in reading.names:
        examples.add(buckets(types.features(reading, name), MIDDLE), [name.type], ENTITY_TYPES, gold.number)


def score_examples(gold: Gold, examples: Examples) -> None:
    """A found name is right when it matches an entity; those that match a border case are neither right nor wrong."""
    reading = read(gold.doc, typed=False)
    add_scored(
        gold,
        [scores.features(reading, name, scores.overlaps(reading, name)) for name in reading.names],
        MIDDLE,
        examples,
    )


def scored_examples(draft: Linear) -> Collect:
    """Scores once more, beside what the recogniser saw."""

    def collect(gold: Gold, examples: Examples) -> None:
        spans = list(gold.mentions)
        rows = scores.standings(read(gold.doc, typed=False), spans, draft) if spans else []
        add_scored(gold, rows, SMALL, examples)

    return collect


def add_scored(gold: Gold, rows: list[list[int]], size: int, examples: Examples) -> None:
    for index, entity in gold.named():
        possible = [] if entity and entity["optional"] else ["entity"]
        examples.add(buckets(rows[index], size), ["entity"] if entity else [], possible, gold.number)


def role_examples(gold: Gold, examples: Examples) -> None:
    """Where ``proposed`` is a probability, a name is an example of both."""
    for index, entity in gold.named():
        row = buckets(introductions.features(gold.reading, gold.reading.names[index]), SMALL)
        proposed = float(entity["proposed"]) if entity else 0.0
        for labels, weight in (([PROPOSED], proposed), ([], 1 - proposed)):
            if weight:
                examples.add(row, labels, [PROPOSED], gold.number, weight)


def standing_examples(draft: Linear) -> Collect:
    """Roles once more, beside what the draft says of all names of the paper."""

    def collect(gold: Gold, examples: Examples) -> None:
        rows = roles.standings(gold.doc, gold.reading, draft)
        for index, entity in gold.named():
            proposed = [PROPOSED] if entity and entity["proposed"] else []
            examples.add(buckets(rows[index], SMALL), proposed, [PROPOSED], gold.number)

    return collect


def coreference_examples(gold: Gold, examples: Examples) -> None:
    """The annotated names apart, as the recogniser would find them: joined are only those that the paper defines."""
    owner = {
        (span.start, span.end): gold.entities[mention.name]
        for span, mention in zip(gold.mentions, gold.reading.mentions, strict=True)
    }
    doc = gold.doc.copy()
    spans = [Span(doc, span.start, span.end, span.label_) for span in gold.mentions]
    longs = {short.text: long.text for short, long in find_pairs(doc)}
    spelled = spelled_out([span.text for span in spans])
    for span in spans:
        span._.expansion = longs.get(span.text) or spelled.get(span.text)
    doc.spans[SPANS] = spans
    reading = read(doc)
    entities = [owner[spans[name.mentions[0]].start, spans[name.mentions[0]].end] for name in reading.names]
    for (a, b), row in coreference.pairs(reading).items():
        same = ["same"] if entities[a] == entities[b] else []
        examples.add(buckets(row, SMALL), same, ["same"], gold.number)


def relation_examples(gold: Gold, examples: Examples) -> None:
    stated: dict[tuple[int | None, int | None], list[str]] = {}
    for head, type_, tail in gold.record["relations"]:
        stated.setdefault((head, tail), []).append(type_)
    for (a, b), row in relations.rows(gold.reading, LARGE).items():
        ends = gold.reading.names[a].type, gold.reading.names[b].type
        possible = [type_ for type_ in relations.TYPES if ends in PAIRS[type_]]
        examples.add(row, stated.get((gold.entities[a], gold.entities[b]), []), possible, gold.number)


def result_examples(gold: Gold, examples: Examples) -> None:
    """A number is a result where the paper reports one of the same digits; only results have a kind and slots."""
    for place in results.places(gold.doc, gold.reading, find_numbers(gold.doc.text)):
        same = [r for r in gold.record["results"] if digits(r["value"]) == digits(place.number.value)]
        holds = (["result"] if same else []) + (["gain"] if same and same[0]["value"][0] in "+-" else [])
        row = buckets(figures.of_number(gold.reading, place), SMALL)
        examples.add(row, holds, ["result", "gain"] if same else ["result"], gold.number)
        for name, entity in zip(gold.reading.names, gold.entities, strict=True) if same else ():
            fitting = [slot for slot, ends in slots.SLOTS.items() if name.type in ends]
            filled = [slot for slot in fitting if entity is not None and any(r[slot] == entity for r in same)]
            if fitting:
                examples.add(buckets(slots.features(gold.reading, name, place), SMALL), filled, fitting, gold.number)


def to_matrix(rows: list[NDArray[np.int32]], size: int) -> csr_matrix:
    ends = np.cumsum([0, *map(len, rows)])
    columns = np.concatenate(rows)
    return csr_matrix((np.ones(len(columns), np.float32), columns, ends), shape=(len(rows), size))


def cross_fit(
    x: csr_matrix, y: NDArray[np.bool_], weights: Floats, folds: NDArray[np.int64], strength: float, tolerance: float
) -> tuple[Floats, Floats, float]:
    """For each row the logit that a model of the other folds gives it; weights and bias of the model of all rows."""

    def fit(rows: NDArray[np.bool_]) -> LogisticRegression:
        model = LogisticRegression(C=strength, solver="liblinear", tol=tolerance, random_state=0)
        return model.fit(x[rows], y[rows], sample_weight=weights[rows])

    logits = np.zeros(len(y))
    for fold in range(FOLDS):
        logits[folds == fold] = fit(folds != fold).decision_function(x[folds == fold])
    final = fit(folds >= 0)
    return logits, final.coef_[0], float(final.intercept_[0])


def fit_all(
    golds: list[Gold], collect: Collect, labels: tuple[str, ...], size: int, strength: float, tolerance: float = FINE
) -> tuple[Linear, Floats]:
    """The calibrated model of all papers, and the scores ``(rows, labels)`` that models of other papers give."""
    examples, counts = Examples(), []
    for gold in golds:
        before = len(examples.rows)
        collect(gold, examples)
        counts.append(len(examples.rows) - before)
    x, folds = to_matrix(examples.rows, size), np.array(examples.papers) % FOLDS
    found = any(gold.found for gold in golds)
    random = [gold.record.get("sample", "random") == "random" for gold in golds]
    weights = np.repeat(np.where(random, 1.0, 0.5), counts) * np.array(examples.weights)
    common = np.repeat([r and gold.found == found for r, gold in zip(random, golds, strict=True)], counts)
    held = np.zeros((len(folds), len(labels)))
    parts, truth = [], np.zeros((len(folds), len(labels)), bool)
    for index, label in enumerate(labels):
        chosen = np.flatnonzero([label in each for each in examples.possible])
        y = np.array([label in examples.labels[row] for row in chosen])
        logits, coefficients, bias = cross_fit(x[chosen], y, weights[chosen], folds[chosen], strength, tolerance)
        use = common[chosen]
        platt = LogisticRegression(C=1e6).fit(logits[use, None], y[use])
        slope, offset = float(platt.coef_[0, 0]), float(platt.intercept_[0])
        truth[chosen, index] = y
        held[chosen, index] = 1 / (1 + np.exp(-(slope * logits + offset)))
        parts.append(quantise(coefficients * slope, bias * slope + offset))
    print_curve(truth[common], held[common])
    arrays = [np.stack(part, axis=-1) for part in zip(*parts, strict=True)]
    return Linear(labels, *arrays), held


def print_curve(truth: NDArray[np.bool_], held: Floats) -> None:
    """Precision and recall along the threshold of the held-out scores: what the default thresholds are chosen by."""
    for cut in np.arange(0.1, 0.9, 0.1):
        right = (truth & (held >= cut)).sum()
        p, r = right / max(1, (held >= cut).sum()), right / truth.sum()
        click.echo(f"  from {cut:.1f}: p {p:.3f} r {r:.3f} f {2 * p * r / max(1e-9, p + r):.3f}")


def quantise(weights: Floats, bias: float) -> tuple[NDArray[np.int8], np.float32, np.float32]:
    """Weights as whole numbers of -127..127 and their scale."""
    scale = np.abs(weights).max() / 127
    return np.round(weights / scale).astype(np.int8), np.float32(scale), np.float32(bias)


@click.command()
@click.argument("train", type=click.Path(path_type=Path, exists=True))
@click.option("--recogniser", default="fast", show_default=True, help="The model whose mentions to train on.")
@click.option(
    "--silver", type=click.Path(path_type=Path, exists=True), help="More abstracts, labelled by a pipeline: for roles."
)
def main(train: Path, recogniser: str, silver: Path | None) -> None:
    """Trains on TRAIN and writes the weights into the package."""
    unseen = held_out([is_random(record) for record in read_annotations(train)])
    given = [gold for gold in read_given(train) if gold.number not in unseen]
    found = [gold for gold in read_found(train, recogniser) if gold.number not in unseen]
    model, _ = fit_all(given, type_examples, ENTITY_TYPES, MIDDLE, 0.1)
    save("types", model)
    joined, _ = fit_all(given, coreference_examples, ("same",), SMALL, 0.1)
    save("coreference", joined)
    run(found, types.TypeTagger(model))
    model, held = fit_all(found, score_examples, ("entity",), MIDDLE, 0.03)
    save("scores", model)
    drop(found, held[:, 0] < scores.MIN_SCORE)
    run(found, coreference.Coreference(joined, coreference.MIN_SCORE))
    more = read_given(silver) if silver else []
    model, held = fit_all([*given, *found, *more], role_examples, (PROPOSED,), SMALL, 0.1)
    save("roles", model)
    set_roles([*given, *found], held[:, 0] >= roles.MIN_SCORE)
    save("results", fit_all([*given, *found], result_examples, results.LABELS, SMALL, 0.3)[0])
    model, _ = fit_all([*given, *found], relation_examples, relations.TYPES, LARGE, 0.1, ROUGH)
    save("relations", model)


def drop(found: list[Gold], names: NDArray[np.bool_]) -> None:
    """Takes the mentions of names away; ``names`` says of each name of all papers, in order, whether to."""
    flags = iter(names)
    for gold in found:
        gone = [bool(next(flags)) for _ in gold.reading.names]
        pairs = zip(list(gold.mentions), gold.reading.mentions, strict=True)
        kept = [span for span, mention in pairs if not gone[mention.name]]
        gold.doc.spans[SPANS] = complete(gold.doc, kept)
        gold.refresh()


def save(name: str, model: Linear) -> None:
    path = FOLDER / f"{name}.npz"
    path.write_bytes(model.to_bytes())
    click.echo(f"{path.name}: {path.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
