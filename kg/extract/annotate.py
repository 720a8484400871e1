"""One paper through the pipeline: text in, mentions, relations and results out."""

from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc, Span

from kg.extract.attributes import SPANS
from kg.extract.results import DocResult
from kg.records import Mention, Paper, Relation, Result


@dataclass(frozen=True, slots=True)
class Annotation:
    """What the extractor found in one paper, each part in the order of the text."""

    mentions: tuple[Mention, ...]
    relations: tuple[Relation, ...]
    results: tuple[Result, ...]


def annotate(nlp: Language, paper: Paper, min_score: float = 0.0) -> Annotation:
    """Runs the pipeline over one paper; relations below ``min_score`` are left out.

    Each paper goes alone, so its numbers never depend on its neighbours.
    """
    doc = nlp(paper.text)
    return Annotation(
        tuple(to_mention(paper.id, span) for span in doc.spans[SPANS]),
        tuple(relation for relation in to_relations(paper.id, doc) if relation.score >= min_score),
        to_results(paper.id, doc),
    )


def to_mention(paper: str, span: Span) -> Mention:
    own = span._
    return Mention(
        paper, *chars(span), span.text, span.label_, own.score, *chars(span.sent), own.role, own.expansion, own.by,
        own.same_as,
    )  # fmt: skip


def to_relations(paper: str, doc: Doc) -> tuple[Relation, ...]:
    found = [
        Relation(paper, *chars(item.head), item.type, *chars(item.tail), *chars(item.sentence), item.score, item.by)
        for item in doc._.relations
    ]
    return tuple(sorted(found, key=lambda r: (r.head_start, r.tail_start, r.type)))


def to_results(paper: str, doc: Doc) -> tuple[Result, ...]:
    return tuple(to_result(paper, item) for item in doc._.results)


def to_result(paper: str, item: DocResult) -> Result:
    (subject, subject_end), (dataset, dataset_end), (metric, metric_end) = map(
        maybe, (item.subject, item.dataset, item.metric)
    )
    return Result(
        paper, item.start, item.end, item.value, item.number, item.unit, item.kind, subject, subject_end, dataset,
        dataset_end, metric, metric_end, item.sentence.start_char, item.sentence.end_char, item.score, "kg_results",
    )  # fmt: skip


def chars(span: Span) -> tuple[int, int]:
    return span.start_char, span.end_char


def maybe(span: Span | None) -> tuple[int, int] | tuple[None, None]:
    return (None, None) if span is None else chars(span)
