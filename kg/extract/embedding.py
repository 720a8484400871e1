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
LOOKS = frozenset(("ORTH", "LOWER", "NORM", "PREFIX", "SUFFIX", "SHAPE"))


class Embedding:
    """Rows of ``model``, the embedding part of a tok2vec network; they are forgotten when its weights change."""

    def __init__(self, model: Model[Any, Any]) -> None:
        self.model, self.rows = model, dict[tuple[int, int], Floats]()
        self.weights = next(node for node in model.walk() if node.has_param("W"))
        self.known = b""

    def __call__(self, doc: Doc) -> Floats:
        """``(tokens, width)``."""
        weights: Any = self.weights.get_param("W")
        state = weights.flat[:16].tobytes()
        if state != self.known or len(self.rows) > MOST:
            self.rows.clear()
            self.known = state
        words = list(map(tuple, doc.to_array(["ORTH", "NORM"]).tolist()))
        new = [word for word in dict.fromkeys(words) if word not in self.rows]
        for start in range(0, len(new), TOGETHER):
            some = new[start : start + TOGETHER]
            found = self.model.predict([self._text(doc, some + some[:1] * (TOGETHER - len(some)))])[0]
            self.rows.update(zip(some, found, strict=False))
        return np.stack([self.rows[word] for word in words])

    def _text(self, doc: Doc, words: list[tuple[int, int]]) -> Doc:
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
