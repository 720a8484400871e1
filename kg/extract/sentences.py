"""Sentence boundaries by rule: the title is a sentence of its own, abbreviations and decimals end none."""

from collections.abc import Sequence

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

from kg.extract.words import spaced, words

ENDS = frozenset(".!?…")
CLOSERS = frozenset("\"')]}”’»")
ABBREVIATIONS = frozenset(
    "al. cf. e.g. eq. etc. fig. figs. i.e. resp. sec. tab. viz. vs. w.r.t. i.i.d. s.t. approx. no. ref. refs.".split()  # noqa: SIM905
)


@Language.component("kg_sentences", assigns=["token.is_sent_start"])
def sentences(doc: Doc) -> Doc:
    """Sets ``token.is_sent_start`` on every token."""
    texts, spaces = words(doc), spaced(doc)
    starts = np.full(len(doc), -1)
    ended = True
    for index, word in enumerate(texts):
        start = index == 0
        if ended and index:
            start = not word.isspace() and (word not in CLOSERS or spaces[index - 1])
        if start:
            starts[index] = 1
        ended = "\n" in word or (ended and not start) or (word[-1] in ENDS and ends_sentence(texts, spaces, index))
    doc.from_array("SENT_START", starts.astype(np.uint64))  # type: ignore[arg-type]  # it takes one column, too
    return doc


def ends_sentence(words: Sequence[str], spaces: Sequence[bool], index: int) -> bool:
    """Whether a token that ends in a mark ends a sentence."""
    if index + 1 == len(words):
        return False
    word, after = words[index], words[index + 1]
    if word in ENDS and not spaces[index] and after not in CLOSERS and "\n" not in after:
        return False
    before = words[index - 1].casefold() if index else ""
    if word == "." and (f"{before}." in ABBREVIATIONS or (len(before) == 1 and before.isalpha())):
        return False
    return word.casefold() not in ABBREVIATIONS and not after[0].islower()
