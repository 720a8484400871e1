"""Names that stand inside a written word become tokens of their own."""

import pickle

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from spacy.tokenizer import Tokenizer

from kg.extract import tokenizer
from kg.extract.load import load
from kg.extract.tokenizer import KeepingTokenizer, blank

NLP = blank()
KEEPING = NLP.tokenizer
PLAIN = Tokenizer(
    NLP.vocab, KEEPING.rules, KEEPING.prefix_search, KEEPING.suffix_search, KEEPING.infix_finditer, KEEPING.token_match
)
WRITTEN = st.sampled_from(["can't", "we've", "e.g.", "(don't)", "AdamW.", "CNN/DailyMail", "\n", "a\nb", ":)", "’s"])


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("CNN/DailyMail", ["CNN", "/", "DailyMail"]),
        ("ImageNet-{A,R}", ["ImageNet", "-", "{", "A", ",", "R", "}"]),
        ("BERT-based", ["BERT", "-", "based"]),
        ("ResNet-50", ["ResNet-50"]),
        ("CIFAR-10/100", ["CIFAR-10", "/", "100"]),
        ("54.6%", ["54.6", "%"]),
        ("https://example.org/tide/Reefnet.", ["https://example.org", "/", "tide", "/", "Reefnet", "."]),
        ("with AdamW. In 3D. Or e.g. U.S.A.", ["with", "AdamW", ".", "In", "3D", ".", "Or", "e.g.", "U.S.A."]),
    ],
)
def test_splits_where_names_end(text: str, tokens: list[str]) -> None:
    assert [token.text for token in NLP.make_doc(text)] == tokens


def test_keeps_every_character() -> None:
    text = "A~B {x}\n(y) – z/w"
    assert NLP.make_doc(text).text == text


@pytest.mark.parametrize("model", ["accurate", "fast"])
def test_the_shipped_models_split_alike(model: str) -> None:
    text = "Tide-aware AdamW. (ImageNet-{A,R}) https://example.org/tide/Reefnet. 3D/2D"
    assert [token.text for token in load(model).make_doc(text)] == [token.text for token in NLP.make_doc(text)]


@given(st.lists(WRITTEN | st.text(max_size=6)).map(" ".join))
@example("")
@example(" a  b ")
@example("a \n can't\n b")
def test_what_is_kept_is_what_spacy_makes(text: str) -> None:
    seen = [[(t.text, t.whitespace_, t.norm_) for t in make(text)] for make in (PLAIN, KEEPING, KEEPING)]
    assert seen[0] == seen[1] == seen[2]


def test_a_new_rule_counts_at_once() -> None:
    nlp = blank()
    assert [token.text for token in nlp("gimme")] == ["gimme"]
    nlp.tokenizer.add_special_case("gimme", [{"ORTH": "gim"}, {"ORTH": "me"}])
    assert [token.text for token in nlp("gimme")] == ["gim", "me"]
    nlp.tokenizer.infix_finditer = None
    assert [token.text for token in nlp("CNN/DailyMail")] == ["CNN/DailyMail"]


def test_keeps_so_many_words_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tokenizer, "MOST", 3)
    nlp = blank()
    assert len(nlp("one two three four five")) == 5
    assert len(nlp.tokenizer.kept) <= 3


def test_can_be_copied() -> None:
    copy = pickle.loads(pickle.dumps(KEEPING))
    assert isinstance(copy, KeepingTokenizer)
    assert [token.text for token in copy("BERT-based")] == ["BERT", "-", "based"]
