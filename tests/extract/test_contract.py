"""Other people's pipelines: plain ones that only name things, packaged ones, and ones that do not fit."""

import json
import logging
from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Span

from kg.errors import InputError
from kg.extract import contract  # noqa: F401  (registers kg_mentions)
from kg.extract.annotate import annotate
from kg.extract.load import load, model_path
from kg.papers import to_paper
from kg.records import Record

ABSTRACT = "We propose Quillnet, an extension of CRNN. Quillnet beats CRNN by 3.1% on IAM. It is small."
PATTERNS = {"Quillnet": "Model", "CRNN": "Model", "IAM": "Dataset"}
PAPER = to_paper(Record("Quillnet", ABSTRACT, "papers.jsonl:1", id="quill"))


def ruler(labels: dict[str, str] = PATTERNS, factory: str = "entity_ruler", **config: object) -> Language:
    nlp = spacy.blank("en")
    pipe = nlp.add_pipe(factory, config=config)
    pipe.add_patterns([{"label": label, "pattern": name} for name, label in labels.items()])  # type: ignore[attr-defined]
    return nlp


def saved(nlp: Language, path: Path) -> str:
    nlp.to_disk(path)
    return str(path)


def test_plain_entities_become_mentions(tmp_path: Path) -> None:
    found = annotate(load(saved(ruler(), tmp_path / "ruler")), PAPER)
    assert [(m.text, m.type, m.score, m.by, m.role) for m in found.mentions] == [
        ("Quillnet", "Model", 1.0, "entity_ruler", None),
        ("Quillnet", "Model", 1.0, "entity_ruler", None),
        ("CRNN", "Model", 1.0, "entity_ruler", None),
        ("Quillnet", "Model", 1.0, "entity_ruler", None),
        ("CRNN", "Model", 1.0, "entity_ruler", None),
        ("IAM", "Dataset", 1.0, "entity_ruler", None),
    ]
    assert PAPER.text[slice(found.mentions[5].sentence_start, found.mentions[5].sentence_end)].startswith(
        "Quillnet beats"
    )
    assert (found.relations, found.results) == ((), ())


def test_our_components_after_them_read_on(tmp_path: Path) -> None:
    nlp = ruler()
    names = ("sentences", "mentions", "abbreviations", "roles", "relations", "phrases", "results")
    for name in (f"kg_{each}" for each in names):
        nlp.add_pipe(name)
    found = annotate(load(saved(nlp, tmp_path / "whole")), PAPER)
    assert ("BASED_ON", "kg_phrases") in {(relation.type, relation.by) for relation in found.relations}
    assert [result.value for result in found.results] == ["3.1%"]


def test_spans_go_before_entities_and_the_surer_of_two_labels_stays(tmp_path: Path) -> None:
    nlp = ruler({"CRNN": "Method"})
    spans = nlp.add_pipe("span_ruler", config={"spans_key": "mentions"})
    names = [("CRNN", "Model"), ("CRNN", "Task"), ("IAM", "Dataset"), ("small", "Size")]
    spans.add_patterns([{"label": label, "pattern": name} for name, label in names])  # type: ignore[attr-defined]
    found = annotate(load(saved(nlp, tmp_path / "spans")), PAPER)
    assert [mention.text for mention in found.mentions] == ["CRNN", "CRNN", "IAM"]
    assert {mention.type for mention in found.mentions} <= {"Model", "Task", "Dataset"}


def test_labels_that_do_not_fit_are_named(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    foreign = saved(ruler({"CRNN": "PRODUCT", "IAM": "ORG"}), tmp_path / "foreign")
    with pytest.raises(InputError, match=r"labels ORG, PRODUCT; kg needs Method, Model, Dataset, Metric, Task"):
        load(foreign)
    with caplog.at_level(logging.WARNING):
        mixed = load(saved(ruler({"CRNN": "Model", "IAM": "ORG"}), tmp_path / "mixed"))
    assert "ORG are left out" in caplog.text
    assert {mention.text for mention in annotate(mixed, PAPER).mentions} == {"CRNN"}


def test_a_pipeline_that_names_nothing_is_refused(tmp_path: Path) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    with pytest.raises(InputError, match=r"names nothing.*doc.ents.*there are only: sentencizer"):
        load(saved(nlp, tmp_path / "nothing"))
    elsewhere = ruler(factory="span_ruler", spans_key="elsewhere")
    with pytest.raises(InputError, match="mentions"):
        load(saved(elsewhere, tmp_path / "elsewhere"))
    load(saved(ruler(factory="span_ruler", annotate_ents=True), tmp_path / "annotates"))


def test_a_pipeline_that_cannot_be_opened_says_why(tmp_path: Path) -> None:
    path = Path(saved(ruler(), tmp_path / "broken"))
    config = (path / "config.cfg").read_text()
    (path / "config.cfg").write_text(config.replace('factory = "entity_ruler"', 'factory = "nobody_knows"'))
    with pytest.raises(InputError, match=r"cannot be opened: .*nobody_knows"):
        load(str(path))


def test_scores_outside_their_range_break_the_paper(tmp_path: Path) -> None:
    nlp = load(saved(ruler(), tmp_path / "sure"))
    doc = nlp.make_doc("CRNN")
    doc.spans["mentions"] = [Span(doc, 0, 1, label="Model")]
    doc.spans["mentions"][0]._.score = 1.5
    with pytest.raises(ValueError, match=r"'CRNN' is 1\.5; it must lie between 0 and 1"):
        nlp.get_pipe("kg_contract")(doc)


CODE = """
from spacy.language import Language

@Language.component("tiny_names")
def tiny_names(doc):
    found = [doc[t.i : t.i + 1] for t in doc if t.text == "IAM"]
    doc.spans["mentions"] = [doc.char_span(s.start_char, s.end_char, label="Dataset") for s in found]
    for span in doc.spans["mentions"]:
        span._.score, span._.by = 0.75, "tiny_names"
    return doc
"""


def test_a_package_brings_its_own_components(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "en_tiny_names" / "en_tiny_names-1.0.0"
    folder.mkdir(parents=True)
    spacy.blank("en").to_disk(folder)
    config = (folder / "config.cfg").read_text()
    config = config.replace("pipeline = []", 'pipeline = ["tiny_names"]')
    (folder / "config.cfg").write_text(
        config.replace("[components]", '[components]\n\n[components.tiny_names]\nfactory = "tiny_names"')
    )
    (tmp_path / "en_tiny_names" / "__init__.py").write_text(CODE)
    monkeypatch.syspath_prepend(tmp_path)
    assert model_path("en_tiny_names") == folder
    assert json.loads((model_path("en_tiny_names") / "meta.json").read_text())["lang"] == "en"
    found = annotate(load("en_tiny_names"), PAPER)
    assert [(m.text, m.type, m.score, m.by) for m in found.mentions] == [("IAM", "Dataset", 0.75, "tiny_names")]


@pytest.mark.parametrize("name", ["none", "json", "sys", "__main__", "kg.extract", "../none", ""])
def test_no_such_model_names_those_there_are(name: str) -> None:
    with pytest.raises(InputError, match=r"give the folder or package of a spaCy pipeline, or one of: .*fast"):
        model_path(name)
