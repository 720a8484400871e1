"""Names that stand inside a written word become tokens of their own."""

import pytest

from kg.extract.load import load
from kg.extract.tokenizer import blank

NLP = blank()


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
