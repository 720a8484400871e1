"""One entity with its edges."""

from pathlib import Path

from kg.explore.describe import describe


def test_edges_by_type_each_with_its_sentence(line_of_lora: Path) -> None:
    found = describe(line_of_lora, "LoRA")
    assert list(found["edges"])[-1] == "CO_MENTIONED_WITH"
    assert found["proposed_by"][0]["paper"] == "2106.09685"
    assert {alias["surface"] for alias in found["aliases"]} == {"LoRA", "Low-Rank Adaptation"}
    statements = [edge for kind, edges in found["edges"].items() if kind != "CO_MENTIONED_WITH" for edge in edges]
    assert all(edge["evidence"][0]["sentence"] for edge in statements)


def test_the_limit_holds_for_a_type_and_direction_and_says_what_is_left_out(line_of_lora: Path) -> None:
    found = describe(line_of_lora, "LoRA", limit=2)
    based_on = [(edge["direction"], edge["other"]["name"]) for edge in found["edges"]["BASED_ON"]]
    assert based_on == [("out", "intrinsic dimension"), ("in", "AdaLoRA"), ("in", "LoRA+")]
    assert found["more"]["BASED_ON"] == 6
    whole = describe(line_of_lora, "LoRA", limit=None)
    assert (len(whole["edges"]["BASED_ON"]), whole["more"]) == (9, {})


def test_a_contradiction_is_shown_both_ways_even_beyond_the_limit(line_of_lora: Path) -> None:
    beaten = describe(line_of_lora, "LoRA", limit=1)["edges"]["OUTPERFORMS"]
    both = [(edge["direction"], edge["disputed"]) for edge in beaten if edge["other"]["name"] == "Adapters"]
    assert both == [("out", True), ("in", True)]
    assert len(beaten) == 3  # and the surest of the others that beat it


def test_generic_entities_come_last_and_as_co_mentions_only_without_a_limit(line_of_lora: Path) -> None:
    metrics = [edge["other"]["name"] for edge in describe(line_of_lora, "Adapters")["edges"]["MEASURED_BY"]]
    assert metrics == ["perplexity"]
    for limit, shown in ((100, False), (None, True)):
        together = describe(line_of_lora, "LoRA", limit=limit)["edges"]["CO_MENTIONED_WITH"]
        assert any(edge["other"]["generic"] for edge in together) is shown


def test_all_evidence_of_all_edges(line_of_lora: Path) -> None:
    found = describe(line_of_lora, "LoRA", limit=None, evidence=None)
    assert all(len(edge["evidence"]) == edge["sentences"] for edges in found["edges"].values() for edge in edges)


def test_numbers_and_papers_have_names(line_of_lora: Path) -> None:
    found = describe(line_of_lora, "GLUE", limit=None)
    assert {edge["other"]["name"] for edge in found["edges"]["ON"]} == {"88.1%", "87.3%", "9.5", "9.9", "0.8", "1.5x"}
    proposed = describe(line_of_lora, "LoRA")["edges"]["PROPOSES"][0]["other"]
    assert (proposed["type"], proposed["name"][:5]) == ("Paper", "LoRA:")


def test_a_name_of_two_things(line_of_lora: Path) -> None:
    found = describe(line_of_lora, "Adapters")
    assert (found["type"], [other["id"] for other in found["also"]]) == ("Method", ["dataset:adapters"])
    assert describe(line_of_lora, "Adapters", type="dataset")["id"] == "dataset:adapters"
