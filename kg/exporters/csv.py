"""CSV: a folder with one file a node type and one an edge type, for spreadsheets and bulk loaders.

UTF-8, comma, a header line, lists as JSON. An empty cell is a missing or an empty value. A text cell that a spreadsheet
could run as a formula (it begins with ``= + - @``, tab or carriage return and is no plain number) gets an apostrophe in
front, and so does a text that begins with an apostrophe: taking one leading apostrophe away always gives the original.
"""

import csv
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import orjson

from kg.exporters._staged import staged_folder
from kg.store import property_graph
from kg.store.network import END_NAMES, Row, Tables, edges, evidence_by_edge, rows

DOC = "A folder of CSV files, one per node type and edge type, safe to open in a spreadsheet."
SUFFIX = ""
EVIDENCE = (*END_NAMES, "paper", "start", "end", "score", "by", "sentence")
_RISKY = re.compile(r"['=+\-@\t\r]")
_NUMBER = re.compile(r"[+-]?\d+([.,]\d+)*%?")


def write(tables: Tables, target: Path) -> None:
    """Writes ``nodes_<Type>.csv`` of every type, ``edges_<TYPE>.csv`` of those that occur, and ``evidence.csv``."""
    evidence = (
        dict(zip(END_NAMES, key, strict=True)) | piece
        for key, pieces in evidence_by_edge(tables).items()
        for piece in pieces
    )
    with staged_folder(target, "nodes_*.csv", "edges_*.csv", "evidence.csv") as folder:
        for label, table in property_graph.nodes(tables):
            _append(folder / f"nodes_{label}.csv", table.column_names, rows(table))
        for part in edges(tables):
            table = part.table.rename_columns({"from": "source", "to": "target"})
            _append(folder / f"edges_{part.type}.csv", table.column_names, rows(table))
        _append(folder / "evidence.csv", EVIDENCE, evidence)


def _append(path: Path, columns: Sequence[str], rows: Iterable[Row]) -> None:
    first = not path.exists()
    with path.open("a", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerows([columns] if first else [])
        writer.writerows([_cell(row[column]) for column in columns] for row in rows)


def _cell(value: Any) -> Any:
    if isinstance(value, list):
        return orjson.dumps(value).decode()
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str) and _RISKY.match(value) and not _NUMBER.fullmatch(value):
        return "'" + value
    return value
