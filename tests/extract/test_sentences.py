"""Sentence boundaries on hand-made texts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract import sentences  # noqa: F401
from kg.extract.tokenizer import blank

NLP = blank()
NLP.add_pipe("kg_sentences")


def split(text: str) -> list[str]:
    return [sentence.text.strip() for sentence in NLP(text).sents]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A title\nA first sentence. A second one.", ["A title", "A first sentence.", "A second one."]),
        ("\nNo title here. Next.", ["", "No title here.", "Next."]),
        ("t\nWe beat Lee et al. in speed, e.g. BERT.", ["t", "We beat Lee et al. in speed, e.g. BERT."]),
        ("t\nIt reaches 54.6. Then it stops.", ["t", "It reaches 54.6.", "Then it stops."]),
        ("t\nSee github.com/x for code. Done!", ["t", "See github.com/x for code.", "Done!"]),
        ('t\nHe said "yes." Then he left.', ["t", 'He said "yes."', "Then he left."]),
        ("t\nWhat is it? A test.", ["t", "What is it?", "A test."]),
    ],
)
def test_splits(text: str, expected: list[str]) -> None:
    assert split(text) == [sentence for sentence in expected if sentence] or split(text) == expected


@given(st.text(alphabet="ab. !?\n\"')E0", max_size=60))
def test_sentences_cover_the_text(text: str) -> None:
    doc = NLP(text)
    assert "".join(sentence.text_with_ws for sentence in doc.sents) == text
