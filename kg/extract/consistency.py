"""One name has one type within a paper: the type that its mentions score highest for in sum."""

from collections import defaultdict

from spacy.language import Language
from spacy.tokens import Doc, Span

from kg.extract.attributes import SPANS
from kg.names import group


@Language.component("kg_consistency", requires=["doc.spans", "span._.expansion"], assigns=["doc.spans"])
def consistency(doc: Doc) -> Doc:
    """Relabels mentions in ``doc.spans["mentions"]``; scores and attributes stay."""
    mentions = list(doc.spans[SPANS])
    votes: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    names = group((mention.text, mention._.expansion) for mention in mentions)
    for name, mention in zip(names, mentions, strict=True):
        votes[name][mention.label_] += mention._.score
    types = {name: max(sums, key=lambda type: (sums[type], type)) for name, sums in votes.items()}
    doc.spans[SPANS] = [relabel(mention, types[name]) for name, mention in zip(names, mentions, strict=True)]
    return doc


def relabel(mention: Span, type: str) -> Span:
    """The mention with another type; itself when it has it already."""
    if mention.label_ == type:
        return mention
    new = Span(mention.doc, mention.start, mention.end, type)
    new._.score, new._.by, new._.expansion = mention._.score, mention._.by, mention._.expansion
    return new
