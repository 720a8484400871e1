"""Annotated abstracts (JSON lines) -> spaCy examples with BILUO tags; border cases and what no token fits stay
unknown.
"""

import json
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example

from kg.train import examples


def read_annotations(path: Path) -> Iterator[dict[str, Any]]:
    """One record a line: title, abstract, entities with ``type``, ``optional`` and ``mentions`` as character ranges."""
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def is_random(record: dict[str, Any]) -> bool:
    """Whether a paper was drawn at random, and not for what its text holds."""
    return bool(record.get("sample", "random") == "random")


def held_out(randoms: Sequence[bool]) -> frozenset[int]:
    """Which papers (by index) a recogniser is not trained on, so that what comes after can be fitted to what it does on
    papers that it has not seen: a tenth of all, drawn from those that were drawn at random, a thousand at most.
    """
    order = [index for index, drawn in enumerate(randoms) if drawn]
    random.Random(0).shuffle(order)
    return frozenset(order[: min(1_000, len(randoms) // 10)])


def to_example(nlp: Language, record: dict[str, Any]) -> Example:
    """The tokenised text and, beside it, the same with gold tags in ``token.tag_`` (empty where unknown)."""
    return examples.to_example(nlp, f"{record['title']}\n{record['abstract']}", marked(record))


def gold_tags(doc: Doc, record: dict[str, Any]) -> list[str]:
    return examples.gold_tags(doc, marked(record))


def marked(record: dict[str, Any]) -> list[examples.Marked]:
    """What is annotated in a record, border cases without a type."""
    return [
        (start, end, "" if entity["optional"] else entity["type"])
        for entity in record["entities"]
        for start, end in entity["mentions"]
    ]
