"""Every derived schema file is fresh, and the declaration is sound."""

import pytest

from kg import types
from schemas.derive import ROOT, read_schema, render_all

SCHEMA = read_schema()


@pytest.mark.parametrize("name", render_all(SCHEMA))
def test_derived_file_is_fresh(name: str) -> None:
    assert (ROOT / name).read_text(encoding="utf-8") == render_all(SCHEMA)[name], "run `make schemas`"


def test_pairs_join_declared_nodes() -> None:
    assert {end for pairs in types.PAIRS.values() for pair in pairs for end in pair} <= set(types.NodeType)


def test_every_type_is_documented() -> None:
    declared = {**SCHEMA["nodes"], **SCHEMA["edges"], **SCHEMA["entity_properties"], **SCHEMA["edge_properties"]}
    assert [name for name, item in declared.items() if not item.get("doc")] == []
