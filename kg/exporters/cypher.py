"""A Cypher script, for Neo4j (``cypher-shell -f graph.cypher``) or the embedded database.

Its statements MERGE, so loading twice, or over an older export, adds nothing twice. The head makes constraints for
Neo4j 5, tables for the embedded database. In Neo4j the nodes look as ``kg export neo4j`` makes them, so that it can
take the graph over; the checksum 0 tells it that it has yet to check them.
"""

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

from kg.errors import InputError
from kg.exporters._staged import staged_file
from kg.store import property_graph
from kg.store.network import Row, Tables, edges, rows
from kg.types import ENTITY_TYPES

DOC = "One Cypher script of MERGE statements, for Neo4j 5 or the embedded database (dialect: neo4j, ladybug)."
SUFFIX = ".cypher"
BATCH = 500  # rows a statement
_HEADS = {"neo4j": "kg.exporters.neo4j", "ladybug": "kg.store"}  # where schema.cypher lies
_ESCAPES = {"\\": r"\\", "'": r"\'", "\n": r"\n", "\r": r"\r", "\t": r"\t"}
# Also what an editor or a terminal may turn into something else: controls, line separators, text direction, byte order.
_UNSAFE = re.compile("[\\\\'\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff]")


def write(tables: Tables, target: Path, *, dialect: str = "neo4j", name: str = "graph") -> None:
    """Writes the nodes and edges of the schema with their properties; of the evidence the best sentence of each edge.

    Args:
        dialect: ``neo4j`` (5 or later) or ``ladybug``, the embedded database.
        name: of the graph in Neo4j, as in ``kg export neo4j --name``.

    Raises:
        InputError: another dialect.
    """
    if dialect not in _HEADS:
        raise InputError(f"Unknown Cypher dialect {dialect!r}; there are {', '.join(_HEADS)}.")
    merge = _Neo4j(_string(name)) if dialect == "neo4j" else _Ladybug()
    with staged_file(target) as path, path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(f"{statement};\n" for statement in [*_head(dialect), *_statements(tables, merge)])


def _head(dialect: str) -> Iterator[str]:
    for line in files(_HEADS[dialect]).joinpath("schema.cypher").read_text(encoding="utf-8").splitlines():
        if line.startswith("CREATE"):
            yield line.rstrip(";").replace(" TABLE ", " TABLE IF NOT EXISTS ", 1)


class _Ladybug:
    """How a node and an edge are found or made; ``own`` is set on both beside the properties."""

    own: tuple[str, ...] = ()

    def node(self, label: str) -> str:
        return f"MERGE (n:{label} {{id: row.id}})"

    def edge(self, part: property_graph.Edges) -> str:
        ends = f"(a:{part.source} {{id: row.source}}), (b:{part.target} {{id: row.target}})"
        return f"MATCH {ends} MERGE (a)-[r:`{part.type}`]->(b)"


class _Neo4j(_Ladybug):
    """The same in a graph of a name among others, where an entity can have changed its type."""

    own = ("checksum = 0",)

    def __init__(self, graph: str) -> None:
        self.graph = graph

    def node(self, label: str) -> str:
        found = f"MERGE (n:{_base(label)} {{graph: {self.graph}, id: row.id}})"
        others = [other for other in ENTITY_TYPES if other != label]
        return f"{found} SET n:{label} REMOVE n:{':'.join(others)}" if label in ENTITY_TYPES else found

    def edge(self, part: property_graph.Edges) -> str:
        ends = ", ".join(
            f"({end}:{_base(label)} {{graph: {self.graph}, id: row.{column}}})"
            for end, label, column in (("a", part.source, "source"), ("b", part.target, "target"))
        )
        return f"MATCH {ends} MERGE (a)-[r:`{part.type}` {{graph: {self.graph}}}]->(b)"


def _base(label: str) -> str:
    return "Entity" if label in ENTITY_TYPES else label


def _statements(tables: Tables, merge: _Ladybug) -> Iterator[str]:
    for label, table in property_graph.nodes(tables):
        yield from _batches(merge.node(label), "n", ("id",), merge.own, rows(table))
    for part in edges(tables):
        table = part.table.rename_columns({"from": "source", "to": "target"})
        yield from _batches(merge.edge(part), "r", ("source", "target"), merge.own, rows(table))


def _batches(
    merge: str, variable: str, keys: tuple[str, ...], own: tuple[str, ...], rows: Iterable[Row]
) -> Iterator[str]:
    """Statements over rows of one shape each: the embedded database wants every row of a list to have the same type."""
    shapes = defaultdict(list)
    for row in rows:
        given = {name: literal for name, value in row.items() if (literal := _literal(value)) is not None}
        shapes[tuple((name, literal == "[]") for name, literal in given.items())].append(given)
    for shape, alike in shapes.items():
        properties = [f"{name} = row.{name}" for name, _ in shape if name not in keys]
        put = ", ".join(f"{variable}.{text}" for text in (*own, *properties))
        for start in range(0, len(alike), BATCH):
            listed = ",\n".join(_map(row) for row in alike[start : start + BATCH])
            yield f"UNWIND [\n{listed}\n] AS row\n{merge}" + (f"\nSET {put}" if put else "")


def _map(literals: dict[str, str]) -> str:
    return "{" + ", ".join(f"{name}: {literal}" for name, literal in literals.items()) + "}"


def _literal(value: Any) -> str | None:
    """A Cypher literal; None for what has none (null, infinite numbers)."""
    if isinstance(value, list):
        return "[" + ", ".join(map(_string, value)) + "]"
    if isinstance(value, str):
        return _string(value)
    if isinstance(value, bool):
        return str(value).lower()
    return None if value is None or not math.isfinite(value) else repr(value)


def _string(text: str) -> str:
    """A string literal that Neo4j and the embedded database read alike; nothing in it can end it."""
    return "'" + _UNSAFE.sub(lambda m: _ESCAPES.get(m[0]) or f"\\u{ord(m[0]):04x}", text) + "'"
