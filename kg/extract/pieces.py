"""The words of a doc as a transformer encoder reads them: word pieces, and the case that the encoder does not see."""

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

from kg.extract.words import spaced, words

if TYPE_CHECKING:
    from tokenizers import Tokenizer

Ints = NDArray[np.int64]
LONGEST = 510  # word pieces that an encoder reads at once, besides the two that mark the ends
PER_WORD = 12  # word pieces of one word; a longer word is cut
SHAPES = 16


class Pieces:
    """Cuts docs into what the encoder takes."""

    def __init__(self, tokenizer: "Tokenizer") -> None:
        self.tokenizer = tokenizer
        tokenizer.no_padding()
        tokenizer.no_truncation()
        self.pieces = lru_cache(maxsize=50_000)(lambda text: tokenizer.encode(text, add_special_tokens=False).ids)
        self.start, self.stop, self.unknown = (tokenizer.get_vocab()[each] for each in ("[CLS]", "[SEP]", "[UNK]"))

    @classmethod
    def from_file(cls, path: Path) -> "Pieces":
        """Opens a ``tokenizer.json`` of the library tokenizers."""
        from tokenizers import Tokenizer

        return cls(Tokenizer.from_file(str(path)))

    def cut(self, doc: Doc) -> list[tuple[Ints, Ints, Ints]]:
        """Stretches of at most ``LONGEST`` pieces: ids ``(pieces,)``, and where each word begins and its shape
        ``(words,)``. White space, such as between title and abstract, is the encoder's separator.
        """
        texts = words(doc)
        pieces = [(self.pieces(t) or [self.stop if t.isspace() else self.unknown])[:PER_WORD] for t in texts]
        shapes = [shape(text, space) for text, space in zip(texts, spaced(doc), strict=True)]
        stretches: list[tuple[Ints, Ints, Ints]] = []
        begin, size = 0, 0
        for index, word in enumerate([*pieces, [0] * LONGEST]):
            if size + len(word) > LONGEST and index > begin:
                stretches.append(self._stretch(pieces[begin:index], shapes[begin:index]))
                begin, size = index, 0
            size += len(word)
        return stretches

    def _stretch(self, words: list[list[int]], shapes: list[int]) -> tuple[Ints, Ints, Ints]:
        ids = [self.start, *(piece for word in words for piece in word), self.stop]
        starts = 1 + np.cumsum([0, *map(len, words)])[:-1]
        return np.array(ids), starts.astype(np.int64), np.array(shapes)


@lru_cache(maxsize=50_000)
def shape(text: str, space: bool) -> int:
    """A word's case as one of ``SHAPES`` numbers, odd where no space follows."""
    tests = (
        text.islower(), text.istitle() and text.isalpha() and len(text) > 1, len(text) == 1 and text.isupper(),
        text.isupper() and text.isalpha(), text.isalpha(), text.isdigit(), any(map(str.isalnum, text)), True,
    )  # fmt: skip
    return 2 * tests.index(True) + (not space)
