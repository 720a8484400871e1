"""What any pipeline must give, and what is made of one that only names things; for users in docs/evaluating.md.

A mention is a span in ``doc.spans["mentions"]``, or in ``doc.ents`` where there is no such group. Its label is one of
the five entity types; others are left out. What else it lacks it gets: sentences by rule, the score 1, the component
that finds it.
"""

import logging
from collections.abc import Container
from dataclasses import dataclass, replace

from spacy.language import Language
from spacy.tokens import Doc, Span

from kg.errors import InputError
from kg.extract.attributes import SPANS
from kg.extract.sentences import sentences
from kg.extract.slots import SLOTS
from kg.types import ENTITY_TYPES

LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class MentionKeeper:
    """Sets ``doc.spans["mentions"]`` to spans that keep the contract, in the order of the text, one for a place.

    Relations and results keep only the ends that are mentions. ``by`` is the finder of mentions that name none.
    """

    by: str

    def __call__(self, doc: Doc) -> Doc:
        if not doc.has_annotation("SENT_START"):
            sentences(doc)
        given = doc.spans.get(SPANS, doc.ents)
        kept: dict[tuple[int, int], Span] = {}
        for span in (self._completed(span) for span in given if span.label_ in ENTITY_TYPES):
            place = span.start, span.end
            kept[place] = max(kept.get(place, span), span, key=lambda each: each._.score)
        doc.spans[SPANS] = [kept[place] for place in sorted(kept)]
        keep_ends(doc, kept.keys())
        return doc

    def _completed(self, span: Span) -> Span:
        span._.score = 1.0 if span._.score is None else float(span._.score)
        span._.by = span._.by or self.by
        if not 0 <= span._.score <= 1:
            raise ValueError(f"the score of {span.text!r} is {span._.score}; it must lie between 0 and 1")
        return span


def keep_ends(doc: Doc, places: Container[tuple[int, int]]) -> None:
    def is_mention(span: Span) -> bool:
        return (span.start, span.end) in places

    doc._.relations = tuple(r for r in doc._.relations if is_mention(r.head) and is_mention(r.tail))
    doc._.results = tuple(
        replace(result, **{slot: None for slot in SLOTS if (span := getattr(result, slot)) and not is_mention(span)})
        for result in doc._.results
    )


@Language.factory("kg_mentions", assigns=["doc.spans"])
def create(nlp: Language, name: str) -> MentionKeeper:
    return MentionKeeper((finders(nlp) or [str(nlp.meta["name"])])[-1])


def adapt(nlp: Language, model: str) -> None:
    """Makes a pipeline keep the contract.

    Raises:
        InputError: it cannot, as far as its components say what they do: none names anything, or only under foreign
            labels.
    """
    names, found = nlp.pipe_names, finders(nlp)
    if not found and all(nlp.get_pipe_meta(name).assigns for name in names):
        raise InputError(
            f"The pipeline {model!r} names nothing. A component must set doc.ents or doc.spans[{SPANS!r}]; "
            f"there are only: {', '.join(names) or 'none'}."
        )
    labels = [{unmarked(label) for label in nlp.pipe_labels.get(name, ())} - {""} for name in found]
    every = set().union(*labels) - {"O"}
    foreign = ", ".join(sorted(every - {*ENTITY_TYPES}))
    if every and all(labels) and every.isdisjoint(ENTITY_TYPES):
        raise InputError(f"The pipeline {model!r} has the labels {foreign:.200}; kg needs {', '.join(ENTITY_TYPES)}.")
    if foreign:
        LOG.warning("%s: mentions labelled %s are left out", model, foreign)
    nlp.add_pipe("kg_mentions", name="kg_contract")


def finders(nlp: Language) -> list[str]:
    """The components that set entities, or spans in the group of the mentions."""
    return [name for name in nlp.pipe_names if is_finder(nlp, name)]


def is_finder(nlp: Language, name: str) -> bool:
    assigns, config = nlp.get_pipe_meta(name).assigns, nlp.get_pipe_config(name)
    in_group = "doc.spans" in assigns and config.get("spans_key", SPANS) == SPANS
    return "doc.ents" in assigns or in_group or bool(config.get("annotate_ents"))


def unmarked(label: str) -> str:
    """An entity label without the B-, I-, L-, U- of a tagger."""
    return label[2:] if label[1:2] == "-" else label
