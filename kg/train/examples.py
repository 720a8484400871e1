"""Annotated papers -> spaCy examples with BILUO tags, as the entity tagger learns from."""

from collections.abc import Iterable, Iterator

from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example

from kg.evaluate.paper import Gold
from kg.extract.entities import to_tags

# Start and end in characters, and the type; no type for a border case.
Marked = tuple[int, int, str]


def to_example(nlp: Language, text: str, marked: Iterable[Marked]) -> Example:
    """The tokenised text and, beside it, the same with gold tags in ``token.tag_`` (empty where unknown)."""
    doc = nlp.make_doc(text)
    gold = Doc(nlp.vocab, words=[t.text for t in doc], spaces=[bool(t.whitespace_) for t in doc])
    for token, tag in zip(gold, gold_tags(doc, marked), strict=True):
        token.tag_ = tag
    return Example(doc, gold)


def gold_tags(doc: Doc, marked: Iterable[Marked]) -> list[str]:
    """A tag for each token. Unknown, and so without loss, are border cases, spans that no tokens fit, and of spans that
    overlap all but the longest.
    """
    unknown: list[Marked] = []
    known: list[Marked] = []
    for start, end, type_ in marked:
        exact = doc.char_span(start, end)
        span = exact if exact is not None else doc.char_span(start, end, alignment_mode="expand")
        assert span is not None  # expanding always finds one
        (known if exact is not None and type_ else unknown).append((span.start, span.end, type_))
    kept: list[Marked] = []
    for each in sorted(known, key=lambda each: (each[0] - each[1], each)):
        free = all(each[1] <= start or end <= each[0] for start, end, _ in kept)
        (kept if free else unknown).append(each)
    return to_tags(len(doc), [*((start, end, "") for start, end, _ in unknown), *kept])


def marked(gold: Gold) -> Iterator[Marked]:
    """What a reader has marked in a paper."""
    for entity in gold.marked.entities:
        yield from ((start, end, "" if entity.optional else entity.type) for start, end in entity.spans)
    yield from ((start, end, "") for start, end in gold.unknown)
