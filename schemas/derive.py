"""Derives every schema file from ``graph.yaml``: run ``python -m schemas.derive`` (``--check`` only compares).

Each ``render_`` function is pure: declaration in, text out. A test fails when a derived file is stale.
"""

import json
import sys
from itertools import product
from pathlib import Path
from typing import Any

import yaml

from schemas.look import render_grass, render_perspective

ROOT = Path(__file__).resolve().parent.parent
HEAD = "Derived from schemas/graph.yaml by `make schemas`; do not edit."
DDL_TYPES = {"string": "STRING", "strings": "STRING[]", "int": "INT64", "float": "DOUBLE", "bool": "BOOLEAN"}
JSON_TYPES: dict[str, dict[str, Any]] = {
    "string": {"type": ["string", "null"]},
    "strings": {"type": "array", "items": {"type": "string"}},
    "int": {"type": ["integer", "null"]},
    "float": {"type": ["number", "null"]},
    "bool": {"type": "boolean"},
}
Schema = dict[str, Any]


def read_schema(path: Path = ROOT / "schemas" / "graph.yaml") -> Schema:
    """Reads the declaration and replaces the groups ``entity``, ``system`` and ``same`` in the pairs by node types."""
    schema: Schema = yaml.safe_load(path.read_text(encoding="utf-8"))
    entities = [name for name, node in schema["nodes"].items() if node.get("is") == "entity"]
    for name in entities:
        schema["nodes"][name] |= {"key": "id", "properties": schema["entity_properties"]}
    for edge in schema["edges"].values():
        edge["pairs"] = [pair for ends in edge["pairs"] for pair in expand(ends, entities)]
    return schema


def expand(ends: list[str], entities: list[str]) -> list[tuple[str, str]]:
    """All pairs of node types that a declared pair stands for."""
    if ends == ["same", "same"]:
        return [(name, name) for name in entities]
    groups = {"entity": entities, "system": ["Method", "Model"]}
    return list(product(groups.get(ends[0], [ends[0]]), groups.get(ends[1], [ends[1]])))


def render_types(schema: Schema) -> str:
    """``kg/types.py``: what the program needs to know of the schema at run time."""
    lines = [f'"""{HEAD}"""', "", "from enum import StrEnum", ""]
    for title, part in (("NodeType", "nodes"), ("EdgeType", "edges")):
        lines += ["", f"class {title}(StrEnum):"]
        for name, item in schema[part].items():
            lines += [f"    {name.upper()} = {quote(name)}", f"    {quote(item['doc'], 3)}", ""]
    entities = [name for name, node in schema["nodes"].items() if node.get("is") == "entity"]
    symmetric = [name for name, edge in schema["edges"].items() if edge.get("symmetric")]
    lines += ["", f"SCHEMA_VERSION = {schema['version']}"]
    lines += ["ENTITY_TYPES: tuple[str, ...] = (" + ", ".join(map(quote, entities)) + ")"]
    lines += ["SYMMETRIC: frozenset[str] = frozenset({" + ", ".join(map(quote, symmetric)) + "})"]
    for name, key in (("COLOURS", "colour"), ("SHAPES", "shape")):
        lines += [f"{name}: dict[str, str] = {{"]
        lines += [f"    {quote(node)}: {quote(item[key])}," for node, item in schema["nodes"].items()] + ["}"]
    lines += ["NODE_PROPERTIES: dict[str, dict[str, str]] = {"]
    for name, node in schema["nodes"].items():
        lines += [f"    {quote(name)}: {{", *property_lines(node["properties"], 8), "    },"]
    lines += ["}", "EDGE_PROPERTIES: dict[str, str] = {", *property_lines(schema["edge_properties"], 4), "}"]
    lines += ["PAIRS: dict[str, tuple[tuple[str, str], ...]] = {"]
    for name, edge in schema["edges"].items():
        lines += (
            [f"    {quote(name)}: ("] + [f"        ({quote(a)}, {quote(b)})," for a, b in edge["pairs"]] + ["    ),"]
        )
    return "\n".join([*lines, "}", ""])


def quote(text: str, marks: int = 1) -> str:
    """A Python string literal in double quotes."""
    return f"{chr(34) * marks}{text}{chr(34) * marks}"


def property_lines(properties: dict[str, Any], indent: int) -> list[str]:
    return [f"{' ' * indent}{quote(name)}: {quote(item['type'])}," for name, item in properties.items()]


def columns(properties: dict[str, Any]) -> str:
    return ", ".join(f"{name} {DDL_TYPES[item['type']]}" for name, item in properties.items())


def render_ddl(schema: Schema) -> str:
    """The tables of the embedded Cypher database."""
    lines = [f"// {HEAD}"]
    for name, node in schema["nodes"].items():
        lines += [f"CREATE NODE TABLE {name}({columns(node['properties'])}, PRIMARY KEY ({node['key']}));"]
    for name, edge in schema["edges"].items():
        ends = ", ".join(f"FROM {a} TO {b}" for a, b in edge["pairs"])
        lines += [f"CREATE REL TABLE `{name}`({ends}, {columns(schema['edge_properties'])});"]
    return "\n".join(lines) + "\n"


def render_neo4j(schema: Schema) -> str:
    """Constraints and indexes for Neo4j 5 and later: many graphs in one database, told apart by ``graph``.

    An id is unique among all entities, whatever their label, so that an entity can change its type. Composite
    uniqueness needs no Enterprise Edition.
    """
    entities = [name for name, node in schema["nodes"].items() if node.get("is") == "entity"]
    labels = ["Entity", *schema["nodes"]]
    lines = [f"// {HEAD}"]
    for label in labels:
        name = f"kg_{label.lower()}_id"
        lines += [f"CREATE CONSTRAINT {name} IF NOT EXISTS FOR (n:{label}) REQUIRE (n.graph, n.id) IS UNIQUE;"]
    lines += ["CREATE CONSTRAINT kg_graph IF NOT EXISTS FOR (n:KnowledgeGraph) REQUIRE n.graph IS UNIQUE;"]
    lines += [f"CREATE FULLTEXT INDEX kg_names IF NOT EXISTS FOR (n:{'|'.join(entities)}) ON EACH [n.name, n.aliases];"]
    lines += ["CREATE FULLTEXT INDEX kg_papers IF NOT EXISTS FOR (n:Paper) ON EACH [n.title, n.abstract];"]
    return "\n".join(lines) + "\n"


def render_json_schema(schema: Schema) -> str:
    """JSON Schema of what ``kg export json`` writes (node-link)."""

    def item(properties: dict[str, Any], **constant: str) -> dict[str, Any]:
        fields = {name: {"const": value} for name, value in constant.items()}
        fields |= {name: JSON_TYPES[p["type"]] | {"description": p["doc"]} for name, p in properties.items()}
        return {"type": "object", "properties": fields, "required": list(constant)}

    nodes = [item(node["properties"], label=name) for name, node in schema["nodes"].items()]
    edges = [item(schema["edge_properties"], key=name) for name in schema["edges"]]
    document = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Research knowledge graph, node-link",
        "description": HEAD,
        "type": "object",
        "required": ["nodes", "edges"],
        "properties": {
            "nodes": {"type": "array", "items": {"oneOf": nodes}},
            "edges": {"type": "array", "items": {"oneOf": edges}},
        },
    }
    return json.dumps(document, indent=1) + "\n"


def render_docs(schema: Schema) -> str:
    """The reference page of node and edge types."""
    lines = [
        f"<!-- {HEAD} -->",
        "# The graph's schema",
        "",
        "## Nodes",
        "",
        "| node | is | properties |",
        "|---|---|---|",
    ]
    for name, node in schema["nodes"].items():
        listed = (
            "those of every entity" if node.get("is") == "entity" else ", ".join(f"`{p}`" for p in node["properties"])
        )
        lines += [f"| {name} | {node['doc']} | {listed} |"]
    lines += ["", "## Edges", "", "| edge | from → to | says |", "|---|---|---|"]
    for name, edge in schema["edges"].items():
        lines += [f"| {name} | {'; '.join(f'{a} → {b}' for a, b in edge['pairs'])} | {edge['doc']} |"]
    for title, part in (("every entity node", "entity_properties"), ("every edge", "edge_properties")):
        lines += ["", f"## Properties of {title}", "", "| property | type | is |", "|---|---|---|"]
        lines += [f"| {name} | {item['type']} | {item['doc']} |" for name, item in schema[part].items()]
    return "\n".join(lines) + "\n"


def render_all(schema: Schema) -> dict[str, str]:
    """Path under the project's root -> text of each derived file."""
    return {
        "kg/types.py": render_types(schema),
        "kg/store/schema.cypher": render_ddl(schema),
        "kg/exporters/neo4j/schema.cypher": render_neo4j(schema),
        "docs/neo4j/kg.grass": render_grass(schema),
        "docs/neo4j/bloom.json": render_perspective(schema),
        "schemas/graph.schema.json": render_json_schema(schema),
        "docs/schema.md": render_docs(schema),
    }


def main() -> int:
    files = render_all(read_schema())
    stale = [
        name for name, text in files.items() if not (ROOT / name).exists() or (ROOT / name).read_text("utf-8") != text
    ]
    if "--check" not in sys.argv:
        for name in stale:
            (ROOT / name).write_text(files[name], encoding="utf-8")
    print("\n".join(f"stale: {name}" for name in stale) or "all derived files are fresh")
    return int("--check" in sys.argv and bool(stale))


if __name__ == "__main__":
    sys.exit(main())
