"""Entity recognition: a tok2vec tagger over BILUO tags, decoded to typed mentions with a score.

The most probable *well-formed* tag sequence counts (:mod:`kg.extract.viterbi`). A mention's score is the geometric mean
of its tokens' tag probabilities. Documents are scored one at a time, so a text gets the same numbers in every batch.
"""

import re
from collections.abc import Iterable, Sequence
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Any, Literal, NamedTuple

import numpy as np
from spacy.attrs import NORM
from spacy.language import Language
from spacy.pipeline.tagger import Tagger
from spacy.tokens import Doc, Span
from thinc.api import Model, NumpyOps
from threadpoolctl import ThreadpoolController

from kg.extract.attributes import SPANS
from kg.extract.embedding import Embedding, embedding_of
from kg.extract.viterbi import Floats
from kg.extract.viterbi import best_tags as best_tags
from kg.extract.viterbi import transitions as transitions
from kg.extract.windows import Windows, windows_of
from kg.extract.words import spaced, words, written

ADDRESS = re.compile(r"(?:https?://|www\.)[^\s{}<>]*")


class Tagged(NamedTuple):
    """For each token the index of its tag, the probability of that tag, and that of its being part of any name."""

    tags: list[int]
    probabilities: Floats
    named: Floats


NOTHING = Tagged([], np.zeros(0, np.float32), np.zeros(0, np.float32))


class EntityTagger(Tagger):
    """spaCy's tagger, trained on BILUO tags in ``token.tag_`` (empty: unknown, no loss), that writes
    ``doc.spans["mentions"]`` and ``doc._.named``.
    """

    min_score: float = 0.0

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> "EntityTagger":
        """Weights may lie there in 16 bits. Word vectors are looked up by ``NORM``, which spaCy does not write down."""
        super().from_disk(path, exclude=exclude)
        set_weights(self.model, "float32")
        vectors = self.vocab.vectors
        vectors._set_cfg({**vectors._get_cfg(), "attr": NORM})
        return self

    def predict(self, docs: Iterable[Doc]) -> list[Tagged]:
        """What is seen in each doc."""
        return [decode(self.logits(doc), tuple(self.labels)) if len(doc) else NOTHING for doc in docs]

    def logits(self, doc: Doc) -> Floats:
        """The scores of the tags, ``(tokens, labels)``."""
        with blas().limit(limits=1, user_api="blas"):  # sums differ in the last bit with the number of threads
            return self._logits(doc)

    def _logits(self, doc: Doc) -> Floats:
        tok2vec, *rest = self.model.layers
        embedding = self.embedding
        if embedding is None:
            logits: Floats = self.model.predict([doc])[0]
            return logits
        rows = embedding(doc)
        encoded = [self.windows(rows)] if self.windows else tok2vec.get_ref("encode").predict([rows])
        for layer in rest:
            encoded = layer.predict(encoded)
        return encoded[0]

    @cached_property
    def embedding(self) -> Embedding | None:
        return embedding_of(self.model.layers[0], self.vocab.vectors)

    @cached_property
    def windows(self) -> Windows | None:
        return windows_of(self.model.layers[0].get_ref("encode"))

    def set_annotations(self, docs: Iterable[Doc], batch_tag_ids: Any) -> None:
        labels = self.labels
        for doc, tagged in zip(docs, batch_tag_ids, strict=True):
            write(doc, tagged, labels, self.name, self.min_score)


def write(doc: Doc, tagged: Tagged, labels: Sequence[str], by: str, min_score: float) -> None:
    """Sets ``doc.spans["mentions"]`` and ``doc._.named``."""
    found = to_spans([labels[tag] for tag in tagged.tags])
    doc.spans[SPANS] = mentions(doc, found, tagged.probabilities, by, min_score)
    doc._.named = tagged.named


def set_weights(model: Model[Any, Any], kind: Literal["float16", "float32"]) -> None:
    """Turns all weights of a network into numbers of this kind."""
    for node in model.walk():
        for name in node.param_names:
            if node.has_param(name):
                weights: Any = node.get_param(name)
                node.set_param(name, weights.astype(kind))


def decode(logits: Floats, labels: tuple[str, ...]) -> Tagged:
    """``(tokens, labels)`` -> the best well-formed tags."""
    logs = log_softmax(logits)
    tags = best_tags(logs, transitions(labels))
    return Tagged(tags, np.exp(logs[np.arange(len(tags)), tags]), 1 - np.exp(logs[:, labels.index("O")]))


def log_softmax(logits: Floats) -> Floats:
    """Scores as log-probabilities, by row."""
    logs: Floats = logits - logits.max(axis=1, keepdims=True)
    logs -= np.log(np.exp(logs).sum(axis=1, keepdims=True))
    return logs


def mentions(
    doc: Doc, found: Iterable[tuple[int, int, str]], probabilities: Floats, by: str, min_score: float
) -> list[Span]:
    """The spans found, with their scores; not those that score less than ``min_score`` or are no names."""
    logs, spans = np.log(probabilities), list[Span]()
    for start, end, label in found:
        score = round(float(np.exp(np.add.reduce(logs[start:end]) / (end - start))), 4)
        span = Span(doc, word_start(doc, start, spans[-1].end if spans else 0), end, label)
        if score >= min_score and is_name(doc, span):
            span._.score, span._.by = score, by
            spans.append(span)
    return spans


def is_name(doc: Doc, span: Span) -> bool:
    """Whether a span holds more than white space, and neither holds an address nor lies in one."""
    if any(start <= span.start_char < end for start, end in addresses(written(doc))):
        return False
    texts = list(enumerate(words(doc)[span.start : span.end], span.start))
    address = any(doc[token].like_url for token, text in texts if "." in text or "/" in text)
    return not address and not all(text.isspace() for _, text in texts)


@lru_cache(maxsize=1)
def addresses(text: str) -> list[tuple[int, int]]:
    """Where a text has links: a repository is called many things that are no names."""
    return [match.span() for match in ADDRESS.finditer(text)] if "://" in text or "www." in text else []


@cache
def blas() -> ThreadpoolController:
    """The libraries whose threads are limited; finding them takes a while."""
    return ThreadpoolController()


def word_start(doc: Doc, start: int, floor: int) -> int:
    """Where the hyphenated word begins that a lower-case token is the rest of (context-*aware* pruning), if not before
    ``floor``, the end of the mention before."""
    texts, spaces = words(doc), spaced(doc)
    while start > floor + 1 and texts[start - 1] == "-" and not spaces[start - 1] and texts[start].islower():
        if spaces[start - 2] or not texts[start - 2].isalpha():
            break
        start -= 2
    return start


def to_spans(tags: Sequence[str]) -> list[tuple[int, int, str]]:
    """Well-formed BILUO tags -> ``(start, end, label)``; the inverse of :func:`to_tags` up to unknown tokens."""
    spans, start = [], 0
    for index, tag in enumerate(tags):
        if tag[:1] in ("B", "U"):
            start = index
        if tag[:1] in ("L", "U"):
            spans.append((start, index + 1, tag[2:]))
    return spans


def to_tags(length: int, spans: Iterable[tuple[int, int, str]]) -> list[str]:
    """Spans without overlap -> BILUO tags; a span with an empty label makes its tokens unknown (empty tags)."""
    tags = ["O"] * length
    for start, end, label in spans:
        marks = ["U"] if end - start == 1 else ["B", *"I" * (end - start - 2), "L"]
        tags[start:end] = [f"{mark}-{label}" if label else "" for mark in marks]
    return tags


@Language.factory(
    "kg_entities",
    assigns=["doc.spans"],
    default_config={"min_score": 0.0, "model": {"@architectures": "spacy.Tagger.v2", "normalize": False}},
)
def create(nlp: Language, name: str, model: Model[Any, Any], min_score: float) -> EntityTagger:
    for node in model.walk():
        node.ops = NumpyOps(use_blis=False)  # numpy's own matrix product is more than twice as fast here
    tagger = EntityTagger(nlp.vocab, model, name, overwrite=True, scorer=None, neg_prefix="!!", label_smoothing=0.0)
    tagger.min_score = min_score
    return tagger
