"""CSV files for ``neo4j-admin database import full``: a header and a data file for each label and relationship type.

Every text is quoted, quotes in it are doubled, line breaks stay; a missing value is an empty cell without quotes. Items
of a list are joined by a control character that no cleaned text holds.
"""

import shlex
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import orjson
import pyarrow as pa

from kg.errors import InputError
from kg.exporters._staged import staged_folder
from kg.exporters.neo4j.lists import OF_EDGES, OF_ENTITIES, OF_PAPERS, Rows
from kg.exporters.neo4j.rows import Part, Row, Source, base, ends
from kg.exporters.neo4j.sync import check_name
from kg.store.folder import check_graph
from kg.store.tables import schema_of
from kg.types import EDGE_PROPERTIES, ENTITY_TYPES, NODE_PROPERTIES

ITEMS = "\x1f"
TYPES = {"string": "string", "strings": "string[]", "int": "long", "float": "double", "bool": "boolean"}
ARROW = {pa.string(): "string[]", pa.int64(): "long[]", pa.float64(): "double[]"}
OWN = {"graph": "string", "checksum": "long"}
GRAPH, SCRIPT, IMPORT = "KnowledgeGraph", "import.sh", "database import full"
BUFFER, BYTES = 4 * 2**20, 4  # of the importer; of a character at most
ABOUT = {"graph:string": "graph", "complete:boolean": "complete"} | {f"{n}:string": n for n in ("manifest", "rejected")}


def write(folder: Path, target: Path, name: str) -> str:
    """Writes the files and gives the command line that imports them, to be run in the target.

    Raises:
        InputError: the name cannot be one, the target holds something else, a text holds the separator of list items.
        GraphError: no graph in the folder.
    """
    check_name(name)
    source = Source(check_graph(folder))
    with staged_folder(target, "*.csv", SCRIPT, "import.report") as out:
        bulk = Bulk(out)
        for part in source.nodes():
            labels = f"Entity:{part.name}" if part.name in ENTITY_TYPES else part.name
            bulk.add(
                "nodes", labels, part.name, node_columns(part.name), (row | {"graph": name} for row in part.rows())
            )
        for part in source.edges():
            bulk.add("relationships", part.name, part.name, edge_columns(part.name), edges(part, name))
        bulk.add("nodes", GRAPH, GRAPH, ABOUT, [{"graph": name, "complete": True} | source.about()])
        script = f'#!/bin/sh\ncd "$(dirname "$0")" && ${{NEO4J_ADMIN:-neo4j-admin}} {IMPORT} "$@" {bulk.arguments()}\n'
        (out / SCRIPT).write_text(script, encoding="utf-8")
    return f"neo4j-admin {IMPORT} {bulk.arguments()}"


class Bulk:
    """The files in a folder, and what the importer has to know of them."""

    def __init__(self, folder: Path) -> None:
        self.folder, self._files, self._longest = folder, list[str](), 0

    def add(self, kind: str, labels: str, name: str, columns: dict[str, str], rows: Iterable[Row]) -> None:
        """Writes a header file and a data file; neither where there is no row."""
        found = iter(rows)
        first = next(found, None)
        if first is None:
            return
        header, data = f"{name}-header.csv", f"{name}.csv"
        (self.folder / header).write_text(",".join(columns) + "\n", encoding="utf-8")
        with (self.folder / data).open("w", encoding="utf-8", newline="") as file:
            for row in chain([first], found):
                line = ",".join([cell(row[name]) for name in columns.values()]) + "\n"
                self._longest = max(self._longest, len(line))
                file.write(line)
        self._files.append(f"--{kind}={labels}={header},{data}")

    def arguments(self) -> str:
        """Of the import; file names count from the folder."""
        fixed = ["--id-type=string", "--multiline-fields=true", "--array-delimiter=U+001F"]
        if self._longest * BYTES > BUFFER:  # the importer must have room for the longest value
            fixed.append(f"--read-buffer-size={self._longest * BYTES}")
        return shlex.join(["neo4j", *fixed, *self._files])


def node_columns(label: str) -> dict[str, str]:
    """Header -> property; ids are unique within the base label."""
    found = {f"{name}:{TYPES[kind]}": name for name, kind in NODE_PROPERTIES[label].items() if name != "id"}
    found |= {"digest:string": "digest", "position:long": "position"} if label == "Paper" else {}
    rows = OF_PAPERS if label == "Paper" else (OF_ENTITIES,) if label in ENTITY_TYPES else ()
    own = {f"{name}:{kind}": name for name, kind in OWN.items()}
    return {f"id:ID({base(label)})": "id", "full_id:string": "full_id"} | found | lists(rows) | own


def edge_columns(kind: str) -> dict[str, str]:
    start, end = ends(kind)
    found = {f"{name}:{TYPES[type]}": name for name, type in EDGE_PROPERTIES.items()}
    offsets = {"starts:long[]": "starts", "ends:long[]": "ends"} if kind == "MENTIONS" else {}
    own = {f"{name}:{type}": name for name, type in OWN.items()}
    heads = {f":START_ID({start})": "source", f":END_ID({end})": "target"}
    return heads | found | {"evidence:string[]": "evidence"} | lists((OF_EDGES,)) | offsets | own


def lists(tables: Iterable[Rows]) -> dict[str, str]:
    return {
        f"{name}:{ARROW[schema_of(rows.record).field(column).type]}": name
        for rows in tables
        for column, name in rows.columns.items()
    }


def edges(part: Part, graph: str) -> Iterator[Row]:
    return (row | row["properties"] | {"graph": graph} for row in part.rows())


def cell(value: Any) -> str:
    """A value as the importer reads it back."""
    if isinstance(value, str):
        return '"' + value.replace('"', '""') + '"'
    if isinstance(value, list):
        return joined(value)
    return "" if value is None else orjson.dumps(value).decode()


def joined(items: list[Any]) -> str:
    """A list as one cell.

    Raises:
        InputError: an item holds the separator.
    """
    texts = [item if isinstance(item, str) else orjson.dumps(item).decode() for item in items]
    if culprit := next((text for text in texts if ITEMS in text), None):
        raise InputError(f"{culprit[:80]!r} holds the character U+001F, which separates list items in these files.")
    return cell(ITEMS.join(texts)) if texts else ""
