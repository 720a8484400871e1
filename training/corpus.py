"""Annotated abstracts (JSON lines) -> spaCy examples with BILUO tags; border cases and what no token fits stay
unknown. Abstracts that a pipeline labelled may hold, as ``tags``, how probable each tag is at each token.
"""

import json
import random
import zlib
from base64 import b64decode, b64encode
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example

from kg.extract.encoder import TAGS
from kg.train import examples

Targets = NDArray[np.float16]


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


def targets(doc: Doc, record: dict[str, Any]) -> Targets:
    """What a tagger shall learn of each token: the probability of each tag, ``(tokens, TAGS)``; none: unknown."""
    if "tags" in record:
        return unpacked(record["tags"])
    found = np.zeros((len(doc), len(TAGS)), np.float16)
    for row, tag in zip(found, gold_tags(doc, record), strict=True):
        if tag:
            row[TAGS.index(tag)] = 1
    return found


def packed(probabilities: NDArray[np.float32]) -> str:
    """Probabilities ``(tokens, TAGS)`` as text, in steps of 1/255."""
    return b64encode(zlib.compress(np.round(probabilities * 255).astype(np.uint8).tobytes())).decode()


def unpacked(text: str) -> Targets:
    """The inverse of :func:`packed`, with sums of 1."""
    rows = np.frombuffer(zlib.decompress(b64decode(text)), np.uint8).reshape(-1, len(TAGS)).astype(np.float32)
    found: Targets = (rows / rows.sum(axis=1, keepdims=True)).astype(np.float16)
    return found


def marked(record: dict[str, Any]) -> list[examples.Marked]:
    """What is annotated in a record, border cases without a type."""
    return [
        (start, end, "" if entity["optional"] else entity["type"])
        for entity in record["entities"]
        for start, end in entity["mentions"]
    ]
