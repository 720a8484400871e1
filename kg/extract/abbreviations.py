"""Abbreviations that a paper defines itself, and what follows for its mentions.

The pairs are found by the algorithm of Schwartz and Hearst (2003), "A simple algorithm for identifying abbreviation
definitions in biomedical text": the characters of the short form are matched from right to left in the words before (or
inside) the brackets, its first character at the start of a word.
"""

import re

from spacy.language import Language
from spacy.tokens import Doc, Span

from kg.extract.acronyms import readings, spelled_out
from kg.extract.attributes import SPANS
from kg.extract.words import written

BRACKETS = re.compile(r"\(\s*([^()]{2,80}?)\s*\)")
ARTICLE = re.compile(r"(?:a|an|the) ", re.IGNORECASE)
SHORT = re.compile(r"[A-Za-z0-9][\w.+/*-]{1,14}(?: [A-Z0-9][\w.+/*-]{0,6})?$")


@Language.component("kg_abbreviations", requires=["doc.spans"], assigns=["doc._.abbreviations", "span._.expansion"])
def abbreviations(doc: Doc) -> Doc:
    """Sets ``doc._.abbreviations`` (pairs of short and long span) and ``span._.expansion``; completes the mentions."""
    doc._.abbreviations = tuple((short, widen(doc, long)) for short, long in find_pairs(doc))
    for short, long in doc._.abbreviations:
        share_type(doc, short, long)
    longs = {short.text: long.text for short, long in doc._.abbreviations}
    longs |= {ARTICLE.sub("", long): long for long in longs.values() if ARTICLE.match(long)}  # A Lite BERT (ALBERT)
    texts = [mention.text for mention in doc.spans[SPANS]]
    spelled = spelled_out(texts)
    for mention, text in zip(doc.spans[SPANS], texts, strict=True):
        mention._.expansion = (
            longs.get(text) or (longs.get(text[:-1]) if text.endswith("s") else None) or spelled.get(text)
        )
    return doc


def find_pairs(doc: Doc) -> list[tuple[Span, Span]]:
    """All ``(short, long)`` spans that the text defines, the first definition of a short form only."""
    pairs: dict[str, tuple[Span, Span]] = {}
    text = written(doc)
    for match in BRACKETS.finditer(text):
        inner, (start, end) = re.split(r"[;,]", match[1])[0].strip(), match.span(1)
        short: tuple[int, int] | None
        if is_short(inner):
            short, long = (start, start + len(inner)), before(text, match.start(), inner)
        else:
            short, long = last_word(text, match.start()), None
            if short and is_short(text[slice(*short)]):
                found = long_form(text[slice(*short)], match[1])
                long = (start + found, end) if found == 0 else None
        if short is None or long is None:
            continue
        spans = doc.char_span(*short), doc.char_span(*long)
        if spans[0] is not None and spans[1] is not None:
            pairs.setdefault(spans[0].text, (spans[0], spans[1]))
    return list(pairs.values())


def is_short(text: str) -> bool:
    """Whether a text can be an abbreviation: 2 to 15 characters, one or two words, a capital letter in it."""
    return bool(SHORT.match(text)) and any(character.isupper() for character in text)


def last_word(text: str, end: int) -> tuple[int, int] | None:
    match = re.search(r"(\S+)\s*$", text[:end])
    return match.span(1) if match else None


def before(text: str, end: int, short: str) -> tuple[int, int] | None:
    """The long form that ends where the bracket opens: at most ``min(n + 5, 2n)`` words for n characters."""
    length = max(len(letters) for letters, _ in readings(short))
    limit = min(length + 5, length * 2)
    sentence = re.split(r"[.;:!?]\s|\n|[()]", text[:end])[-1].rstrip()
    words = list(re.finditer(r"\S+", sentence))[-limit:]
    if not words:
        return None
    window = sentence[words[0].start() :]
    start = long_form(short, window)
    stop = len(text[:end].rstrip())
    return None if start is None else (stop - len(window) + start, stop)


def long_form(short: str, window: str) -> int | None:
    """Where in the window the shortest long form of ``short`` begins, None when the characters do not match.

    A plural s of the short form need not match, and a long form must be longer than the short one. Beyond the published
    algorithm, words whose initials spell the short form go first: SSL is self-supervised, not supervised learning;
    and digits may count letters, X stand for cross- or ex-: see :func:`kg.extract.acronyms.readings`.
    """
    bare = short[:-1] if re.search(r"[A-Z]s$", short) else short
    found = (
        _long_form(short, [letter for letter in letters if letter.isalnum()], window, initials)
        for letters, initials in readings(bare)
    )
    return next((start for start in found if start is not None), None)


def _long_form(short: str, letters: list[str], window: str, initials: bool) -> int | None:
    low, at = window.casefold(), len(window)
    words = list(re.finditer(r"[^\W_]+", low))[-len(letters) :]
    if len(letters) > 2 and [word[0][0] for word in words] == letters:
        return words[0].start()
    for position, letter in reversed(list(enumerate(letters))):
        places = (i for i in range(at - 1, -1, -1) if low[i] == letter)
        edge = at if initials else None
        at = next((i for i in places if is_start(low, i) or (position and edge in (None, i + 1))), -1)
        if at < 0:
            return None
    return at if len(window) - at > len(short) and short.casefold() not in low[at:].split() else None


def is_start(text: str, place: int) -> bool:
    """Whether a word begins there."""
    return place == 0 or not text[place - 1].isalnum()


def widen(doc: Doc, long: Span) -> Span:
    """The mention that ends where the long form ends and begins before it: the letters alone may miss its first
    word.
    """
    wider = [m for m in doc.spans[SPANS] if m.end == long.end and m.start < long.start]
    return doc[wider[0].start : long.end] if wider else long


def share_type(doc: Doc, short: Span, long: Span) -> None:
    """Gives both sides of a definition the type of the surer side."""
    sides = [m for m in doc.spans[SPANS] if (m.start, m.end) in {(short.start, short.end), (long.start, long.end)}]
    if not sides:
        return
    best = max(sides, key=lambda m: m._.score)
    taken = {index for m in doc.spans[SPANS] for index in range(m.start, m.end)}
    added = [span for span in (short, long) if not taken & set(range(span.start, span.end))]
    mentions = [*doc.spans[SPANS]]
    for span in added:
        new = Span(doc, span.start, span.end, best.label_)
        new._.score, new._.by = best._.score, "kg_abbreviations"
        mentions.append(new)
        taken |= set(range(span.start, span.end))
    doc.spans[SPANS] = sorted(mentions, key=lambda m: m.start)
