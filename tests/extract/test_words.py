"""The words of a doc as plain Python."""

from hypothesis import given
from hypothesis import strategies as st

from kg.extract.tokenizer import blank
from kg.extract.words import fold, folded, spaced, words, written

NLP = blank()


@given(st.text(alphabet="ab. !?\n\"')E0é-", max_size=60))
def test_they_are_what_spacy_gives(text: str) -> None:
    doc = NLP(text)
    assert words(doc) == tuple(token.text for token in doc)
    assert spaced(doc) == tuple(bool(token.whitespace_) for token in doc)
    assert written(doc) == doc.text == text


def test_folded_words_know_where_they_stand() -> None:
    found = folded(NLP("A title\nWe reach 91.4."))
    assert found.words == ["a", "title", "we", "reach", "00.0", "."]
    assert found.tokens == [0, 1, 3, 4, 5, 6]
    assert (found.before, found.breaks) == ([0, 1, 2, 2, 3, 4, 5, 6], [2])


def test_fold_hides_case_and_figures() -> None:
    assert [fold(word) for word in ("We", "91.4", "123456", "GPT-4")] == ["we", "00.0", "0000", "gpt-0"]
