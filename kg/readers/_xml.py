"""The elements of an XML file, one after the other, with nothing fetched and no entity expanded."""

from collections.abc import Iterator
from typing import Any

from lxml import etree

from kg.readers._source import Source


def elements(source: Source, *names: str) -> Iterator[Any]:
    """Each element of these names (``{namespace}name``) when it ends, emptied after use; broken XML ends the file."""
    found = etree.iterparse(
        source.stream,
        tag=names,
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        for _, element in found:
            yield element
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
    except etree.XMLSyntaxError as error:
        source.set_aside(error.lineno or 1, f"broken XML: {error.msg}; what follows cannot be read")


def text(element: Any, *, maths: str = "") -> str:
    """The text in an element and below it; that of ``maths`` elements between dollar signs, entities left out."""
    if element is None:
        return ""
    inner = (element.text or "") + "".join(
        (text(child, maths=maths) if isinstance(child.tag, str) else "") + (child.tail or "") for child in element
    )
    return f"${inner}$" if maths and element.tag == maths else inner
