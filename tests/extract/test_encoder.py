import shutil
from pathlib import Path

import numpy as np
import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from kg.extract.attributes import SPANS
from kg.extract.encoder import GRAPH, PIECES, TAGS, EncoderTagger, tagger_of
from kg.extract.load import load
from kg.extract.tokenizer import blank

TEXT = "Zephyr: A Faster Transformer\nWe propose Zephyr, a model for question answering, and evaluate it on SQuAD."


def tagger() -> EncoderTagger:
    found = load("accurate").get_pipe("kg_entities")
    assert isinstance(found, EncoderTagger)
    return found


def read(text: str) -> Doc:
    return tagger()(blank()(text))


def test_it_names_datasets_and_tasks() -> None:
    doc = read(TEXT)
    found = {(span.text, span.label_) for span in doc.spans[SPANS]}
    assert {("SQuAD", "Dataset"), ("question answering", "Task")} <= found


def test_it_says_what_is_introduced() -> None:
    doc = read(TEXT)
    sure = {token.text: doc._.introduced[token.i] for token in doc}
    assert sure["Zephyr"] > 0.5 > sure["SQuAD"]


def test_scores_are_probabilities() -> None:
    doc = read(TEXT)
    assert all(0 < span._.score <= 1 for span in doc.spans[SPANS])


def test_a_text_gets_the_same_rows_every_time() -> None:
    doc = blank()(TEXT)
    first = tagger().rows(doc)
    tagger().rows(blank()("Another text between the two."))
    assert first.shape == (len(doc), len(TAGS) + 1)
    assert np.array_equal(first, tagger().rows(doc))


def found(doc: Doc) -> list[tuple[str, str, float]]:
    return [(span.text, span.label_, span._.score) for span in doc.spans[SPANS]]


@pytest.mark.parametrize(("share", "same"), [(0.0, ""), (1.0, "fast")])
def test_the_fast_tagger_has_its_share(share: float, same: str) -> None:
    folder = tagger().folder
    assert folder
    both = EncoderTagger("kg_entities", 0.0, "fast", share).from_disk(folder)
    alone = tagger_of(same)[0] if same else EncoderTagger("kg_entities", 0.0).from_disk(folder)
    doc = blank()(TEXT)
    assert found(both(doc)) == found(alone(doc))


def test_an_empty_text_has_no_mentions() -> None:
    doc = read("")
    assert list(doc.spans[SPANS]) == []
    assert len(doc._.introduced) == 0


def test_a_very_long_text_is_read_to_its_end() -> None:
    doc = read("Nothing of note. " * 400 + "We evaluate it on SQuAD.")
    assert "SQuAD" in {span.text for span in doc.spans[SPANS]}


def test_a_saved_pipeline_reads_the_same(tmp_path: Path) -> None:
    nlp: Language = blank()
    nlp.add_pipe("kg_encoder", name="kg_entities", config={"min_score": 0.5})
    source = tmp_path / "source"
    source.mkdir()
    for name in (GRAPH, PIECES):
        shutil.copyfile(tagger().folder / name, source / name)
    nlp.get_pipe("kg_entities").from_disk(source)
    nlp.to_disk(tmp_path / "saved")
    shutil.rmtree(source)
    saved, doc = spacy.load(tmp_path / "saved")(TEXT), read(TEXT)
    found = [span.text for span in saved.spans[SPANS]]
    assert found == [span.text for span in doc.spans[SPANS] if span._.score >= 0.5]
    assert found
