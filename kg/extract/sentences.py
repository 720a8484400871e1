"""Sentence boundaries by rule: the title is a sentence of its own, abbreviations and decimals end none."""

from spacy.language import Language
from spacy.tokens import Doc

ENDS = frozenset(".!?…")
CLOSERS = frozenset("\"')]}”’»")
ABBREVIATIONS = frozenset(
    "al. cf. e.g. eq. etc. fig. figs. i.e. resp. sec. tab. viz. vs. w.r.t. i.i.d. s.t. approx. no. ref. refs.".split()  # noqa: SIM905
)


@Language.component("kg_sentences", assigns=["token.is_sent_start"])
def sentences(doc: Doc) -> Doc:
    """Sets ``token.is_sent_start`` on every token."""
    ended = True
    for index, token in enumerate(doc):
        closes = token.text in CLOSERS and index > 0 and not doc[index - 1].whitespace_
        token.is_sent_start = index == 0 or (ended and not closes and not token.is_space)
        ended = "\n" in token.text or (ended and not token.is_sent_start) or ends_sentence(doc, index)
    return doc


def ends_sentence(doc: Doc, index: int) -> bool:
    """Whether a token is the mark that ends a sentence."""
    word = doc[index].text
    if word[-1] not in ENDS or index + 1 == len(doc):
        return False
    after = doc[index + 1].text
    if word in ENDS and not doc[index].whitespace_ and after not in CLOSERS and "\n" not in after:
        return False
    before = doc[index - 1].text.casefold() if index else ""
    if word == "." and (f"{before}." in ABBREVIATIONS or (len(before) == 1 and before.isalpha())):
        return False
    return word.casefold() not in ABBREVIATIONS and not after[0].islower()
