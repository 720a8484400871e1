"""GEXF, the native format of Gephi."""

from pathlib import Path
from xml.etree.ElementTree import ElementTree

import networkx as nx
from networkx.readwrite.gexf import GEXFWriter

from kg.exporters._flat import flat_graph
from kg.exporters._staged import staged_file
from kg.store.network import Row, Tables
from kg.types import COLOURS

DOC = "One GEXF file, for Gephi: named, coloured by type, weighted by papers."
SUFFIX = ".gexf"


def write(tables: Tables, target: Path) -> None:
    """Writes all nodes and edges; ``label`` is the name to show or the edge type, ``type`` the node type."""
    graph = flat_graph(tables)
    for node, data in graph.nodes(data=True):
        colour = bytes.fromhex(COLOURS[data["label"]].lstrip("#"))
        shown = {"label": _shown(node, data), "viz": {"color": dict(zip("rgb", colour, strict=True))}}
        data.update(shown | {"type": data["label"]})
    nx.set_edge_attributes(graph, nx.get_edge_attributes(graph, "papers"), "weight")
    writer = GEXFWriter(graph)
    meta = writer.xml.find("meta")
    meta.attrib.clear()  # the date of writing: the same graph must give the same bytes
    meta.find("creator").text = "kg"
    writer.indent(writer.xml)
    with staged_file(target) as path:
        ElementTree(writer.xml).write(path, encoding="utf-8", xml_declaration=True)


def _shown(node: str, data: Row) -> str:
    return str(data.get("name") or data.get("title") or data.get("value") or node)
