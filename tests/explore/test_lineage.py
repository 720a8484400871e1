"""The tree of what an entity builds on and what grew out of it."""

from pathlib import Path

import pyarrow as pa
import pytest

from kg.errors import UnknownNameError
from kg.explore.lineage import lineage, to_tree
from kg.records import Edge, Entity, Evidence
from kg.store.tables import to_table
from tests.explore.make import named, write


def names(branches: list[dict[str, object]]) -> list[object]:
    return [node["name"] for node in branches]


def test_ancestors_and_descendants_with_years_papers_and_sentences(line_of_lora: Path) -> None:
    found = lineage(line_of_lora, "LoRA")
    assert (found["year"], names(found["ancestors"])) == (2021, ["intrinsic dimension", "Adapters"])
    assert names(found["descendants"])[:3] == ["AdaLoRA", "LoftQ", "LongLoRA"]
    ada = found["descendants"][0]
    assert (ada["year"], ada["via"], ada["papers"], ada["disputed"]) == (2023, "BASED_ON", 1, False)
    proof = ada["evidence"][0]
    assert proof["sentence"].startswith("AdaLoRA extends LoRA")
    assert (proof["paper"], proof["date"]) == ("2303.10512", "2023-03-18")


def test_uses_is_a_step_from_the_entity_alone(line_of_lora: Path) -> None:
    assert {"SVD", "LoRA"} == set(names(lineage(line_of_lora, "LoftQ", up=1)["ancestors"]))
    found = lineage(line_of_lora, "QLoRA", down=1)
    assert [(node["name"], node["via"]) for node in found["descendants"]] == [("Guanaco", "USES")]
    below = lineage(line_of_lora, "LoRA", down=3)["descendants"]
    assert all(not node["children"] for node in below if node["name"] == "QLoRA")


def test_contradictory_steps_are_shown_and_cycles_end(line_of_lora: Path) -> None:
    found = lineage(line_of_lora, "LoRA", up=9, down=9)
    adapters = found["ancestors"][1]
    assert (adapters["via"], adapters["disputed"], adapters["again"]) == ("IS_A", True, False)
    assert [(node["name"], node["again"], node["children"]) for node in adapters["children"]] == [("LoRA", True, [])]
    assert "Adapters" in names(found["descendants"])


def test_steps_width_and_since(line_of_lora: Path) -> None:
    found = lineage(line_of_lora, "LoRA", up=0, since=2024, types=["BASED_ON"])
    assert (names(found["descendants"]), found["ancestors"]) == (["DoRA", "LoRA+"], [])
    narrow = lineage(line_of_lora, "LoRA", width=2)
    assert narrow["more_descendants"] == {"BASED_ON": 6}
    assert names(narrow["descendants"]) == ["AdaLoRA", "LoRA+", "Adapters"]  # surest, by year; then the other kin
    assert lineage(line_of_lora, "LoRA", width=None)["more_descendants"] == {}


def test_as_a_networkx_graph_edges_go_from_child_to_parent(line_of_lora: Path) -> None:
    tree = to_tree(lineage(line_of_lora, "LoRA"))
    edge = tree.edges["AdaLoRA", "LoRA"]
    assert (edge["type"], edge["papers"], edge["date"]) == ("BASED_ON", 1, "2023-03-18")
    assert edge["sentence"].startswith("AdaLoRA extends LoRA")
    assert tree.has_edge("LoRA", "intrinsic dimension")
    assert tree.nodes["LoRA"] == {"id": "system:lora", "type": "Method", "year": 2021}


def test_two_entities_of_one_name_stay_two_nodes(tmp_path: Path) -> None:
    tables = named(("system:a", "Model", "SAM", 2), ("system:b", "Method", "SAM", 1))
    edge = Edge("system:b", "BASED_ON", "system:a", 1, 1, 0.9, None, None, None)
    tables |= {"edges": to_table(Edge, [edge])}
    tree = to_tree(lineage(write(tmp_path / "g", tables), "system:a"))
    assert list(tree.edges) == [("SAM (system:b)", "SAM")]
    assert tree.edges["SAM (system:b)", "SAM"]["sentence"] is None


def test_a_long_cycle_ends(tmp_path: Path) -> None:
    ring = [f"system:{n}" for n in range(5)]
    edges = [
        Edge(a, "BASED_ON", b, 1, 1, 0.9, None, None, None) for a, b in zip(ring, ring[1:] + ring[:1], strict=True)
    ]
    tables = named(*((id, "Method", id[7:], 1) for id in ring)) | {"edges": to_table(Edge, edges)}
    assert to_tree(lineage(write(tmp_path / "g", tables), "0", up=9, down=9)).number_of_edges() == 5


def test_generic_entities_are_no_kin(tmp_path: Path) -> None:
    rows = [
        Entity(f"system:{n}", "Method", n, (), 1, 1, None, None, (), n == "deep learning")
        for n in ("a", "deep learning")
    ]
    edge = Edge("system:a", "BASED_ON", "system:deep learning", 1, 1, 0.9, None, None, None)
    proof = Evidence("system:a", "BASED_ON", "system:deep learning", "p", None, None, 0.9, "test")
    tables: dict[str, pa.Table] = named(("system:a", "Method", "a", 1)) | {
        "entities": to_table(Entity, rows), "edges": to_table(Edge, [edge]), "evidence": to_table(Evidence, [proof]),
    }  # fmt: skip
    assert lineage(write(tmp_path / "g", tables), "a")["ancestors"] == []


def test_an_unknown_name(line_of_lora: Path, empty: Path) -> None:
    for folder in (line_of_lora, empty):
        with pytest.raises(UnknownNameError):
            lineage(folder, "unknown thing")
