"""One neighbourhood as a page for the browser: a picture by pyvis, a panel with the sentence behind every edge.

The page is one file, asks no address for anything (its content security policy forbids it), and treats every text of a
paper as text: autoescaped by the template, ``\\u003c`` inside the JSON, ``textContent`` in the page.
"""

import hashlib
from base64 import b64encode
from importlib.resources import files
from pathlib import Path

import networkx as nx
import pyvis.network
from jinja2 import DictLoader, Environment

from kg.errors import InputError
from kg.exporters import _drawing as drawing
from kg.exporters._details import details, name_of, sorted_edges
from kg.exporters._layout import places
from kg.exporters._staged import staged_file
from kg.store.network import CARRIED, Tables, to_networkx
from kg.types import ENTITY_TYPES, NodeType

DOC = "One HTML page: a picture of up to 1,000 nodes, the sentence behind every edge; works without a network."
SUFFIX = ".html"
LIMIT = 1000
VIS = "templates/lib/vis-9.1.2/vis-network.min.js"
OWN = ("graph.js", "panel.js", "search.js", "legend.js")


def write(tables: Tables, target: Path, *, focus: str | None = None, papers: bool = False) -> None:
    """Draws the entities; papers and results are told of in the panel.

    Args:
        focus: id of the entity in the centre.
        papers: draw papers and results as nodes, too.

    Raises:
        InputError: more than 1,000 nodes, none, or a focus that is not among them.
    """
    drawn = ("entities", "papers", "results") if papers else ("entities",)
    count = sum(len(tables[name]) for name in drawn)
    if not 0 < count <= LIMIT:
        raise InputError(
            f"A page can show 1 to {LIMIT:,} nodes, not {count:,}: choose a part with --focus NAME --depth 1,"
            " or another format (graphml and gexf open in programs for large graphs)."
        )
    graph = to_networkx({name: table for name, table in tables.items() if name not in CARRIED})
    picture = graph.subgraph(node for node, row in graph.nodes(data=True) if papers or row["label"] in ENTITY_TYPES)
    if focus is not None and focus not in picture:
        raise InputError(f"The focus {focus!r} is not among the nodes to draw.")
    page = render(graph, picture, focus)
    with staged_file(target) as path:
        path.write_text(page, encoding="utf-8", newline="\n")


def render(graph: nx.MultiDiGraph, picture: nx.MultiDiGraph, focus: str | None) -> str:
    """The whole page: ``picture`` is the part of the graph to draw, the panel tells of all of it."""
    rank, radius = drawing.ranks(picture, focus), drawing.sizes(picture, focus)
    page = pyvis.network.Network(directed=True, cdn_resources="in_line")
    for item in drawing.nodes(picture, rank, radius, places(picture, focus, drawing.boxes(picture, rank, radius))):
        page.add_node(**item)
    for item in drawing.edges(sorted_edges(graph), picture):
        page.add_edge(**item)
    title = name_of(focus, graph.nodes[focus]) if focus else "Research knowledge graph"
    scripts = [files(pyvis).joinpath(VIS).read_text(encoding="utf-8"), "\n".join(map(_own, OWN))]
    page.templateEnv = Environment(loader=DictLoader({page.path: _own("page.html")}), autoescape=True)
    page.templateEnv.globals |= {
        "title": title,
        "focus": focus,
        "order": [*NodeType, *drawing.EDGE_COLOURS],
        "details": details(graph),
        "css": _own("page.css"),
        "scripts": scripts,
        "hashes": [b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts],
    }
    return str(page.generate_html())


def _own(name: str) -> str:
    return files("kg.exporters").joinpath("_page", name).read_text(encoding="utf-8")
