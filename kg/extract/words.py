"""The words of a doc as plain Python: several components read the doc in hand one after the other, spaCy gives it once.

Making a spaCy token for every word takes longer than most of what is asked of it.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from spacy.tokens import Doc


@lru_cache(maxsize=1)
def words(doc: Doc) -> tuple[str, ...]:
    """The text of every token."""
    return tuple(map(doc.vocab.strings.__getitem__, doc.to_array("ORTH").tolist()))


@lru_cache(maxsize=1)
def spaced(doc: Doc) -> tuple[bool, ...]:
    """Whether a space follows, for every token."""
    return tuple(map(bool, doc.to_array("SPACY").tolist()))


@lru_cache(maxsize=1)
def written(doc: Doc) -> str:
    """The text of the doc."""
    return "".join([f"{word} " if space else word for word, space in zip(words(doc), spaced(doc), strict=True)])


@lru_cache(maxsize=50_000)
def fold(word: str) -> str:
    """A word in lower case with its digits as zeros, at most four in a row."""
    return re.sub(r"0000+", "0000", re.sub(r"\d", "0", word.lower()))


@dataclass(frozen=True, slots=True)
class Folded:
    """``words`` are the folded words but white space, ``tokens`` where they stand; ``before`` counts them before each
    token and the end; ``breaks`` are the tokens with a line break.
    """

    words: list[str]
    tokens: list[int]
    before: list[int]
    breaks: list[int]


@lru_cache(maxsize=1)
def folded(doc: Doc) -> Folded:
    texts = words(doc)
    solid = [not text.isspace() for text in texts]
    return Folded(
        [fold(text) for text, kept in zip(texts, solid, strict=True) if kept],
        [token for token, kept in enumerate(solid) if kept],
        list(accumulate(solid, initial=0)),
        [token for token, text in enumerate(texts) if "\n" in text],
    )
