"""CSV: a folder with one file a node type and one an edge type, for spreadsheets and bulk loaders.

UTF-8, comma, a header line, lists as JSON. An empty cell is a missing or an empty value. A text cell that a spreadsheet
could run as a formula (it begins with ``= + - @``, tab or carriage return and is no plain number) gets an apostrophe in
front, and so does a text that begins with an apostrophe: taking one leading apostrophe away always gives the original.
"""

import csv
import re
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import orjson

from kg.exporters._staged import staged_folder
from kg.store.network import END_NAMES, Row, Tables, edge_rows, evidence_by_edge, node_rows
from kg.types import EDGE_PROPERTIES, NODE_PROPERTIES

DOC = "A folder of CSV files, one per node type and edge type, safe to open in a spreadsheet."
SUFFIX = ""
EVIDENCE = (*END_NAMES, "paper", "start", "end", "score", "by", "sentence")
_RISKY = re.compile(r"['=+\-@\t\r]")
_NUMBER = re.compile(r"[+-]?\d+([.,]\d+)*%?")


def write(tables: Tables, target: Path) -> None:
    """Writes ``nodes_<Type>.csv``, ``edges_<TYPE>.csv`` (with ``source`` and ``target``) and ``evidence.csv``."""
    nodes, edges = defaultdict(list), defaultdict(list)
    for row in node_rows(tables):
        nodes[row["label"]].append(row)
    for (source, kind, end), row in edge_rows(tables):
        edges[kind].append({"source": source, "target": end} | row)
    evidence = (
        dict(zip(END_NAMES, key, strict=True)) | piece
        for key, pieces in evidence_by_edge(tables).items()
        for piece in pieces
    )
    with staged_folder(target, "nodes_*.csv", "edges_*.csv", "evidence.csv") as folder:
        for label, rows in nodes.items():
            _write_file(folder / f"nodes_{label}.csv", list(NODE_PROPERTIES[label]), rows)
        for kind, rows in edges.items():
            _write_file(folder / f"edges_{kind}.csv", ["source", "target", *EDGE_PROPERTIES], rows)
        _write_file(folder / "evidence.csv", list(EVIDENCE), evidence)


def _write_file(path: Path, columns: list[str], rows: Iterable[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([_cell(row[column]) for column in columns] for row in rows)


def _cell(value: Any) -> Any:
    if isinstance(value, list):
        return orjson.dumps(value).decode()
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str) and _RISKY.match(value) and not _NUMBER.fullmatch(value):
        return "'" + value
    return value
