"""The surer type wins, over all mentions of a name."""

from kg.extract.consistency import consistency
from kg.extract.attributes import SPANS
from kg.extract.tokenizer import blank

NLP = blank()


def test_mentions_of_one_name_agree() -> None:
    doc = NLP.make_doc("BERT is good. BERT wins. BERTs win. GLUE")
    spans = []
    for start, end, label, score in ((0, 4, "Method", 0.9), (14, 18, "Model", 0.5), (25, 30, "Model", 0.6), (36, 40, "Dataset", 0.4)):
        span = doc.char_span(start, end, label=label)
        assert span is not None
        span._.score = score
        spans.append(span)
    doc.spans[SPANS] = spans
    consistency(doc)
    assert [(m.text, m.label_, m._.score) for m in doc.spans[SPANS]] == [
        ("BERT", "Model", 0.9), ("BERT", "Model", 0.5), ("BERTs", "Model", 0.6), ("GLUE", "Dataset", 0.4),
    ]  # fmt: skip
