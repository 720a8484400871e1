"""Entity recognition, the accurate way: a transformer encoder, run by onnxruntime, decoded as the fast tagger is.

One graph reads the word pieces of a stretch and gives each word a row: the scores of its BILUO tags, and last the
log-odds that it names what the paper introduces. Stretches go one at a time on one thread: the same numbers every time.
"""

import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

from kg.extract.attributes import SPANS
from kg.extract.entities import decode, mentions, to_spans
from kg.extract.pieces import Pieces
from kg.extract.viterbi import Floats
from kg.types import ENTITY_TYPES

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

TAGS = ("O", *(f"{mark}-{type_}" for type_ in ENTITY_TYPES for mark in "BILU"))
GRAPH, PIECES = "tagger.onnx", "tokenizer.json"


class EncoderTagger:
    """Writes ``doc.spans["mentions"]`` and ``doc._.introduced``; its two files come with :meth:`from_disk`."""

    def __init__(self, name: str, min_score: float) -> None:
        self.name, self.min_score = name, min_score
        self.folder: Path | None = None

    def __call__(self, doc: Doc) -> Doc:
        rows = self.rows(doc)
        tags, probabilities = decode(rows[:, :-1], TAGS) if len(doc) else ([], rows[:, 0])
        found = to_spans([TAGS[tag] for tag in tags])
        doc.spans[SPANS] = mentions(doc, found, probabilities, self.name, self.min_score)
        doc._.introduced = 1 / (1 + np.exp(-rows[:, -1]))
        return doc

    def rows(self, doc: Doc) -> Floats:
        """``(tokens, tags + 1)``."""
        found = [
            self.session.run(None, {"ids": ids[None], "starts": starts[None], "shapes": shapes[None]})[0][0]
            for ids, starts, shapes in self.pieces.cut(doc)
        ]
        return np.concatenate([np.zeros((0, len(TAGS) + 1), np.float32), *found])

    def to_disk(self, path: Path, *, exclude: Iterable[str] = ()) -> None:
        path.mkdir(parents=True, exist_ok=True)
        for name in (GRAPH, PIECES):
            if self.folder and self.folder != path:
                shutil.copyfile(self.folder / name, path / name)

    def from_disk(self, path: Path, *, exclude: Iterable[str] = ()) -> "EncoderTagger":
        self.folder, self.pieces, self.session = path, Pieces.from_file(path / PIECES), open_graph(path / GRAPH)
        return self


def open_graph(path: Path) -> "InferenceSession":
    """The graph, to be run on one thread: the papers are what runs side by side."""
    from onnxruntime import InferenceSession, SessionOptions

    options = SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    return InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


@Language.factory("kg_encoder", assigns=["doc.spans", "doc._.introduced"], default_config={"min_score": 0.0})
def create(nlp: Language, name: str, min_score: float) -> EncoderTagger:
    return EncoderTagger(name, min_score)
