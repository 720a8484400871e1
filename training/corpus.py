"""Annotated abstracts (JSON lines) -> spaCy examples with BILUO tags; border cases and what no token fits stay
unknown.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example

from kg.extract.entities import to_tags


def read_annotations(path: Path) -> Iterator[dict[str, Any]]:
    """One record a line: title, abstract, entities with ``type``, ``optional`` and ``mentions`` as character ranges."""
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def to_example(nlp: Language, record: dict[str, Any]) -> Example:
    """The tokenised text and, beside it, the same with gold tags in ``token.tag_`` (empty where unknown)."""
    doc = nlp.make_doc(f"{record['title']}\n{record['abstract']}")
    gold = Doc(nlp.vocab, words=[t.text for t in doc], spaces=[bool(t.whitespace_) for t in doc])
    for token, tag in zip(gold, gold_tags(doc, record), strict=True):
        token.tag_ = tag
    return Example(doc, gold)


def gold_tags(doc: Doc, record: dict[str, Any]) -> list[str]:
    spans = []
    for entity in record["entities"]:
        for start, end in entity["mentions"]:
            exact = doc.char_span(start, end)
            span = exact if exact is not None else doc.char_span(start, end, alignment_mode="expand")
            known = exact is not None and not entity["optional"]
            spans.append((span.start, span.end, entity["type"] if known else ""))
    return to_tags(len(doc), sorted(spans, key=lambda span: bool(span[2])))
