"""Entity recognition, the accurate way: a transformer encoder, run by onnxruntime, decoded as the fast tagger is.

One graph reads the word pieces of a stretch and gives each word a row: the scores of its BILUO tags, and last the
log-odds that it names what the paper introduces. Stretches go one at a time on one thread: the same numbers every time.

The fast tagger may have a say: it errs elsewhere, for it sees the case of words, and their vectors, and was trained on
far more text. What counts is the weighted geometric mean of both (a product of experts, Hinton 2002).
"""

import shutil
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

from kg.extract.entities import NOTHING, EntityTagger, decode, log_softmax, write
from kg.extract.graph import open_graph
from kg.extract.load import load
from kg.extract.pieces import Pieces
from kg.extract.viterbi import Floats
from kg.types import ENTITY_TYPES

TAGS = ("O", *(f"{mark}-{type_}" for type_ in ENTITY_TYPES for mark in "BILU"))
GRAPH, PIECES = "tagger.onnx", "tokenizer.json"


class EncoderTagger:
    """Writes ``doc.spans["mentions"]``, ``doc._.named`` and ``doc._.introduced``; its two files come with
    :meth:`from_disk`.
    """

    def __init__(self, name: str, min_score: float, second: str = "", share: float = 0.0) -> None:
        self.name, self.min_score, self.second, self.share = name, min_score, second, share
        self.folder: Path | None = None

    def __call__(self, doc: Doc) -> Doc:
        return self.write(doc, *self.read(doc))

    def read(self, doc: Doc) -> tuple[Floats, Floats]:
        """The scores of the tags, ``(tokens, tags)``, and the log-odds of naming what the paper introduces."""
        rows = self.rows(doc)
        return self.voted(doc, rows[:, :-1]), rows[:, -1]

    def write(self, doc: Doc, scores: Floats, introduced: Floats) -> Doc:
        """Sets what the scores say."""
        write(doc, decode(scores, TAGS) if len(doc) else NOTHING, TAGS, self.name, self.min_score)
        doc._.introduced = 1 / (1 + np.exp(-introduced))
        return doc

    def rows(self, doc: Doc) -> Floats:
        """``(tokens, tags + 1)``."""
        found = [
            self.session.run(None, {"ids": ids[None], "starts": starts[None], "shapes": shapes[None]})[0][0]
            for ids, starts, shapes in self.pieces.cut(doc)
        ]
        return np.concatenate([np.zeros((0, len(TAGS) + 1), np.float32), *found])

    def voted(self, doc: Doc, own: Floats) -> Floats:
        """Tag scores ``(tokens, tags)`` of both taggers, where there are two."""
        if not self.second:
            return own
        tagger, order = tagger_of(self.second)
        return (1 - self.share) * log_softmax(own) + self.share * log_softmax(tagger.logits(doc)[:, order])

    def to_disk(self, path: Path, *, exclude: Iterable[str] = ()) -> None:
        path.mkdir(parents=True, exist_ok=True)
        for name in (GRAPH, PIECES):
            if self.folder and self.folder != path:
                shutil.copyfile(self.folder / name, path / name)

    def from_disk(self, path: Path, *, exclude: Iterable[str] = ()) -> "EncoderTagger":
        self.folder, self.pieces, self.session = path, Pieces.from_file(path / PIECES), open_graph(path / GRAPH)
        return self


@cache
def tagger_of(model: str) -> tuple[EntityTagger, list[int]]:
    """The entity tagger of a shipped pipeline, and where it has each of ``TAGS``."""
    found = load(model).get_pipe("kg_entities")
    assert isinstance(found, EntityTagger)
    return found, [found.labels.index(tag) for tag in TAGS]


@Language.factory(
    "kg_encoder",
    assigns=["doc.spans", "doc._.named", "doc._.introduced"],
    default_config={"min_score": 0.0, "second": "", "share": 0.0},
)
def create(nlp: Language, name: str, min_score: float, second: str, share: float) -> EncoderTagger:
    return EncoderTagger(name, min_score, second, share)
