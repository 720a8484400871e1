"""Annotated papers as docs with mentions in place, to train and measure what comes after entity recognition.

The mentions are those annotated (*given*) or those that a pipeline finds, matched to the annotated entities (*found*).
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup

from kg.extract import components  # noqa: F401  (registers the components)
from kg.extract.attributes import SPANS
from kg.extract.load import model_path
from kg.extract.reading import Reading, mark, read
from kg.extract.tokenizer import blank
from kg.names import key
from training.corpus import held_out, is_random, read_annotations

TRAINED = ("kg_types", "kg_scores", "kg_roles", "kg_relations", "kg_results")


@dataclass(slots=True)
class Gold:
    """An annotated paper: its doc and reading, and for each name of the reading the index of its entity or None.

    ``number`` counts the papers of a file; the given and the found version of a paper share it.
    """

    number: int
    record: dict[str, Any]
    doc: Doc
    reading: Reading
    entities: list[int | None]
    found: bool = False

    @property
    def mentions(self) -> SpanGroup:
        group: SpanGroup = self.doc.spans[SPANS]
        return group

    def entity_of(self, span: Span) -> int | None:
        """The entity of a mention."""
        index = next(i for i, each in enumerate(self.mentions) if each.start == span.start and each.end == span.end)
        return self.entities[self.reading.mentions[index].name]

    def named(self) -> Iterator[tuple[int, dict[str, Any] | None]]:
        """Each name (by index) with the annotation of its entity, None where no reader marked it."""
        for index, entity in enumerate(self.entities):
            yield index, None if entity is None else self.record["entities"][entity]

    def refresh(self) -> None:
        """Reads the doc again after its mentions changed."""
        self.reading = read(self.doc)
        self.entities = matched(self)


def read_given(path: Path) -> list[Gold]:
    """All papers of a file, with the annotated mentions."""
    nlp = blank()
    nlp.add_pipe("kg_sentences")
    return [to_given(nlp, number, record) for number, record in enumerate(read_annotations(path))]


def read_found(path: Path, model: str, *, unseen: bool = False) -> list[Gold]:
    """All papers of a file, or those held out of training, with the mentions that the recogniser of a model finds."""
    nlp = spacy.load(model_path(model), exclude=TRAINED)
    records, papers = list(read_annotations(path)), []
    kept = held_out([is_random(record) for record in records]) if unseen else range(len(records))
    for number in sorted(kept):
        record = records[number]
        doc = nlp(f"{record['title']}\n{record['abstract']}")
        papers.append(Gold(number, record, doc, read(doc), [], found=True))
    return papers


def to_given(nlp: Language, number: int, record: dict[str, Any]) -> Gold:
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
    return Gold(number, record, doc, reading, [spans[name.mentions[0]][2] for name in reading.names])


def matched(gold: Gold) -> list[int | None]:
    """For each name an entity that shares a form with it, each entity once, those of the same type first."""
    wanted = [{key(form) for form in (each["name"], *each["forms"])} for each in gold.record["entities"]]
    spans = list(gold.mentions)
    forms = [{key(spans[index].text) for index in name.mentions} for name in gold.reading.names]
    result: list[int | None] = [None] * len(forms)
    for same_type in (True, False):
        for index, name in enumerate(gold.reading.names):
            for entity, each in enumerate(gold.record["entities"]):
                fits = name.type == each["type"] or not same_type
                if result[index] is None and fits and entity not in result and forms[index] & wanted[entity]:
                    result[index] = entity
    return result


def run(golds: Iterable[Gold], component: Callable[[Doc], Doc]) -> None:
    """Lets a component read on in the docs."""
    for gold in golds:
        component(gold.doc)
        gold.refresh()


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
