"""How Neo4j Browser and Bloom show the graph, derived from its schema: a ``.grass`` style and a Bloom perspective."""

import json
from typing import Any

Schema = dict[str, Any]
CAPTIONS = {"Paper": "title", "Result": "value"}  # of entities: the name
GREY = "#9aa1a9"
BLOOM_TYPES = {"string": "string", "strings": "array", "int": "bigint", "float": "number", "bool": "boolean"}
RELATION_CAPTION = "0_REL_TYPE_CAPTION_KEY"  # Bloom's word for the type itself
BLOOM_VERSION = "2.3.0"


def caption(label: str) -> str:
    return CAPTIONS.get(label, "name")


def darker(colour: str) -> str:
    """The colour with four fifths of its light, for borders."""
    return "#" + "".join(f"{int(colour[place : place + 2], 16) * 4 // 5:02x}" for place in (1, 3, 5))


def rule(selector: str, **declarations: str) -> list[str]:
    return [f"{selector} {{", *(f"  {name.replace('_', '-')}: {value};" for name, value in declarations.items()), "}"]


def render_grass(schema: Schema) -> str:
    """Neo4j Browser's style sheet (no comments: its parser knows none)."""
    lines = rule("node", diameter="50px", color=GREY, border_color=darker(GREY), border_width="2px",
                 text_color_internal="#ffffff", font_size="10px")  # fmt: skip
    lines += rule("relationship", color=GREY, shaft_width="1px", font_size="8px", padding="3px",
                  text_color_external="#000000", text_color_internal="#ffffff", caption='"<type>"')  # fmt: skip
    for name, node in schema["nodes"].items():
        colours = {"color": node["colour"], "border_color": darker(node["colour"]), "text_color_internal": "#ffffff"}
        lines += rule(f"node.{name}", **colours, caption=f'"{{{caption(name)}}}"')
    for name in schema["edges"]:
        lines += rule(f"relationship.{name}", caption='"<type>"')
    return "\n".join(lines) + "\n"


def properties(declared: dict[str, Any]) -> list[tuple[str, str]]:
    """Each property with Bloom's word for its type."""
    return [(name, BLOOM_TYPES[item["type"]]) for name, item in declared.items()]


def render_perspective(schema: Schema) -> str:
    """Bloom's perspective: a category a node type, and two search phrases; co-mentions are hidden until asked for."""
    nodes, edges = schema["nodes"], schema["edges"]
    typed = {name: properties(node["properties"]) for name, node in nodes.items()}
    weights = properties(schema["edge_properties"])
    dates = {"createdAt": 0, "lastEditedAt": 0}
    document = {
        "name": "Research papers",
        "id": "kg-papers",
        "version": BLOOM_VERSION,
        **dates,
        "categories": [
            {"id": place, "name": name, "labels": [name], "color": node["colour"], "size": 1, "icon": "no-icon",
             "properties": [{"name": key, "exclude": False, "dataType": kind} for key, kind in typed[name]],
             "captionKeys": [caption(name)], **dates}
            for place, (name, node) in enumerate(nodes.items(), 1)
        ],
        "labels": {
            name: [{"propertyKey": key, "type": name, "dataType": kind} for key, kind in found]
            for name, found in typed.items()
        },
        "relationshipTypes": [
            {"id": name, "name": name, "color": GREY, "size": 1, "captionKeys": [RELATION_CAPTION],
             "properties": [{"propertyKey": key, "type": name, "dataType": kind} for key, kind in weights]}
            for name in edges
        ],
        "hiddenRelationshipTypes": [name for name, edge in edges.items() if edge.get("symmetric")],
        "hiddenCategories": [],
        "hideUncategorisedData": True,
        "isAuto": False,
        "parentPerspectiveId": None,
        "palette": {"colors": [node["colour"] for node in nodes.values()], "currentIndex": 0},
        "templates": [phrase(place, *words) for place, words in enumerate(PHRASES)],
        "sceneActions": [],
        "metadata": {
            "pathSegments": [
                {"source": source, "relationshipType": name, "target": target}
                for name, edge in edges.items()
                for source, target in edge["pairs"]
            ],
            "indexes": [],
        },
    }  # fmt: skip
    return json.dumps(document, indent=1) + "\n"


PHRASES = (
    ("What is $name based on", "MATCH p = (n:Entity {name: $name})-[:BASED_ON*1..4]->() RETURN p"),
    ("What grew out of $name", "MATCH p = (n:Entity {name: $name})<-[:BASED_ON*1..4]-() RETURN p"),
)


def phrase(place: int, text: str, cypher: str) -> dict[str, Any]:
    """A search phrase of Bloom; its parameter suggests names."""
    name = {"name": "$name", "dataType": "String", "collapsed": False, "suggestionLabel": "Method",
            "suggestionProp": "name", "suggestionBoolean": False, "cypher": None}  # fmt: skip
    return {"name": text.removesuffix(" $name"), "id": f"tmpl:{place}", "createdAt": 0, "text": text, "cypher": cypher,
            "params": [name], "isUpdateQuery": None, "hasCypherErrors": False}  # fmt: skip
