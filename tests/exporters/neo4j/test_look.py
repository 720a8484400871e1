"""The style of Neo4j Browser and the perspective of Bloom have the form that those products write themselves."""

import json
import re
from pathlib import Path
from typing import Any

from kg.types import EDGE_PROPERTIES, NODE_PROPERTIES, PAIRS, EdgeType

DOCS = Path(__file__).parents[3] / "docs" / "neo4j"
GRASS = (DOCS / "kg.grass").read_text(encoding="utf-8")
BLOOM: dict[str, Any] = json.loads((DOCS / "bloom.json").read_text(encoding="utf-8"))
# What the Browser's own default style sets.
KNOWN = {
    "node": {"diameter", "color", "border-color", "border-width", "text-color-internal", "font-size", "caption"},
    "relationship": {
        *("color", "shaft-width", "font-size", "padding", "text-color-external", "text-color-internal", "caption"),
    },
}
TYPES = {"string": "string", "strings": "array", "int": "bigint", "float": "number", "bool": "boolean"}


def rules() -> dict[str, dict[str, str]]:
    """Selector -> declarations; nothing may be left over."""
    found = re.findall(r"([\w.]+) \{\n((?:  [\w-]+: [^;]+;\n)+)\}\n", GRASS)
    assert "".join(f"{selector} {{\n{body}}}\n" for selector, body in found) == GRASS
    return {
        selector: {name.strip(): value for name, _, value in (line.partition(": ") for line in body.split(";\n")[:-1])}
        for selector, body in found
    }


def test_the_style_has_a_rule_for_every_label_and_type() -> None:
    labels = {f"node.{label}" for label in NODE_PROPERTIES}
    assert rules().keys() == {"node", "relationship"} | labels | {f"relationship.{kind}" for kind in EdgeType}


def test_the_style_sets_what_the_browser_knows_and_captions_that_are_there() -> None:
    for selector, declared in rules().items():
        kind, _, label = selector.partition(".")
        assert declared.keys() <= KNOWN[kind]
        assert all(re.fullmatch("#[0-9a-f]{6}", value) for name, value in declared.items() if "color" in name)
        if kind == "node" and label:
            assert declared["caption"].strip('"{}') in NODE_PROPERTIES[label]


def test_the_perspective_has_a_category_for_every_label() -> None:
    assert [category["labels"] for category in BLOOM["categories"]] == [[label] for label in NODE_PROPERTIES]
    for category in BLOOM["categories"]:
        properties = NODE_PROPERTIES[category["name"]]
        assert {item["name"]: item["dataType"] for item in category["properties"]} == {
            name: TYPES[kind] for name, kind in properties.items()
        }
        assert set(category["captionKeys"]) <= properties.keys()


def test_the_perspective_knows_every_type_and_what_it_joins() -> None:
    assert [kind["name"] for kind in BLOOM["relationshipTypes"]] == list(EdgeType)
    assert all({item["propertyKey"] for item in kind["properties"]} == EDGE_PROPERTIES.keys()
               for kind in BLOOM["relationshipTypes"])  # fmt: skip
    joined = {(s["relationshipType"], s["source"], s["target"]) for s in BLOOM["metadata"]["pathSegments"]}
    assert joined == {(kind, *pair) for kind, pairs in PAIRS.items() for pair in pairs}
