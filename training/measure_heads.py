"""Measures what comes after entity recognition: ``python -m training.measure_heads DEV`` writes heads.json.

Twice: with the annotated mentions given, and from the text alone. Every annotated item is asked for, also those whose
ends no mention names. An item is right when both wrote it: the same entity, the same ends and relation type, the
same figures of a number.
"""

import json
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from kg.extract import relations, results, roles, scores, types
from kg.extract.linear import load
from training.gold import Gold, digits, read_found, read_given

Item = tuple[Any, ...]
Scored = list[tuple[Item, float]]
CUTS = (0.1, 0.2, 0.3, 0.35, 0.4, 0.45, 0.5, 0.6, 0.7, 0.8, 0.9)


def measure(wanted: Iterable[Item], found: Iterable[Item]) -> dict[str, float]:
    """Precision, recall, F1 and the number of wanted items."""
    gold, given = Counter(wanted), Counter(found)
    right, n = (gold & given).total(), gold.total()
    p, r = right / max(1, given.total()), right / max(1, n)
    return {"p": round(p, 4), "r": round(r, 4), "f": round(2 * p * r / max(1e-9, p + r), 4), "n": n}


def cut(found: Scored, minimum: float) -> list[Item]:
    return [item for item, score in found if score >= minimum]


def along(wanted: list[Item], found: Scored) -> dict[str, dict[str, float]]:
    """The measures at each cut of the score."""
    return {str(each): measure(wanted, cut(found, each)) for each in CUTS}


def calibration_error(wanted: list[Item], found: Scored) -> float:
    """The expected calibration error over ten bins of the score (Naeini et al. 2015)."""
    gold, error = set(wanted), 0.0
    for low in range(10):
        bin_ = [(score, item in gold) for item, score in found if low / 10 <= score < (low + 1) / 10 + (low == 9)]
        error += abs(sum(score - right for score, right in bin_))
    return round(error / max(1, len(found)), 4)


def names(golds: list[Gold]) -> tuple[list[Item], Scored]:
    """The entities that are no border cases, and the names found, without those that match a border case."""
    wanted, found = [], []
    for gold in golds:
        wanted += [(gold.number, e) for e, each in enumerate(gold.record["entities"]) if not each["optional"]]
        spans = list(gold.mentions)
        for index, entity in gold.named():
            if not (entity and entity["optional"]):
                score = spans[gold.reading.names[index].mentions[0]]._.score
                found.append(((gold.number, gold.entities[index]), score))
    return wanted, found


def proposed(golds: list[Gold]) -> tuple[list[Item], list[Item]]:
    wanted, found = [], []
    for gold in golds:
        entities, spans = enumerate(gold.record["entities"]), list(gold.mentions)
        wanted += [(gold.number, e, each["type"]) for e, each in entities if each["proposed"]]
        for entity, name in zip(gold.entities, gold.reading.names, strict=True):
            found += [(gold.number, entity, name.type)] if spans[name.mentions[0]]._.role else []
    return wanted, found


def related(golds: list[Gold]) -> tuple[list[Item], Scored]:
    wanted = [(gold.number, *relation) for gold in golds for relation in gold.record["relations"]]
    found: Scored = []
    for gold in golds:
        for each in gold.doc._.relations:
            ends = gold.entity_of(each.head), each.type, gold.entity_of(each.tail)
            found.append(((gold.number, *ends), each.score))
    return wanted, found


def reported(golds: list[Gold]) -> tuple[list[Item], Scored]:
    wanted = [(gold.number, digits(result["value"])) for gold in golds for result in gold.record["results"]]
    found = [((gold.number, digits(each.value)), each.score) for gold in golds for each in gold.doc._.results]
    return wanted, found


def linked(golds: list[Gold], slot: str) -> tuple[list[Item], list[Item]]:
    """What a right number is tied to, for numbers that are found once."""
    wanted: list[Item] = []
    found: list[Item] = []
    for gold in golds:
        kept = [each for each in gold.doc._.results if each.score >= results.MIN_SCORE]
        for result in gold.record["results"]:
            same = [each for each in kept if digits(each.value) == digits(result["value"])]
            if len(same) == 1:
                span = getattr(same[0], slot)
                wanted += [(gold.number, result["value"], result[slot])] * (result[slot] is not None)
                found += [(gold.number, result["value"], gold.entity_of(span))] if span is not None else []
    return wanted, found


def report(golds: list[Gold]) -> dict[str, Any]:
    wanted, found = related(golds)
    kept = cut(found, relations.MIN_SCORE)
    values, numbers = reported(golds)
    by_type = {t: measure((i for i in wanted if i[2] == t), (i for i in kept if i[2] == t)) for t in relations.TYPES}
    return {
        "proposed": measure(*proposed(golds)),
        "relation": measure(wanted, kept),
        "relation_by_type": by_type,
        "relation_along_score": along(wanted, found),
        "result_value": measure(values, cut(numbers, results.MIN_SCORE)),
        "result_value_along_score": along(values, numbers),
        "result_links": {slot: measure(*linked(golds, slot)) for slot in results.SLOTS},
        "relation_calibration_error": calibration_error(wanted, found),
        "result_value_calibration_error": calibration_error(values, numbers),
    }


def run(golds: list[Gold], pipes: Iterable[Any]) -> None:
    """Runs components over all docs and says what each costs."""
    words = sum(len(gold.doc) for gold in golds)
    for pipe in pipes:
        start = time.perf_counter()
        for gold in golds:
            pipe(gold.doc)
        cost = 1e6 * (time.perf_counter() - start) / words
        click.echo(f"{type(pipe).__name__}: {cost:.1f} microseconds a word", err=True)


@click.command()
@click.argument("dev", type=click.Path(path_type=Path, exists=True))
@click.option("--recogniser", default="fast", show_default=True)
@click.option("--out", type=click.Path(path_type=Path), default=Path(__file__).with_name("heads.json"))
def main(dev: Path, recogniser: str, out: Path) -> None:
    """Runs the components over DEV and writes what they get right."""
    pipes = (
        roles.RoleTagger(load("roles"), roles.MIN_SCORE),
        relations.RelationExtractor(load("relations"), CUTS[0]),
        results.ResultExtractor(load("results"), CUTS[0]),
    )
    given, found = read_given(dev), read_found(dev, recogniser)
    run(found, (types.TypeTagger(load("types")), scores.NameScorer(load("scores"), scores.MIN_SCORE)))
    for gold in found:
        gold.refresh()
    run(given, pipes)
    run(found, pipes)
    entities = {
        "entity_untyped_along_score": along(*names(found)),
        "entity_untyped_calibration_error": calibration_error(*names(found)),
    }
    figures = {"papers": len(given), "mentions given": report(given), "from the text alone": entities | report(found)}
    out.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
