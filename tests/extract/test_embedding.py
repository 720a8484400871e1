"""Kept word embeddings are those of the network, in any company and after training."""

import random

import numpy as np
import pytest
import spacy
from spacy.tokens import Doc

from kg.extract import components  # noqa: F401  (registers what the config names)
from kg.extract.embedding import Embedding, embedding_of
from kg.extract.entities import EntityTagger
from kg.extract.load import model_path

TEXT = "We propose Quillnet, a low-rank graph network for ink; Quillnet beats GIM on IAM-OnDB by 3.1 points (no luck)."


@pytest.fixture
def tagger() -> EntityTagger:
    found = spacy.load(model_path("fast")).get_pipe("kg_entities")
    assert isinstance(found, EntityTagger)
    return found


def embedding(tagger: EntityTagger) -> Embedding:
    found = embedding_of(tagger.model.layers[0], tagger.vocab.vectors)
    assert found
    return found


def test_the_network_says_the_same(tagger: EntityTagger) -> None:
    doc = Doc(tagger.vocab, words=TEXT.split())
    doc[2].norm_ = "graph"  # not what the word alone would say
    expected = tagger.model.layers[0].get_ref("embed").predict([doc])[0]
    np.testing.assert_allclose(embedding(tagger)(doc), expected, atol=1e-5)


def test_to_the_last_bit_whatever_words_come_along(tagger: EntityTagger) -> None:
    nlp, words, rng = spacy.load(model_path("fast")), TEXT.split(), random.Random(0)
    first = dict(zip(words, embedding(tagger)(Doc(nlp.vocab, words=words)), strict=True))
    for _ in range(5):
        rng.shuffle(words)
        again = embedding(tagger)(Doc(nlp.vocab, words=words))
        assert all(np.array_equal(first[word], row) for word, row in zip(words, again, strict=True))


def test_new_weights_forget_the_rows(tagger: EntityTagger) -> None:
    doc, kept = spacy.load(model_path("fast")).make_doc(TEXT), embedding(tagger)
    before = kept(doc)
    kept.maxout.set_param("W", kept.maxout.get_param("W") * 1.5)
    assert not np.array_equal(before, kept(doc))
