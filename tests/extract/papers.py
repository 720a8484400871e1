"""Docs with hand-made mentions, for the components after entity recognition."""

from spacy.tokens import Doc, Span

from kg.extract import sentences  # noqa: F401  (registers the component)
from kg.extract.attributes import SPANS
from kg.extract.tokenizer import blank

TITLE = "Quillnet: Reading Handwriting with Sparse Attention"
ABSTRACT = (
    "Handwriting recognition is hard for CRNN. We propose Quillnet, a model based on the Transformer. Quillnet "
    "outperforms CRNN by 3.1% on IAM, where it reaches an accuracy of 91.4%. It has 7 million parameters."
)
MENTIONS = {
    "Quillnet": "Model",
    "Handwriting recognition": "Task",
    "CRNN": "Model",
    "Transformer": "Model",
    "IAM": "Dataset",
    "accuracy": "Metric",
}


def paper(title: str = TITLE, abstract: str = ABSTRACT, mentions: dict[str, str] = MENTIONS) -> Doc:
    """A doc with its sentences, and a mention wherever one of the names stands."""
    nlp = blank()
    nlp.add_pipe("kg_sentences")
    doc = nlp(f"{title}\n{abstract}")
    spans: list[Span] = []
    for name, label in mentions.items():
        at = doc.text.find(name)
        while at >= 0:
            span = doc.char_span(at, at + len(name), label=label, alignment_mode="expand")
            assert span is not None
            spans.append(span)
            at = doc.text.find(name, at + 1)
    doc.spans[SPANS] = sorted(spans, key=lambda span: span.start)
    return doc
