"""The encoder of a tok2vec tagger (windows of words, maxout, layer normalization, residuals), run by onnxruntime.

It computes what spaCy's MaxoutWindowEncoder does in a quarter of the time: its matrix products are in 8-bit integers
(weights by column, states as they come; Jacob et al. 2018).
"""

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from thinc.api import Model

from kg.extract.graph import open_graph
from kg.extract.viterbi import Floats

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

GRAPH = Path(__file__).parent / "model" / "window.onnx"  # one layer, without weights
PIECES = 3
PARTS = frozenset(("expand_window", "maxout", "layernorm", "dropout"))
Layer = dict[str, NDArray[Any]]


@dataclass(slots=True)
class Windows:
    """The layers of an encoder, taken anew when their weights change."""

    maxouts: list[Model[Any, Any]]
    norms: list[Model[Any, Any]]
    pad: int
    known: bytes = b""
    layers: list[Layer] = field(default_factory=list)

    def __call__(self, rows: Floats) -> Floats:
        """``(tokens, width)`` of one text to the same; around it lie ``pad`` rows of zeros."""
        states: Floats = np.pad(rows, ((self.pad, self.pad), (0, 0)))
        for weights in self._layers():
            (states,) = session().run(None, {"states": states, **weights})
        return states[self.pad : -self.pad]

    def _layers(self) -> list[Layer]:
        weights: list[Any] = [node.get_param("W") for node in self.maxouts]
        state = b"".join(each.flat[:16].tobytes() for each in weights)
        if state != self.known:
            self.known = state
            self.layers = [layer(maxout, norm) for maxout, norm in zip(self.maxouts, self.norms, strict=True)]
        return self.layers


@cache
def session() -> "InferenceSession":
    return open_graph(GRAPH)


def layer(maxout: Model[Any, Any], norm: Model[Any, Any]) -> Layer:
    """The weights of a layer by the names of the graph's inputs, the pieces of a maxout side by side."""
    weights, bias = side_by_side(maxout), maxout.get_param("b")
    scale = np.maximum(np.abs(weights).max(axis=0), np.float32(1e-12)) / np.float32(127)
    whole = np.round(weights / scale).astype(np.int8)
    return {"weights": whole, "scale": scale, "bias": bias.T.ravel(), "gain": norm.get_param("G"),
            "shift": norm.get_param("b")}  # fmt: skip


def side_by_side(maxout: Model[Any, Any]) -> Floats:
    """The weights of a maxout, ``(inputs, pieces * width)``."""
    weights: Any = maxout.get_param("W")  # (width, pieces, inputs)
    flat: Floats = weights.transpose(2, 1, 0).reshape(weights.shape[2], -1)
    return flat


def windows_of(encoder: Model[Any, Any]) -> Windows | None:
    """A MaxoutWindowEncoder of 3 pieces that looks at one word on either side; None where the network is another."""
    leaves = [node for node in encoder.walk() if not node.layers]
    maxouts, norms = ([node for node in leaves if node.name == name] for name in ("maxout", "layernorm"))
    near = all(node.attrs["window_size"] == 1 for node in leaves if node.name == "expand_window")
    if not near or not PARTS.issuperset(node.name for node in leaves) or len(maxouts) != len(norms):
        return None
    fits = encoder.attrs.get("pad") == len(maxouts) and all(node.get_dim("nP") == PIECES for node in maxouts)
    return Windows(maxouts, norms, encoder.attrs["pad"]) if fits else None
