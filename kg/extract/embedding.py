"""The word embeddings of a tok2vec tagger, kept: most words of an abstract stood in those before it.

The embedding of a word is made of what it looks like, whatever stands around it. New words go through the network in
fixed numbers, so that the last bit of a sum does not depend on their company.
"""

from typing import Any

import numpy as np
from spacy.tokens import Doc
from thinc.api import Model

from kg.extract.viterbi import Floats

TOGETHER = 8  # words that go through the network at a time: matrix products treat the rows of so few alike
MOST = 50_000  # words kept, some 25 MB
Word = tuple[int, int]  # its text and its norm
LOOKS = frozenset(("ORTH", "LOWER", "NORM", "PREFIX", "SUFFIX", "SHAPE"))


class Embedding:
    """Rows of ``model``, the embedding part of a tok2vec network; they are forgotten when its weights change."""

    def __init__(self, model: Model[Any, Any]) -> None:
        self.model, self.places = model, dict[Word, int]()
        self.rows: Floats = np.empty((0, 0), dtype="f")
        self.weights = next(node for node in model.walk() if node.has_param("W"))
        self.known = b""

    def __call__(self, doc: Doc) -> Floats:
        """``(tokens, width)``."""
        weights: Any = self.weights.get_param("W")
        state = weights.flat[:16].tobytes()
        words = list(map(tuple, doc.to_array(["ORTH", "NORM"]).tolist()))
        if state != self.known or len(self.places) + len(words) > len(self.rows):
            self.places.clear()
            self.known = state
            self.rows = np.empty((MOST + len(words), self.model.get_dim("nO")), dtype="f")
        new = [word for word in dict.fromkeys(words) if word not in self.places]
        for start in range(0, len(new), TOGETHER):
            some = new[start : start + TOGETHER]
            found = self.model.predict([self._text(doc, some + some[:1] * (TOGETHER - len(some)))])[0]
            first = len(self.places)
            self.rows[first : first + len(some)] = found[: len(some)]
            self.places.update(zip(some, range(first, first + len(some)), strict=True))
        return self.rows[[self.places[word] for word in words]]

    def _text(self, doc: Doc, words: list[Word]) -> Doc:
        text = Doc(doc.vocab, words=[doc.vocab.strings[word] for word, _ in words])
        for token, (_, norm) in zip(text, words, strict=True):
            token.norm_ = doc.vocab.strings[norm]
        return text


def embedding_of(tok2vec: Model[Any, Any]) -> Embedding | None:
    """The kept embeddings of a tok2vec network, None where they depend on more than the word."""
    if not tok2vec.has_ref("embed") or not tok2vec.has_ref("encode"):
        return None
    embed = tok2vec.get_ref("embed")
    columns = [node.attrs["columns"] for node in embed.walk() if "columns" in node.attrs]
    return Embedding(embed) if len(columns) == 1 and LOOKS.issuperset(columns[0]) else None
