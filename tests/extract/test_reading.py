"""The paper as the later components read it."""

import pytest
from spacy.tokens import Span

from kg.extract.reading import read, shape, window
from tests.extract.papers import paper


def test_a_mention_is_one_unit_named_by_its_type() -> None:
    reading = read(
        paper("A title", "We test fine grained parsing on IAM.", {"fine grained parsing": "Task", "IAM": "Dataset"})
    )
    assert reading.sentences == [["a", "title"], ["we", "test", "TASK", "on", "DATASET", "."]]
    assert reading.starts[1] == [3, 4, 5, 8, 9, 10]
    assert [(m.type, m.sentence, m.at) for m in reading.mentions] == [("Task", 1, 2), ("Dataset", 1, 4)]


def test_mentions_of_one_key_or_expansion_are_one_name() -> None:
    doc = paper(
        "T",
        "Linear maps (LM) help. LMs and Linear Maps stay.",
        {"Linear maps": "Method", "LM": "Method", "Linear Maps": "Method"},
    )
    spans = list(doc.spans["mentions"])
    spans[1]._.expansion = "Linear maps"
    reading = read(doc)
    assert [name.text for name in reading.names] == ["Linear maps"]
    assert reading.names[0].mentions == [0, 1, 2, 3]


def test_the_type_of_a_name_is_that_of_most_mentions() -> None:
    doc = paper("Foo", "Foo wins. Foo again.", {"Foo": "Model"})
    spans = list(doc.spans["mentions"])
    doc.spans["mentions"] = [Span(doc, spans[0].start, spans[0].end, "Method"), *spans[1:]]
    assert [name.type for name in read(doc).names] == ["Model"]


def test_a_proposed_name_is_marked_wherever_it_stands() -> None:
    doc = paper()
    next(iter(doc.spans["mentions"]))._.role = "proposed"
    reading = read(doc)
    assert [unit for units in reading.sentences for unit in units].count("MODEL*") == 3


def test_overlapping_mentions_share_a_unit() -> None:
    doc = paper("T", "BERT embeddings help.", {"BERT embeddings": "Method", "BERT": "Model"})
    reading = read(doc)
    assert len(reading.mentions) == len(doc.spans["mentions"]) == 2
    assert {m.at for m in reading.mentions} == {0}


def test_parts_of_a_paper() -> None:
    reading = read(paper("T", "One. Two. Three. Four."))
    assert [reading.part(sentence) for sentence in range(5)] == ["t", "0", "1", "2", "3"]


def test_an_empty_paper_reads_as_nothing() -> None:
    reading = read(paper("", "", {}))
    assert (reading.mentions, reading.names) == ([], [])


def test_a_mention_across_a_sentence_boundary_is_a_unit_of_the_first() -> None:
    reading = read(paper("T", "We met Foo Net. It won.", {"Net. It": "Model"}))
    assert reading.sentences[1:] == [["we", "met", "foo", "MODEL"], ["won", "."]]
    assert [(m.sentence, m.at) for m in reading.mentions] == [(1, 3)]


def test_touching_mentions_are_two_units() -> None:
    reading = read(paper("T", "Run BERT base now.", {"BERT": "Model", "base": "Method"}))
    assert reading.sentences[1] == ["run", "MODEL", "METHOD", "now", "."]


def test_a_title_may_end_inside_a_mention() -> None:
    reading = read(paper("Foo net", "Bar", {"net\nBar": "Model"}))
    assert (reading.title, reading.sentences) == (1, [["foo", "MODEL"], []])


@pytest.mark.parametrize(
    ("text", "kind"), [("LoRA", "I1"), ("attention", "l1"), ("Graph Ink Matching", "C3"), ("GPT-4", "I2")]
)
def test_shape(text: str, kind: str) -> None:
    assert shape(text) == kind


def test_a_window_is_filled_up_at_the_ends_of_a_sentence() -> None:
    assert window(["a", "b", "c"], 1, 2) == ("<s>", "<s>", "a", "c", "</s>", "</s>")
    assert window(list("abcdefgh"), 3, 4) == tuple("abcefg")


def test_units_can_leave_the_types_out() -> None:
    reading = read(paper("T", "CRNN reads.", {"CRNN": "Model"}), typed=False)
    assert reading.sentences[1] == ["NAME", "reads", "."]
