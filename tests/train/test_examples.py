"""From what a reader marked to tags: border cases carry no loss, and tags are always well-formed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.evaluate.gold import to_gold
from kg.extract.entities import to_spans
from kg.extract.tokenizer import blank
from kg.train.examples import Marked, gold_tags, marked, to_example

NLP = blank()
TEXT = "Slow Attention Networks read"
RECORD = {
    "id": 1,
    "title": "Kelp reads",
    "abstract": "It is Kelp.",
    "entities": [
        {"type": "Model", "name": "Kelp", "mentions": [[0, 4], [17, 21]]},
        {"type": "Task", "name": "reads", "mentions": [[5, 10]], "optional": True},
    ],
}


@pytest.mark.parametrize(
    ("spans", "tags"),
    [
        ([(0, 14, "Method")], ["B-Method", "L-Method", "O", "O"]),
        ([(0, 23, "Model")], ["B-Model", "I-Model", "L-Model", "O"]),
        ([(5, 14, "")], ["O", "", "O", "O"]),  # a border case
        ([(0, 7, "Model")], ["", "", "O", "O"]),  # ends inside a word
        ([(0, 23, "Model"), (5, 14, "Method")], ["B-Model", "I-Model", "L-Model", "O"]),
        ([(0, 14, "Method"), (5, 28, "Model")], ["", "B-Model", "I-Model", "L-Model"]),
        ([(5, 14, "Method"), (0, 14, "")], ["", "U-Method", "O", "O"]),
    ],
)
def test_tags(spans: list[Marked], tags: list[str]) -> None:
    assert gold_tags(NLP.make_doc(TEXT), spans) == tags


def test_what_a_reader_marked() -> None:
    found = marked(to_gold(RECORD, "gold.jsonl:1", None))
    assert list(found) == [(0, 4, "Model"), (17, 21, "Model"), (5, 10, "")]


def test_the_example_has_the_tags_beside_the_text() -> None:
    example = to_example(NLP, TEXT, [(0, 14, "Method")])
    assert example.predicted.text == example.reference.text == TEXT
    assert [token.tag_ for token in example.reference] == ["B-Method", "L-Method", "O", "O"]


PLACES = st.tuples(st.integers(0, 27), st.integers(1, 28)).filter(lambda place: place[0] < place[1])


@given(st.lists(st.tuples(PLACES, st.sampled_from(["", "Method", "Task"]))))
def test_tags_hold_only_marked_spans(rows: list[tuple[tuple[int, int], str]]) -> None:
    doc = NLP.make_doc(TEXT)
    spans = [(*place, type_) for place, type_ in rows]
    tags = gold_tags(doc, spans)
    kept = {(doc[a].idx, doc[b - 1].idx + len(doc[b - 1]), type_) for a, b, type_ in to_spans(tags)}
    assert kept <= {*spans}
    assert sum(end - start for start, end, _ in to_spans(tags)) == sum(tag not in ("", "O") for tag in tags)
