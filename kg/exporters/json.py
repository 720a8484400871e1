"""JSON, node-link: what ``networkx.node_link_graph(..., edges="edges")`` reads; described by graph.schema.json."""

from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

import orjson

from kg.exporters._staged import staged_file
from kg.store.network import CARRIED, Row, Tables, to_networkx

DOC = "One JSON file of nodes and edges with all their evidence (node-link)."
SUFFIX = ".json"


def write(tables: Tables, target: Path) -> None:
    """Writes every node and edge with all properties and evidence, one a line.

    Mentions and relations are not part of the graph and stay out; ``from_networkx`` of what networkx reads back gives
    all other tables again.
    """
    graph = to_networkx({name: table for name, table in tables.items() if name not in CARRIED})
    with staged_file(target) as path, path.open("wb") as file:
        file.write(b'{"directed":true,"multigraph":true,"graph":{},"nodes":[')
        _write_lines(file, (data for _, data in graph.nodes(data=True)))
        file.write(b'],"edges":[')
        edges = graph.edges(keys=True, data=True)
        _write_lines(file, ({"source": s, "target": t, "key": kind} | data for s, t, kind, data in edges))
        file.write(b"]}\n")


def _write_lines(file: BinaryIO, rows: Iterable[Row]) -> None:
    for place, row in enumerate(rows):
        file.write((b",\n" if place else b"\n") + orjson.dumps(row))
