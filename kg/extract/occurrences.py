"""Every occurrence of a name is a mention of it.

A recogniser judges each place by the words around it; a reader who takes something for a name once takes it so wherever
the paper says it again, be it in the address of its code. Longer names go first, and none lies within another.
"""

from collections.abc import Iterable, Iterator, Sequence

from spacy.language import Language
from spacy.tokens import Doc, Span

from kg.extract.attributes import ATTRIBUTES, SPANS
from kg.extract.words import written

CASED = 4  # so short a name is another word in another case: MAP, map


@Language.component("kg_occurrences", requires=["doc.spans"], assigns=["doc.spans"])
def occurrences(doc: Doc) -> Doc:
    """Completes ``doc.spans["mentions"]``; what is added has the score that the recogniser would have given it."""
    found = list(doc.spans[SPANS])
    known = {(span.start, span.end) for span in found}
    doc.spans[SPANS] = spans = complete(doc, found)
    for span in spans:
        if (span.start, span.end) not in known:
            span._.score = round(named(span), 4)
    return doc


def named(span: Span) -> float:
    """How sure the recogniser is that the words of a mention are of a name, whatever its type."""
    sure = span.doc._.named
    return float(span._.score if sure is None else sure[span.start : span.end].min())


def complete(doc: Doc, found: Sequence[Span]) -> list[Span]:
    """The mentions found and all others of their names, in the order of the text; of those that overlap the longest,
    and of a name that has several types at first that of its surest mention.
    """
    if not found:
        return []
    text, own = written(doc), {(span.start_char, span.end_char): span for span in found}
    surest = {span.text: span for span in sorted(found, key=lambda span: span._.score or 0.0)}
    taken, spans = bytearray(len(text)), list[Span]()
    for start, end, name in places(text, surest):
        free = not any(taken[start:end])
        if free and (span := own.get((start, end)) or another(doc, start, end, surest[name])):
            taken[start:end] = b"\1" * (end - start)
            spans.append(span)
    spans += [span for span in found if not any(taken[span.start_char : span.end_char])]
    return sorted(spans, key=lambda span: span.start)


def places(text: str, names: Iterable[str]) -> Iterator[tuple[int, int, str]]:
    """Where names stand in the text as whole words, the longest first; those of at most ``CASED`` letters as they are
    written, others in any case.
    """
    low = text.lower()
    for name in sorted(names, key=len, reverse=True):
        cased = len(name) <= CASED or len(low) != len(text)
        there, what = (text, name) if cased else (low, name.lower())
        start = there.find(what)
        while start >= 0:
            end = start + len(what)
            if is_edge(text, start) and is_edge(text, end):
                yield start, end, name
            start = there.find(what, start + 1)


def is_edge(text: str, place: int) -> bool:
    """Whether no word runs on there."""
    return not (is_part(text[place - 1 : place]) and is_part(text[place : place + 1]))


def is_part(character: str) -> bool:
    return character.isalnum() or character == "_"


def another(doc: Doc, start: int, end: int, like: Span) -> Span | None:
    """The mention between these characters, None where no token begins or ends."""
    span = doc.char_span(start, end, label=like.label_)
    if span is not None:
        for name in ATTRIBUTES:
            span._.set(name, like._.get(name))
        span._.by = "kg_occurrences"
    return span
