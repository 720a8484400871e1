"""Annotated papers as docs with their mentions in place, to train and measure what comes after entity recognition."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup

from kg.extract import sentences  # noqa: F401  (registers the component)
from kg.extract.attributes import SPANS
from kg.extract.reading import Reading, mark, read
from kg.extract.tokenizer import blank
from training.corpus import read_annotations


def read_gold(path: Path) -> list["Gold"]:
    """All papers of a file of annotations."""
    nlp = blank()
    nlp.add_pipe("kg_sentences")
    return [to_gold(nlp, record) for record in read_annotations(path)]


@dataclass(slots=True)
class Gold:
    """An annotated paper: its doc and reading, and for each name of the reading the index of its entity."""

    record: dict[str, Any]
    doc: Doc
    reading: Reading
    entities: list[int]

    @property
    def mentions(self) -> SpanGroup:
        group: SpanGroup = self.doc.spans[SPANS]
        return group

    def entity_of(self, span: Span) -> int:
        """The entity of a mention."""
        index = next(i for i, each in enumerate(self.mentions) if each.start == span.start and each.end == span.end)
        return self.entities[self.reading.mentions[index].name]


def to_gold(nlp: Language, record: dict[str, Any]) -> Gold:
    """Puts the annotated mentions into a doc; mentions of one entity become one name."""
    doc = nlp(f"{record['title']}\n{record['abstract']}")
    spans = []
    for index, entity in enumerate(record["entities"]):
        for start, end in entity["mentions"]:
            span = doc.char_span(start, end, label=entity["type"], alignment_mode="expand")
            assert span is not None  # expanding always finds one
            span._.score, span._.expansion = 1.0, f"entity {index}"
            spans.append((span.start, -span.end, index, span))
    spans.sort(key=lambda item: item[:3])
    doc.spans[SPANS] = [item[3] for item in spans]
    reading = read(doc)
    entities = [spans[name.mentions[0]][2] for name in reading.names]
    return Gold(record, doc, reading, entities)


def set_roles(golds: list[Gold], proposed: Iterable[bool]) -> None:
    """Marks the names of all papers, in order, as proposed or not."""
    flags = iter(proposed)
    for gold in golds:
        for name in gold.reading.names:
            name.proposed = bool(next(flags))
        for mention in gold.reading.mentions:
            gold.reading.sentences[mention.sentence][mention.at] = mark(gold.reading.names[mention.name])


def digits(value: str) -> str:
    """The figures of a reported value, which is all that two annotators must agree on."""
    return "".join(c for c in value if c in "0123456789.").rstrip(".")
