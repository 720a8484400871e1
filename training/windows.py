"""The network of the fast tagger in torch, which trains it several times as fast as thinc: its weights come from a
tagger and go back into it.
"""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from spacy.tokens import Doc
from thinc.api import Model
from torch import Tensor, nn
from torch.nn import functional

from kg.extract.embedding import places
from kg.extract.entities import EntityTagger

Node = Model[Any, Any]
Ints = NDArray[np.int32]
Word = tuple[int, int]


class Highest(torch.autograd.Function):
    """The highest of some pieces that lie side by side; torch's own maximum keeps and compares them again on its way
    back, which took a fifth of the whole time.
    """

    @staticmethod
    def forward(context: Any, sums: Tensor, pieces: int) -> Tensor:
        best, *others = sums.chunk(pieces, 1)
        for other in others:
            best = torch.maximum(best, other)
        context.save_for_backward(sums.view(len(sums), pieces, -1) == best[:, None])
        return best

    @staticmethod
    def backward(context: Any, *slopes: Tensor) -> tuple[Tensor, None]:
        (chosen,) = context.saved_tensors
        return (chosen * slopes[0][:, None]).view(len(chosen), -1), None


class Drop(nn.Module):
    """Dropout from one long row of random numbers, read from a random place: drawing new ones took an eighth of the
    whole time.
    """

    def __init__(self, rate: float) -> None:
        super().__init__()
        self.masks = (torch.rand(1 << 24) >= rate).float() / (1 - rate)

    def forward(self, rows: Tensor) -> Tensor:
        at = int(torch.randint(len(self.masks) - rows.numel(), ()))
        return rows * self.masks[at : at + rows.numel()].view(rows.shape) if self.training else rows


class Maxout(nn.Module):
    """A maxout and the layer normalization after it, the pieces side by side."""

    def __init__(self, maxout: Node, norm: Node) -> None:
        super().__init__()
        self.nodes = maxout, norm
        width, self.pieces, inputs = maxout.get_param("W").shape
        weights = torch.as_tensor(maxout.get_param("W")).permute(1, 0, 2).reshape(-1, inputs)
        self.weights = nn.Parameter(weights.clone())
        self.bias = nn.Parameter(torch.as_tensor(maxout.get_param("b")).T.reshape(-1).clone())
        self.gain = nn.Parameter(torch.as_tensor(norm.get_param("G")).clone())
        self.shift = nn.Parameter(torch.as_tensor(norm.get_param("b")).clone())
        self.width = width

    def forward(self, rows: Tensor) -> Tensor:
        best = Highest.apply(functional.linear(rows, self.weights, self.bias), self.pieces)
        return functional.layer_norm(best.float(), (self.width,), self.gain, self.shift, 1e-8)

    def write(self) -> None:
        maxout, norm = self.nodes
        set_param(maxout, "W", self.weights.reshape(self.pieces, self.width, -1).permute(1, 0, 2))
        set_param(maxout, "b", self.bias.reshape(self.pieces, self.width).T)
        set_param(norm, "G", self.gain)
        set_param(norm, "b", self.shift)


class Network(nn.Module):
    """Words of a batch, and which of them each token is -> ``(tokens, tags)``; ``vectors`` are not trained."""

    def __init__(self, tagger: EntityTagger, dropout: float) -> None:
        super().__init__()
        embedding, windows = tagger.embedding, tagger.windows
        assert embedding is not None
        assert windows is not None
        self.embedding, self.pad = embedding, windows.pad
        self.last = next(node for node in tagger.model.walk() if node.name == "softmax")
        self.vectors = torch.as_tensor(np.pad(embedding.store.data, ((0, 1), (0, 0))))  # the last: no vector
        self.tables = nn.ParameterList(torch.as_tensor(node.get_param("E")).clone() for node in embedding.hashes)
        self.static = nn.Parameter(torch.as_tensor(embedding.static[0].get_param("W")).clone())
        self.first = Maxout(embedding.maxout, embedding.norm)
        self.layers = nn.ModuleList(map(Maxout, windows.maxouts, windows.norms))
        self.weights = nn.Parameter(torch.as_tensor(self.last.get_param("W")).clone())
        self.bias = nn.Parameter(torch.as_tensor(self.last.get_param("b")).clone())
        self.drop = Drop(dropout)

    def forward(self, looks: Tensor, tokens: Tensor) -> Tensor:
        """``looks`` is what :meth:`looks_of` says of the words; tokens of -1 stand between texts."""
        hashed = [
            functional.embedding_bag(looks[:, 4 * at : 4 * at + 4], table, mode="sum")
            for at, table in enumerate(self.tables)
        ]
        vectors = functional.linear(self.vectors[looks[:, -1]], self.static)
        words = self.drop(self.first(self.drop(torch.cat([*hashed, vectors], 1))))
        states = words[tokens.clamp(0)] * (tokens >= 0)[:, None]
        for layer in self.layers:
            around = functional.pad(states.bfloat16(), (0, 0, 1, 1))
            states = states + self.drop(layer(torch.cat([around[:-2], around[1:-1], around[2:]], 1)))
        return functional.linear(states, self.weights, self.bias)

    def looks_of(self, doc: Doc) -> tuple[list[Word], Ints]:
        """The word of each token and, ``(tokens, 4 * tables + 1)``, its rows in the tables and among the vectors."""
        seen = doc.to_array(["ORTH", "NORM", *self.embedding.columns])
        rows = [places(node, column) for node, column in zip(self.embedding.hashes, seen.T[2:], strict=True)]
        vectors = self.embedding.store.find(keys=seen[:, 1])[:, None] % len(self.vectors)
        return list(map(tuple, seen[:, :2].tolist())), np.concatenate([*rows, vectors], axis=1).astype(np.int32)

    def give_back(self, weights: Sequence[Tensor]) -> None:
        """Writes these weights, in the order of its parameters, into the tagger."""
        own = [each.detach().clone() for each in self.parameters()]
        for each, other in zip(self.parameters(), weights, strict=True):
            each.data.copy_(other)
        self._write()
        for each, other in zip(self.parameters(), own, strict=True):
            each.data.copy_(other)

    def _write(self) -> None:
        for node, table in zip(self.embedding.hashes, self.tables, strict=True):
            set_param(node, "E", table)
        set_param(self.embedding.static[0], "W", self.static)
        for layer in (self.first, *self.layers):
            layer.write()
        set_param(self.last, "W", self.weights)
        set_param(self.last, "b", self.bias)


def set_param(node: Node, name: str, values: Tensor) -> None:
    node.set_param(name, np.ascontiguousarray(values.detach().numpy()))


class Texts:
    """Tagged texts as the network takes them; what it sees of a word is kept once."""

    def __init__(self, network: Network, labels: Sequence[str]) -> None:
        self.network, self.tags = network, {"": -1} | {tag: at for at, tag in enumerate(labels)}
        self.numbers: dict[Word, int] = {}
        self.looks: list[Ints] = []
        self.all: list[tuple[Ints, Ints, float]] = []

    def add(self, doc: Doc, tags: Iterable[str], weight: float) -> None:
        words, looks = self.network.looks_of(doc)
        for word, row in zip(words, looks, strict=True):
            if word not in self.numbers:
                self.numbers[word] = len(self.looks)
                self.looks.append(row)
        tokens = np.array([self.numbers[word] for word in words], np.int32)
        self.all.append((tokens, np.array([self.tags[tag] for tag in tags], np.int32), weight))

    def batch(self, places: Sequence[int]) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """What the network takes of these texts, the tags (-1: unknown) and weights of their tokens."""
        gap = np.full(self.network.pad, -1, np.int32)
        tokens, tags, weights = [gap], [gap], [gap * 0.0]
        for own, right, weight in map(self.all.__getitem__, places):
            tokens += [own, gap]
            tags += [right, gap]
            weights += [np.full(len(own), weight), gap * 0.0]
        words, inside = np.unique(np.concatenate(tokens), return_inverse=True)  # the first stands for a gap
        looks = np.stack([self.looks[word] for word in words[1:]])
        rows = torch.as_tensor(looks), torch.as_tensor(inside - 1)
        return *rows, torch.as_tensor(np.concatenate(tags)).long(), torch.as_tensor(np.concatenate(weights)).float()
