"""The word embeddings of a tok2vec tagger, kept: most words of an abstract stood in those before it.

The embedding of a word is made of what it looks like, whatever stands around it: spaCy's MultiHashEmbed (hash
embeddings, Svenstrup et al. 2017, and a word vector, through one maxout and a layer normalization), run by numpy alone.
New words go through matrix products in fixed numbers, so that the last bit of a sum does not depend on their company.
"""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.attrs import NORM
from spacy.tokens import Doc
from spacy.vectors import Mode, Vectors
from thinc.api import Model, NumpyOps

from kg.extract.viterbi import Floats
from kg.extract.windows import side_by_side

TOGETHER = 8  # words in one matrix product, which treats the rows of so few alike
MOST = 50_000  # words kept, some 25 MB
LOOKS = frozenset(("ORTH", "LOWER", "NORM", "PREFIX", "SUFFIX", "SHAPE"))
PARTS = ("extract_features", "hashembed", "static_vectors", "maxout", "layernorm")
OTHERS = frozenset(("list2ragged", "ints-getitem", "dropout", "ragged2list"))
Words = NDArray[np.uint64]
Node = Model[Any, Any]


@dataclass(slots=True)
class Embedding:
    """Rows of words by what ``columns`` say of them; they are forgotten when the weights change."""

    store: Vectors
    columns: list[str]
    hashes: list[Node]
    static: list[Node]
    maxout: Node
    norm: Node
    places: dict[tuple[int, int], int] = field(default_factory=dict)  # of its text and its norm
    rows: Floats = field(default_factory=lambda: np.empty((0, 0), dtype="f"))
    known: bytes = b""
    weights: Floats = field(default_factory=lambda: np.empty((0, 0), dtype="f"))

    def __call__(self, doc: Doc) -> Floats:
        """``(tokens, width)``."""
        seen: Any = doc.to_array(["ORTH", "NORM", *self.columns])
        words = list(map(tuple, seen[:, :2].tolist()))
        self._refresh(len(words))
        new = {word: at for at, word in enumerate(words) if word not in self.places}
        if new:
            first = len(self.places)
            self.rows[first : first + len(new)] = self._embed(seen[list(new.values())])
            self.places.update(zip(new, range(first, first + len(new)), strict=True))
        return self.rows[[self.places[word] for word in words]]

    def _refresh(self, more: int) -> None:
        """Empties a full store, or one of other weights."""
        changing: Any = self.maxout.get_param("W")
        state = changing.flat[:16].tobytes()
        if state != self.known or len(self.places) + more > len(self.rows):
            self.places.clear()
            self.known, self.weights = state, product(self.maxout, self.static)
            self.rows = np.empty((MOST + more, self.maxout.get_dim("nO")), dtype="f")

    def _embed(self, seen: Words) -> Floats:
        tables = [table(node, column) for node, column in zip(self.hashes, seen.T[2:], strict=True)]
        inputs = np.concatenate([*tables, *(vectors(self.store, seen[:, 1]) for _ in self.static)], axis=1)
        lots = np.pad(inputs, ((0, -len(inputs) % TOGETHER), (0, 0))).reshape(-1, TOGETHER, inputs.shape[1])
        sums = np.concatenate([lot @ self.weights for lot in lots])[: len(inputs)]
        pieces = sums.reshape(len(inputs), self.maxout.get_dim("nP"), -1) + self.maxout.get_param("b").T
        gain, shift = self.norm.get_param("G"), self.norm.get_param("b")
        found: Floats = normalized(pieces.max(axis=1)) * gain + shift
        return found


def product(maxout: Node, static: list[Node]) -> Floats:
    """``(inputs, pieces * width)``: the weights of the maxout, with those that vectors go through before it."""
    flat = side_by_side(maxout)
    for node in static:
        own: Any = node.get_param("W")
        flat = np.concatenate([flat[: -len(own)], own.T @ flat[-len(own) :]])
    return np.ascontiguousarray(flat)


def table(node: Node, column: Words) -> Floats:
    """``(words, width)``: four rows of a table of hashed looks, added up."""
    rows: Any = node.get_param("E")
    found: Floats = rows[places(node, column)].sum(axis=1)
    return found


def places(node: Node, column: Words) -> NDArray[np.uint32]:
    """``(words, 4)``: the rows that the looks of words are hashed to."""
    found: Any = NumpyOps().hash(np.ascontiguousarray(column), node.attrs["seed"])
    return found % len(node.get_param("E"))  # type: ignore[no-any-return]


def vectors(store: Vectors, norms: Words) -> Floats:
    """``(words, width)``: the vectors of words, zeros where one has none."""
    rows = store.find(keys=norms)
    found: Floats = np.where(rows[:, None] < 0, np.float32(0), store.data[rows])
    return found


def normalized(rows: Floats) -> Floats:
    """Rows of mean 0 and variance 1 (layer normalization, Ba et al. 2016), as thinc has it."""
    rows = rows - rows.mean(axis=1, keepdims=True)
    rows /= np.sqrt(np.einsum("ij,ij->i", rows, rows) / rows.shape[1] + 1e-8)[:, None]
    return rows


def embedding_of(tok2vec: Node, store: Vectors) -> Embedding | None:
    """The kept embeddings of a MultiHashEmbed network, None where it is another or depends on more than the word."""
    if not tok2vec.has_ref("embed") or not tok2vec.has_ref("encode"):
        return None
    leaves = [node for node in tok2vec.get_ref("embed").walk() if not node.layers]
    features, hashes, static, maxouts, norms = ([node for node in leaves if node.name == name] for name in PARTS)
    if not OTHERS.union(PARTS).issuperset(node.name for node in leaves) or not len(features) == len(norms) == 1:
        return None
    columns = features[0].attrs["columns"]
    if not LOOKS.issuperset(columns) or (static and (store.attr != NORM or store.mode != Mode.default)):
        return None
    return Embedding(store, columns, hashes, static, maxouts[0], norms[0])
