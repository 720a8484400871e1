"""Descent that is said in so many words: "QLoRA extends LoRA", "DoRA is a variant of LoRA".

Where nothing but such a phrase stands between two names, annotators agree that the one is based on the other; on the
training abstracts the phrases below were right in 74 of 82 cases. Looser ones (built on, based on, derived from) are
left to the model: half of the time they say that something is used.
"""

import re
from itertools import pairwise

from spacy.language import Language
from spacy.tokens import Doc, Span

from kg.extract.attributes import SPANS
from kg.extract.descent import NOUNS
from kg.extract.relations import DocRelation
from kg.extract.words import written

SYSTEMS = frozenset(("Method", "Model"))
SCORE = 0.9  # 74 of 82
FILLERS = r"(?: (?:the|a|an|original|popular|standard|vanilla|well-known|recent|existing|classical?|pre-?trained))*"
KIND = f"(?:{NOUNS.replace(' ', '|')})"
BEFORE = r"(?: \([^()]*\))?,?(?: which| that)?(?: directly| further| also| thus)?(?: is| are| was| were)? "
WORDS = rf"(?:extends?|extending|generali[sz](?:es|ing|e)|(?:an? )?(?:\w+ )?{KIND} of|builds? (?:up)?on)"
WEIGHTS = r"(?:fine-?tuned from|(?:initiali[sz]ed|starting) (?:from|with))"  # of a model: a method has none
PHRASE, START = (re.compile(f"{BEFORE}{words}{FILLERS} ", re.IGNORECASE) for words in (WORDS, WEIGHTS))


@Language.component("kg_phrases", requires=["doc.spans", "doc._.relations"], assigns=["doc._.relations"])
def phrases(doc: Doc) -> Doc:
    """Adds BASED_ON where a phrase says it, in place of what the model made of the pair's descent."""
    found = {
        key(head, tail): DocRelation(head, "BASED_ON", tail, head.sent, SCORE, "kg_phrases") for head, tail in said(doc)
    }
    kept = [r for r in doc._.relations if r.type != "BASED_ON" or key(r.head, r.tail) not in found]
    doc._.relations = (*kept, *found.values())
    return doc


def said(doc: Doc) -> list[tuple[Span, Span]]:
    """Neighbouring methods or models with nothing but a phrase of descent between them; a bracket may hold a third."""
    mentions = [mention for mention in doc.spans[SPANS] if mention.label_ in SYSTEMS]
    near = [*pairwise(mentions), *zip(mentions, mentions[2:], strict=False)]
    text = written(doc)
    pairs = ((head, tail, text[head.end_char : tail.start_char].replace("\n", " ")) for head, tail in near)
    return [(head, tail) for head, tail, words in pairs if head.text != tail.text and is_descent(words, tail.label_)]


def is_descent(words: str, type_: str) -> bool:
    """Whether words between two names say that the first comes from the second, which is of this type."""
    return bool(PHRASE.fullmatch(words) or (type_ == "Model" and START.fullmatch(words)))


def key(head: Span, tail: Span) -> tuple[str, str]:
    return head.text, tail.text
