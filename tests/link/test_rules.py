"""The rules that join names with different keys."""

import pytest

from kg.link import rules
from kg.link.keys import name_key
from kg.link.merge import follow


def spelt(*names: str) -> list[tuple[str, str]]:
    return [(name, name_key(name)) for name in names]


def counted(group: str, **papers: int) -> dict[rules.Name, int]:
    return {(group, name): n for name, n in papers.items()}


def test_long_forms_of_one_abbreviation_go_by_the_commonest() -> None:
    given = [("system", "bc", "behaviorcloning", 2), ("system", "bc", "behavioralcloning", 5), ("system", "bc", "x", 9)]
    stems = {"behaviorcloning": "behavi clon", "behavioralcloning": "behavi clon", "x": "x"}
    assert dict(rules.variants(given, stems)) == {
        ("system", "behaviorcloning"): ("system", "behavioralcloning"),
        ("system", "behavioralcloning"): ("system", "behavioralcloning"),
        ("system", "x"): ("system", "x"),
    }


def test_one_stem_without_a_common_abbreviation_joins_nothing() -> None:
    given = [("system", "gg", "graphgeneration", 2), ("system", "ggr", "graphgenerator", 1), ("task", "gg", "a", 1)]
    stems = {"graphgeneration": "graph gener", "graphgenerator": "graph gener", "a": "graph gener"}
    assert all(name == to for name, to in rules.variants(given, stems))


def test_an_abbreviation_inside_a_name_is_spelt_out_where_that_is_a_name() -> None:
    names = counted("system", deeptidemodel=1, deepktm=1, ktm=3)
    found = rules.inside(names, spelt("deep KTM", "KTM", "wide KTM"), {"ktm": "tide models"})
    assert list(found) == [(("system", "deepktm"), ("system", "deeptidemodel"))]


def test_what_an_abbreviation_means_everywhere_is_listed_or_said_by_nine_in_ten() -> None:
    given = [("system", "ktm", "kelptidemodel", 18), ("task", "ktm", "kitchentable", 2), ("system", "few", "rare", 9)]
    stems = {"kelptidemodel": "a", "kitchentable": "b", "rare": "c"}
    texts = {"kelptidemodel": "kelp tide model", "kitchentable": "kitchen table", "rare": "rare"}
    found = rules.abbreviations(given, stems, texts)
    assert found["ktm"] == "kelp tide model"
    assert found["cnn"] == "convolutional neural network"
    assert "few" not in found
    assert "sgd" not in found  # a method and a dataset
    assert "ktm" not in rules.abbreviations([*given, ("task", "ktm", "kitchentable", 1)], stems, texts)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Claude-4-Sonnet", "Claude Sonnet 4", True),
        ("Gemini Flash 2.5", "Gemini 2.5 Flash", True),
        ("LLaVA-3D", "3D-LLaVA", False),
        ("Video-LLaVA-7B", "LLaVA-Video-7B", False),
        ("5-way 1-shot", "1-way 5-shot", False),
        ("text-to-image", "image-to-text", False),
    ],
)
def test_a_version_may_stand_at_another_place(one: str, other: str, same: bool) -> None:
    names = {("system", name_key(one)): 2, ("system", name_key(other)): 1}
    found = [(("system", name_key(other)), ("system", name_key(one)))]
    assert list(rules.orders(names, spelt(one, other))) == (found if same else [])


@pytest.mark.parametrize(
    ("group", "rest", "name", "same"),
    [
        ("system", "self-attention", "self-attention mechanism", True),
        ("task", "vehicle routing", "vehicle routing problems", True),
        ("metric", "consistency", "consistency score", True),
        ("system", "Muon", "Muon optimizer", True),
        ("dataset", "Cora", "Cora dataset", True),
        ("system", "diffusion", "diffusion model", False),
        ("system", "consistency", "consistency score", False),
        ("system", "LLM", "LLM optimizer", False),
        ("system", "gradient", "Gradient optimizer", False),
    ],
)
def test_a_head_word_says_nothing_in_names_of_its_type(group: str, rest: str, name: str, same: bool) -> None:
    names = {(group, name_key(rest)): 2, (group, name_key(name)): 1}
    found = list(rules.heads(names, spelt(rest, name)))
    assert found == ([((group, name_key(name)), (group, name_key(rest)))] if same else [])
    assert not list(rules.heads({(group, name_key(name)): 1}, spelt(rest, name)))


def test_steps_follow_one_another_once() -> None:
    first, second = {("task", "a"): ("task", "b")}, {("task", "b"): ("task", "c"), ("task", "c"): ("task", "a")}
    assert follow(("task", "a"), [("one", first), ("two", second)]) == ("c", "two")
    assert follow(("task", "z"), [("one", first), ("two", second)]) == ("z", "")
