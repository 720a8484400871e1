"""GraphML, for Gephi, yEd, Cytoscape, igraph and networkx."""

from pathlib import Path

import networkx as nx

from kg.exporters._flat import flat_graph
from kg.exporters._staged import staged_file
from kg.store.network import Tables

DOC = "One GraphML file, for Cytoscape, yEd, igraph and networkx."
SUFFIX = ".graphml"


def write(tables: Tables, target: Path) -> None:
    """Writes all nodes and edges; ``label`` is the type of either, lists (evidence too) are JSON strings."""
    graph = flat_graph(tables)
    with staged_file(target) as path, path.open("wb") as file:
        nx.write_graphml(graph, file, edge_id_from_attribute="id")
