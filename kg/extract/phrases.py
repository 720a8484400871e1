"""Descent that is said in so many words: "QLoRA extends LoRA", "DoRA is a variant of LoRA".

Where nothing but such a phrase stands between two names, annotators agree that the one is based on the other. Some
phrases say so of any names; looser ones ("adapts", "is based on") say so where a paper speaks of what it introduces and
of what has a name of its own. Others (derived from, on top of) are left to the model: most of them mean use.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from spacy.language import Language
from spacy.tokens import Doc, Span

from kg.extract.attributes import SPANS
from kg.extract.descent import NOUNS
from kg.extract.reading import PROPOSED
from kg.extract.relations import DocRelation
from kg.extract.words import written

SYSTEMS = frozenset(("Method", "Model"))
SURE, LIKELY = 0.9, 0.85  # of 92 and 66 in the training abstracts, annotators call 84 and 57 descent
NAMED, UNMISTAKABLE = re.compile(r"[A-Z\d]"), re.compile(r"\w[A-Z]|\d")
ASIDE = r"(?: (?:language )?models?)?(?: \([^()]*\)|\))?(?:, [^,;.()]+(?=,))?,?"
BEFORE = rf"{ASIDE}(?: which| that)?(?: directly| further| also| thus)?(?: is| are| was| were)? "
PART = "(?: the (?:architecture|decoder|design|encoder|framework|idea|recipe) of)?"
FILLERS = r"(?: (?:the|a|an|original|popular|standard|vanilla|well-known|recent|existing|classical?|pre-?trained))*"
KIND = rf"(?:an? )?(?:\w+ )?(?:{NOUNS.replace(' ', '|')}|enhancement|refinement|reformulation|scale-up|successor) of"


def phrase(*words: str) -> re.Pattern[str]:
    """What may stand between two names where one of these says how they are akin."""
    return re.compile(f"{BEFORE}(?:{'|'.join(words)}){PART}{FILLERS} ", re.IGNORECASE)


SAID = phrase("extends?", "extending", "generali[sz](?:es|ing|e)", KIND, "builds? (?:up)?on")
STARTED = phrase("fine-?tuned from", "(?:initiali[sz]ed|starting) (?:from|with)")  # from weights: a method has none
LOOSE = phrase(
    "(?:adapt|modifie|modify|reformulate|reinterpret|simplifie)s?", "(?:adapt|modify|reformulat|simplify)ing",
    r"an? (?:\w+ )?(?:enhanced|enlarged|extended|improved|modified)", "improves? (?:up)?on", "built from",
    "replac(?:es|ing) [^,;.()]+ of",
)  # fmt: skip
BASED = phrase("(?:based|built) (?:up)?on", "trained from")  # of a method: what it uses
AND = "(?:and|as well as)"
LISTED = re.compile(rf"(?: \([^()]*\))?(?:,|,? {AND})(?: the)? |[^;.]* {AND} (?:up)?on(?: the)? ")
ASIDE_LISTED = re.compile(rf" {AND}(?: the)? ")  # "X, based on Y, and Z": the aside ends with Y


@Language.component("kg_phrases", requires=["doc.spans", "doc._.relations"], assigns=["doc._.relations"])
def phrases(doc: Doc) -> Doc:
    """Adds BASED_ON where a phrase says it, in place of what the model made of the pair's descent."""
    found = {
        key(head, tail): DocRelation(head, "BASED_ON", tail, head.sent, score, "kg_phrases")
        for head, tail, score in said(doc)
    }
    if found:
        kept = [r for r in doc._.relations if r.type != "BASED_ON" or key(r.head, r.tail) not in found]
        doc._.relations = (*kept, *found.values())
    return doc


def said(doc: Doc) -> Iterator[tuple[Span, Span, float]]:
    """Methods or models with nothing but a phrase of descent between them, and how likely it says so.

    The nearer name goes before the one whose bracket it stands in. "X builds on Y and Z" says so of Z too.
    """
    mentions = [mention for mention in doc.spans[SPANS] if mention.label_ in SYSTEMS]
    text = written(doc)
    for at, tail in enumerate(mentions):
        for head in mentions[max(0, at - 2) : at][::-1]:
            words = between(text, head, tail)
            sure = likelihood(head, words, tail)
            if sure and head.text != tail.text:
                pattern = ASIDE_LISTED if "," in words else LISTED
                yield from ((head, each, sure) for each in listed(text, mentions[at:], pattern))
                break


def listed(text: str, mentions: Sequence[Span], pattern: re.Pattern[str]) -> Iterator[Span]:
    """The first of some mentions, and those in one list with it."""
    yield mentions[0]
    for one, other in pairwise(mentions):
        if not pattern.fullmatch(between(text, one, other)):
            return
        yield other


def likelihood(head: Span, words: str, tail: Span) -> float:
    """How likely the words between two names say that the first comes from the second; 0 where they do not."""
    model = tail.label_ == "Model"
    if SAID.fullmatch(words) or (model and STARTED.fullmatch(words)):
        return SURE
    own = head._.role == PROPOSED
    loose = LOOSE.fullmatch(words) and (own or UNMISTAKABLE.search(head.text))
    if NAMED.search(tail.text) and (loose or (own and model and BASED.fullmatch(words))):
        return LIKELY
    return 0.0


def between(text: str, one: Span, other: Span) -> str:
    return text[one.end_char : other.start_char].replace("\n", " ")


def key(head: Span, tail: Span) -> tuple[str, str]:
    return head.text, tail.text
