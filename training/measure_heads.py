"""Measures roles, relations and results with the annotated mentions given: ``python -m training.measure_heads DEV``.

Every annotated item is asked for, also those whose ends no mention names. Writes heads.json for the model card.
"""

import json
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click
from spacy.tokens import Span

from kg.extract import relations, results, roles
from kg.extract.linear import load
from training.gold import Gold, digits, read_gold

Item = tuple[Any, ...]
Scored = list[tuple[Item, float]]
CUTS = (0.1, 0.2, 0.3, 0.35, 0.4, 0.45, 0.5, 0.6, 0.7, 0.8, 0.9)


def measure(gold: Iterable[Item], found: Iterable[Item]) -> dict[str, float]:
    """Precision, recall, F1 and the number of gold items."""
    wanted, given = Counter(gold), Counter(found)
    right, n = (wanted & given).total(), wanted.total()
    p, r = right / max(1, given.total()), right / max(1, n)
    return {"p": round(p, 4), "r": round(r, 4), "f": round(2 * p * r / max(1e-9, p + r), 4), "n": n}


def along(gold: list[Item], found: Scored) -> dict[str, dict[str, float]]:
    """The measures at each cut of the score."""
    return {str(cut): measure(gold, (item for item, score in found if score >= cut)) for cut in CUTS}


def proposed(golds: list[Gold]) -> tuple[list[Item], list[Item]]:
    wanted = [
        (p, e) for p, gold in enumerate(golds) for e, each in enumerate(gold.record["entities"]) if each["proposed"]
    ]
    found = {(p, gold.entity_of(span)) for p, gold in enumerate(golds) for span in gold.mentions if span._.role}
    return wanted, sorted(found)


def related(golds: list[Gold]) -> tuple[list[Item], Scored]:
    wanted = [(p, *relation) for p, gold in enumerate(golds) for relation in gold.record["relations"]]
    found: Scored = []
    for p, gold in enumerate(golds):
        for each in gold.doc._.relations:
            found.append(((p, gold.entity_of(each.head), each.type, gold.entity_of(each.tail)), each.score))
    return wanted, found


def reported(golds: list[Gold]) -> tuple[list[Item], Scored]:
    wanted = [(p, digits(result["value"])) for p, gold in enumerate(golds) for result in gold.record["results"]]
    found = [((p, digits(each.value)), each.score) for p, gold in enumerate(golds) for each in gold.doc._.results]
    return wanted, found


def linked(golds: list[Gold], slot: str) -> tuple[list[Item], list[Item]]:
    """What a right number is tied to, for numbers that occur once."""
    wanted: list[Item] = []
    found: list[Item] = []
    for p, gold in enumerate(golds):
        for result in gold.record["results"]:
            same = [each for each in gold.doc._.results if digits(each.value) == digits(result["value"])]
            if len(same) != 1 or same[0].score < results.MIN_SCORE:
                continue
            span: Span | None = getattr(same[0], slot)
            wanted += [(p, result["value"], result[slot])] * (result[slot] is not None)
            found += [(p, result["value"], gold.entity_of(span))] if span is not None else []
    return wanted, found


@click.command()
@click.argument("dev", type=click.Path(path_type=Path, exists=True))
@click.option("--out", type=click.Path(path_type=Path), default=Path(__file__).with_name("heads.json"))
def main(dev: Path, out: Path) -> None:
    """Runs the components over the annotated mentions of DEV and writes what they get right."""
    golds = read_gold(dev)
    pipes = (
        roles.RoleTagger(load("roles"), roles.MIN_SCORE),
        relations.RelationExtractor(load("relations"), CUTS[0]),
        results.ResultExtractor(load("results"), CUTS[0]),
    )
    words = sum(len(gold.doc) for gold in golds)
    for pipe in pipes:
        start = time.perf_counter()
        for gold in golds:
            pipe(gold.doc)
        click.echo(
            f"{type(pipe).__name__}: {1e6 * (time.perf_counter() - start) / words:.1f} microseconds a word", err=True
        )
    out.write_text(json.dumps(report(golds), indent=1) + "\n", encoding="utf-8")
    click.echo(out.read_text(encoding="utf-8"))


def report(golds: list[Gold]) -> dict[str, Any]:
    wanted, found = related(golds)
    kept = [item for item, score in found if score >= relations.MIN_SCORE]
    by_type = {
        type_: measure((item for item in wanted if item[2] == type_), (item for item in kept if item[2] == type_))
        for type_ in relations.TYPES
    }
    return {
        "papers": len(golds),
        "proposed": measure(*proposed(golds)),
        "relation": measure(wanted, kept),
        "relation_untyped": measure({(p, h, t) for p, h, _, t in wanted}, {(p, h, t) for p, h, _, t in kept}),
        "relation_by_type": by_type,
        "relation_along_score": along(*related(golds)),
        "result_value": measure(*_cut(*reported(golds), results.MIN_SCORE)),
        "result_value_along_score": along(*reported(golds)),
        "result_links": {slot: measure(*linked(golds, slot)) for slot in results.SLOTS},
    }


def _cut(wanted: list[Item], found: Scored, minimum: float) -> tuple[list[Item], list[Item]]:
    return wanted, [item for item, score in found if score >= minimum]


if __name__ == "__main__":
    main()
