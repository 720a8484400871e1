"""Trains the roles, relations and results models: ``python -m training.heads TRAIN --dev DEV``.

Logistic regressions on hashed features, one per label. Papers chosen for what their text holds count half. What later
models read from earlier ones (roles) is predicted by models that have not seen the paper (cross-fitting, three folds);
the same folds give the scores on which probabilities are calibrated (Platt, 1999), on randomly chosen papers only.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

import click
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from kg.extract import figures, relations, results, roles, types
from kg.extract.linear import Linear, buckets
from kg.extract.numbers import find_numbers
from kg.extract.reading import read
from kg.types import ENTITY_TYPES, PAIRS
from training.gold import Gold, digits, read_gold, set_roles

FOLDER = Path(__file__).parents[1] / "kg" / "extract" / "model"
FOLDS = 3


@dataclass(slots=True)
class Examples:
    """Rows of buckets with the labels that hold, the labels that could, and the paper (by index) each comes from."""

    rows: list[NDArray[np.int32]] = field(default_factory=list)
    labels: list[frozenset[str]] = field(default_factory=list)
    possible: list[frozenset[str]] = field(default_factory=list)
    papers: list[int] = field(default_factory=list)

    def add(self, row: list[int], labels: Iterable[str], possible: Iterable[str], paper: int) -> None:
        self.rows.append(np.array(row, np.int32))
        self.labels.append(frozenset(labels))
        self.possible.append(frozenset(possible))
        self.papers.append(paper)


Floats = NDArray[np.float64]
Collect = Callable[[Gold, int, Examples], None]
TYPE_SIZE, ROLE_SIZE, RELATION_SIZE, RESULT_SIZE = 1 << 17, 1 << 16, 1 << 18, 1 << 16


def type_examples(gold: Gold, paper: int, examples: Examples) -> None:
    reading = read(gold.doc, typed=False)
    for name in reading.names:
        examples.add(buckets(types.features(reading, name), TYPE_SIZE), [name.type], ENTITY_TYPES, paper)


def role_examples(gold: Gold, paper: int, examples: Examples) -> None:
    for name, entity in zip(gold.reading.names, gold.entities, strict=True):
        holds = ["proposed"] if gold.record["entities"][entity]["proposed"] else []
        examples.add(buckets(roles.features(gold.reading, name), ROLE_SIZE), holds, ["proposed"], paper)


def relation_examples(gold: Gold, paper: int, examples: Examples) -> None:
    stated: dict[tuple[int, int], list[str]] = {}
    for head, type_, tail in gold.record["relations"]:
        stated.setdefault((head, tail), []).append(type_)
    for (a, b), row in relations.rows(gold.reading, RELATION_SIZE).items():
        ends = gold.reading.names[a].type, gold.reading.names[b].type
        possible = [type_ for type_ in relations.TYPES if ends in PAIRS[type_]]
        examples.add(row, stated.get((gold.entities[a], gold.entities[b]), []), possible, paper)


def result_examples(gold: Gold, paper: int, examples: Examples) -> None:
    """A number is a result where the paper reports one of the same digits; only results have a kind and links."""
    for place in results.places(gold.doc, gold.reading, find_numbers(gold.doc.text)):
        same = [r for r in gold.record["results"] if digits(r["value"]) == digits(place.number.value)]
        holds = (["result"] if same else []) + (["gain"] if same and same[0]["value"][0] in "+-" else [])
        row = buckets(figures.of_number(gold.reading, place), RESULT_SIZE)
        examples.add(row, holds, ["result", "gain"] if same else ["result"], paper)
        for name, entity in zip(gold.reading.names, gold.entities, strict=True) if same else ():
            slots = [slot for slot, types in results.SLOTS.items() if name.type in types]
            linked = [slot for slot in slots if any(r[slot] == entity for r in same)]
            if slots:
                examples.add(buckets(figures.of_link(gold.reading, name, place), RESULT_SIZE), linked, slots, paper)


# In this order: relations and results read the roles that models of other papers gave.
MODELS: dict[str, tuple[Collect, tuple[str, ...], int, float]] = {
    "types": (type_examples, ENTITY_TYPES, TYPE_SIZE, 0.1),
    "roles": (role_examples, ("proposed",), ROLE_SIZE, 0.1),
    "relations": (relation_examples, relations.TYPES, RELATION_SIZE, 0.1),
    "results": (result_examples, results.LABELS, RESULT_SIZE, 0.3),
}


@dataclass(slots=True)
class Held:
    """Out-of-fold probabilities ``(rows, labels)`` of the training examples."""

    examples: Examples
    scores: Floats


def to_matrix(rows: list[NDArray[np.int32]], size: int) -> csr_matrix:
    ends = np.cumsum([0, *map(len, rows)])
    columns = np.concatenate(rows)
    return csr_matrix((np.ones(len(columns), np.float32), columns, ends), shape=(len(rows), size))


def cross_fit(
    x: csr_matrix, y: NDArray[np.bool_], weights: Floats, folds: NDArray[np.int64], strength: float
) -> tuple[Floats, Floats, float]:
    """For each row the logit that a model of the other folds gives it; weights and bias of the model of all rows."""

    def fit(rows: NDArray[np.bool_]) -> LogisticRegression:
        model = LogisticRegression(C=strength, solver="liblinear", tol=0.01, random_state=0)
        return model.fit(x[rows], y[rows], sample_weight=weights[rows])

    logits = np.zeros(len(y))
    for fold in range(FOLDS):
        logits[folds == fold] = fit(folds != fold).decision_function(x[folds == fold])
    final = fit(folds >= 0)
    return logits, final.coef_[0], float(final.intercept_[0])


def fit_all(
    golds: list[Gold], collect: Collect, labels: tuple[str, ...], size: int, strength: float
) -> tuple[Linear, Held]:
    """The calibrated model of all papers, and the scores that models of the other folds give to each row."""
    examples = Examples()
    for paper, gold in enumerate(golds):
        collect(gold, paper, examples)
    x, papers = to_matrix(examples.rows, size), np.array(examples.papers)
    common = np.array([gold.record.get("sample", "random") == "random" for gold in golds])[papers]
    weights, folds = np.where(common, 1.0, 0.5), papers % FOLDS
    parts = []
    held = Held(examples, np.zeros((len(papers), len(labels))))
    for index, label in enumerate(labels):
        chosen = np.flatnonzero([label in each for each in examples.possible])
        y = np.array([label in examples.labels[row] for row in chosen])
        logits, coefficients, bias = cross_fit(x[chosen], y, weights[chosen], folds[chosen], strength)
        random = common[chosen]
        platt = LogisticRegression(C=1e6).fit(logits[random, None], y[random])
        slope, offset = float(platt.coef_[0, 0]), float(platt.intercept_[0])
        held.scores[chosen, index] = 1 / (1 + np.exp(-(slope * logits + offset)))
        parts.append(quantise(coefficients * slope, bias * slope + offset))
    arrays = [np.stack(part, axis=-1) for part in zip(*parts, strict=True)]
    return Linear(labels, *arrays), held


def quantise(weights: Floats, bias: float) -> tuple[NDArray[np.int8], np.float32, np.float32]:
    """Weights as whole numbers of -127..127 and their scale."""
    scale = np.abs(weights).max() / 127
    return np.round(weights / scale).astype(np.int8), np.float32(scale), np.float32(bias)


@click.command()
@click.argument("train", type=click.Path(path_type=Path, exists=True))
@click.option("--only", type=click.Choice(list(MODELS)), multiple=True, help="Train these alone; default all.")
def main(train: Path, only: tuple[str, ...]) -> None:
    """Trains on TRAIN and writes the weights into the package."""
    golds = read_gold(train)
    for name, (collect, labels, size, strength) in MODELS.items():
        if name in (only or MODELS) or name == "roles":
            model, held = fit_all(golds, collect, labels, size, strength)
            save(name, model)
        if name == "roles":
            set_roles(golds, held.scores[:, 0] >= roles.MIN_SCORE)


def save(name: str, model: Linear) -> None:
    path = FOLDER / f"{name}.npz"
    path.write_bytes(model.to_bytes())
    click.echo(f"{path.name}: {path.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
