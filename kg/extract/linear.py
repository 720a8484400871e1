"""Sparse linear models over hashed features, stored as whole numbers, so that sums are exact in any order.

A feature is a string, handled as its code, which is its CRC-32; its bucket is the code modulo the number of buckets
(feature hashing, Weinberger et al. 2009).
The score of a label is the logistic function of ``scale * sum(weights) + bias``; training folds calibration into both.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.resources import files
from io import BytesIO
from itertools import accumulate, chain
from zlib import crc32

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Linear:
    """``weights`` is ``(buckets, labels)`` int8; ``scale`` and ``bias`` are ``(labels,)``."""

    labels: tuple[str, ...]
    weights: NDArray[np.int8]
    scale: NDArray[np.float32]
    bias: NDArray[np.float32]

    @property
    def size(self) -> int:
        """The number of buckets."""
        return len(self.weights)

    def scores(self, rows: Sequence[Sequence[int]]) -> NDArray[np.float64]:
        """Probabilities ``(rows, labels)``, rounded to 4 digits, of rows given as buckets."""
        return self.probabilities(self.sums(rows))

    def sums(self, rows: Sequence[Sequence[int]]) -> NDArray[np.int32]:
        """The summed weights ``(rows, labels)`` of rows given as buckets."""
        sizes = [*map(len, rows)]
        if not rows or 0 in sizes:  # of nothing there is no sum to be had below
            sums = np.zeros((len(rows), len(self.labels)), np.int32)
            if filled := [at for at, size in enumerate(sizes) if size]:
                sums[filled] = self.sums([rows[at] for at in filled])
            return sums
        flat = np.fromiter(chain.from_iterable(rows), np.int64, sum(sizes))
        return np.add.reduceat(self.weights.take(flat, 0), [0, *accumulate(sizes[:-1])], axis=0, dtype=np.int32)

    def probabilities(self, sums: NDArray[np.int32]) -> NDArray[np.float64]:
        """Probabilities, rounded to 4 digits, of summed weights, both ``(rows, labels)``."""
        logits = sums * self.scale.astype(np.float64) + self.bias
        scores: NDArray[np.float64] = np.round(1 / (1 + np.exp(-logits)), 4)
        return scores

    def to_bytes(self) -> bytes:
        """The model as a compressed .npz file."""
        out = BytesIO()
        labels = np.frombuffer(json.dumps(self.labels).encode(), np.uint8)
        np.savez_compressed(out, labels=labels, weights=self.weights, scale=self.scale, bias=self.bias)
        return out.getvalue()

    @classmethod
    def from_bytes(cls, data: bytes) -> "Linear":
        """The inverse of :meth:`to_bytes`."""
        with np.load(BytesIO(data)) as arrays:
            labels = tuple(json.loads(arrays["labels"].tobytes()))
            return cls(labels, arrays["weights"], arrays["scale"], arrays["bias"])


def code(feature: str, before: int = 0) -> int:
    """The CRC-32 of a feature; of the whole feature, where ``before`` is the code of what it begins with."""
    return crc32(feature.encode(), before)


def codes(features: Iterable[str], before: int = 0) -> list[int]:
    """The :func:`code` of each feature; all may have one beginning, which then is hashed and written out only once."""
    return [crc32(feature.encode(), before) for feature in features]


def extended(codes: Iterable[int], end: str) -> list[int]:
    """The code of each feature when it goes on with the same end."""
    more = end.encode()
    return [crc32(more, each) for each in codes]


def beyond(what: str, value: float, steps: Iterable[float]) -> list[int]:
    """A number as features: the codes of all steps that it is greater than."""
    return codes(f"{what} {step}" for step in steps if value > step)


def buckets(codes: Iterable[int], size: int) -> list[int]:
    """The distinct buckets of features, given as codes, in ascending order, for ``size`` buckets (a power of two)."""
    last = size - 1
    return sorted({each & last for each in codes})


def load(name: str) -> Linear:
    """The model of this name that ships with the package."""
    return Linear.from_bytes((files("kg.extract") / "model" / f"{name}.npz").read_bytes())
