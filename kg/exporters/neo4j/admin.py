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
from kg.store.folder import MANIFEST, check_graph
from kg.store.tables import schema_of
from kg.types import EDGE_PROPERTIES, ENTITY_TYPES, NODE_PROPERTIES

ITEMS = "\x1f"
TYPES = {"string": "string", "strings": "string[]", "int": "long", "float": "double", "bool": "boolean"}
ARROW = {pa.string(): "string[]", pa.int64(): "long[]", pa.float64(): "double[]"}
OWN = {"graph": "string", "checksum": "long"}
GRAPH = "KnowledgeGraph"


def write(folder: Path, target: Path, name: str) -> str:
    """Writes the files and gives the command line that imports them.

    Raises:
        InputError: the name cannot be one, the target holds something else, a text holds the separator of list items.
        GraphError: no graph in the folder.
    """
    check_name(name)
    source = Source(check_graph(folder))
    arguments = []
    with staged_folder(target, "*.csv", "import.sh") as out:
        for part in source.nodes():
            labels = ["Entity", part.name] if part.name in ENTITY_TYPES else [part.name]
            columns = node_columns(part.name)
            count = write_part(out, part.name, columns, ({**row, "graph": name} for row in part.rows()))
            arguments += option("nodes", ":".join(labels), part.name, target) if count else []
        for part in source.edges():
            count = write_part(out, part.name, edge_columns(part.name), edges(part, name))
            arguments += option("relationships", part.name, part.name, target) if count else []
        manifest = (source.folder / MANIFEST).read_text(encoding="utf-8")
        columns = {"graph:string": "graph", "complete:boolean": "complete", "manifest:string": "manifest"}
        write_part(out, GRAPH, columns, [{"graph": name, "complete": True, "manifest": manifest}])
        arguments += option("nodes", GRAPH, GRAPH, target)
        command = command_line(arguments)
        (out / "import.sh").write_text(f"#!/bin/sh\n{command}\n", encoding="utf-8")
    return command


def command_line(arguments: list[str]) -> str:
    fixed = ["neo4j", "--id-type=string", "--multiline-fields=true", "--array-delimiter=U+001F"]
    return "neo4j-admin database import full " + shlex.join([*fixed, *arguments])


def option(kind: str, labels: str, part: str, target: Path) -> list[str]:
    files = ",".join(str(target.resolve() / f"{part}{end}.csv") for end in ("-header", ""))
    return [f"--{kind}={labels}={files}"]


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


def write_part(out: Path, name: str, columns: dict[str, str], rows: Iterable[Row]) -> int:
    """Writes a header file and a data file; gives the number of rows, and writes nothing where there is none."""
    found = iter(rows)
    first = next(found, None)
    if first is None:
        return 0
    (out / f"{name}-header.csv").write_text(",".join(columns) + "\n", encoding="utf-8")
    with (out / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        lines = (",".join([cell(row[name]) for name in columns.values()]) + "\n" for row in chain([first], found))
        return sum(1 for line in lines if file.write(line))


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
