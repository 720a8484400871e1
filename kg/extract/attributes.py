"""What the components attach to spaCy's objects.

A mention is a span in ``doc.spans["mentions"]``, its label one of the five entity types, with ``score`` (0..1), ``by``
(the component that found it), ``expansion`` (the long form that this paper gives for it), ``same_as`` (the first of its
other names for the same thing) and ``role`` ("proposed" or None). A doc may hold ``named`` and ``introduced``: for each
token how sure the recogniser is (0..1) that it is part of a name, whatever its type, and that it names what is
proposed.
"""

from spacy.tokens import Doc, Span

SPANS = "mentions"
ATTRIBUTES = ("score", "by", "expansion", "same_as", "role")

for name in ATTRIBUTES:
    Span.set_extension(name, default=None, force=True)
Doc.set_extension("abbreviations", default=(), force=True)
Doc.set_extension("named", default=None, force=True)
Doc.set_extension("introduced", default=None, force=True)
