"""What a person says about names: read from YAML, carried out over the automatic merges, kept with the graph."""

import json
from pathlib import Path

import pyarrow as pa
import pytest

import kg
from kg.errors import InputError
from kg.link import link
from kg.link.apply import carry_out
from kg.link.overrides import find_overrides, parse, read_overrides
from kg.records import Alias, Edge, Entity
from kg.store.tables import from_table
from tests.link.make import paper, rows, tables

TEXTS = (
    "[Model Kelp|kelp transformer] beats [Model BERT]. On [Dataset MS Reef].",
    "[Model Kelp] and [Model KELP-2]. On [Method MS Reef] and [Dataset Reef].",
    "[Task tide prediction] with [Method moorings]. See [Dataset web].",
)


def linked(text: str, *papers: str) -> dict[str, Entity]:
    """The entities of papers under an override file."""
    found = tables(*(paper(f"p{n}", marked) for n, marked in enumerate(papers or TEXTS)))
    graph = link(**found, overrides=parse(text, Path("o.yaml")))
    return {entity.id: entity for entity in from_table(Entity, graph["entities"])}


def names(text: str, *papers: str) -> dict[str, set[str]]:
    return {id: {entity.name, *entity.aliases} for id, entity in linked(text, *papers).items()}


def test_merge_joins_names_in_each_type_group_where_two_of_them_are() -> None:
    found = names("merge: [[Reef, MS Reef]]")
    assert found["dataset:reef"] == {"Reef", "MS Reef"}
    assert found["system:msreef"] == {"MS Reef"}


def test_merge_joins_across_types_where_all_names_say_theirs() -> None:
    found = linked("merge: [['dataset:Reef', 'system:MS Reef', 'dataset:MS Reef']]")
    assert found["dataset:reef"].mentions == 3
    assert found["dataset:reef"].type == "Dataset"
    assert not found.keys() & {"system:msreef", "dataset:msreef"}


def test_a_merge_has_its_reason() -> None:
    found = tables(*(paper(f"p{n}", text) for n, text in enumerate(TEXTS)))
    graph = link(**found, overrides=parse("merge: [[Reef, MS Reef]]\nrename: {Reef: The Reef}", Path("o.yaml")))
    aliases = {alias for alias in from_table(Alias, graph["aliases"]) if alias.entity == "dataset:reef"}
    assert aliases == {
        Alias("Reef", "dataset:reef", "same name", 1),
        Alias("MS Reef", "dataset:reef", "override", 1),
        Alias("The Reef", "dataset:reef", "override", 0),
    }


def test_split_gives_a_name_back_its_own_entity() -> None:
    texts = "By [Model Sea|seaweed array].", "By [Model seaweed array]."
    assert names("", *texts) == {"system:seaweedarray": {"Sea", "seaweed array"}}
    parted = {"system:sea": {"Sea"}, "system:seaweedarray": {"seaweed array"}}
    assert names("split: [{name: Sea, from: seaweed array}]", *texts) == parted
    renamed = {"system:ocean": {"Sea"}, "system:seaweedarray": {"seaweed array"}}
    assert names("split: [{name: Sea, from: seaweed array, as: ocean}]", *texts) == renamed


def test_a_long_form_that_no_paper_names_is_no_entity_without_its_abbreviation() -> None:
    found = tables(paper("p", "By [Model Sea|seaweed array]."))
    graph = link(**found, overrides=parse("split: [{name: Sea, from: seaweed array}]", Path("o.yaml")))
    assert rows(graph["entities"], "id") == rows(graph["aliases"], "entity") == [("system:sea",)]


def test_split_before_merge_moves_a_name_to_another_entity() -> None:
    text = "merge: [[BERT, weed]]\nsplit: [{name: Sea, from: seaweed array, as: weed}]"
    found = names(text, "By [Model Sea|seaweed array].", "By [Model seaweed array] and [Model BERT].")
    assert found == {"system:bert": {"BERT", "Sea"}, "system:seaweedarray": {"seaweed array"}}


def test_retype_moves_all_of_a_name_into_one_entity() -> None:
    found = linked("retype: {MS Reef: Dataset}")
    assert (found["dataset:msreef"].type, found["dataset:msreef"].mentions) == ("Dataset", 2)
    assert "system:msreef" not in found


def test_retype_within_a_type_group_keeps_the_id() -> None:
    assert (linked("")["system:kelp2"].type, linked("retype: {KELP-2: Method}")["system:kelp2"].type) == (
        "Model",
        "Method",
    )


def test_drop_takes_an_entity_and_its_edges_away() -> None:
    found = tables(*(paper(f"p{n}", text) for n, text in enumerate(TEXTS)))
    graph = link(**found, overrides=parse("drop: [MS Reef]", Path("o.yaml")))
    assert {"dataset:msreef", "system:msreef"}.isdisjoint(graph["entities"]["id"].to_pylist())
    ends = {end for edge in from_table(Edge, graph["edges"]) for end in (edge.source, edge.target)}
    assert {"dataset:msreef", "system:msreef"}.isdisjoint(ends)
    assert "system:bert" in ends


def test_rename_changes_what_an_entity_is_called_and_not_its_id() -> None:
    found = linked("rename: {BERT: Bert of the sea}")["system:bert"]
    assert (found.name, found.aliases) == ("Bert of the sea", ("BERT",))
    found = linked("merge: [[BERT, KELP-2]]\nrename: {BERT: KELP-2}")["system:bert"]
    assert (found.name, found.aliases) == ("KELP-2", ("BERT",))


def test_an_id_is_a_name_too() -> None:
    assert names("merge: [['system:bert', 'system:kelp2']]")["system:bert"] == {"BERT", "KELP-2"}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("drop:\n- web\n- wob", "o.yaml, line 3: drop 'wob': nothing in this graph is called 'wob'"),
        ("merge:\n- [BERT, Bort]", r"line 2: merge 'BERT' \+ 'Bort': nothing in this graph is called 'Bort'"),
        ("merge: [[BERT, tide prediction]]", "of different types, system and task; .* as in `dataset:COCO`"),
        ("split: [{name: BERT, from: KELP-2}]", "'BERT' is not among the names of 'KELP-2'"),
        ("split: [{name: KELP-2, from: KELP-2}]", "same id again; say `as: NAME`"),
        ("retype: {'dataset:Kelp': Task}", "nothing in this graph is called 'dataset:Kelp'"),
        ("rename: {nobody: somebody}", "nothing in this graph is called 'nobody'"),
    ],
)
def test_what_matches_nothing_is_an_error_that_names_it(text: str, reason: str) -> None:
    names = "task:tideprediction", "dataset:web", "system:bert", "system:kelp", "system:kelp2"
    surfaces = "tide prediction", "web", "BERT", "Kelp", "KELP-2"
    held = pa.table({"entity": names, "surface": surfaces, "papers": [1] * len(names)})
    with pytest.raises(InputError, match=reason):
        carry_out(parse(text, Path("o.yaml")), held)


def test_an_entry_of_the_graphs_own_copy_that_matches_nothing_is_left_out_with_a_warning(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "overrides.yaml").write_text("drop:\n- wob\n- web\nsplit: [{name: BERT, from: BERT}]\n")
    held = pa.table({"entity": ["system:bert", "dataset:web"], "surface": ["BERT", "web"], "papers": [1, 1]})
    moves = carry_out(find_overrides(None, (), tmp_path).entries, held).moves()
    assert moves.to_pylist() == [{"entity": "dataset:web", "surface": "web", "to": None}]
    split, drop = caplog.messages
    assert "line 4: split 'BERT' + 'BERT': it would get the same id again" in split
    assert (
        "overrides.yaml, line 2: drop 'wob': nothing in this graph is called 'wob'. Left out; the entry stays" in drop
    )
    with pytest.raises(InputError, match="same id again"):
        carry_out(find_overrides(tmp_path / "overrides.yaml", (), tmp_path / "elsewhere").entries, held)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("- a", "not a mapping from actions"),
        ("merge: [", "not YAML"),
        ("drop: [a]\nmrege: [[a, b]]", "line 2: there is no action 'mrege', only split, merge, retype, drop, rename"),
        ("merge: [[a]]", "line 1: merge takes a list of lists of two or more names"),
        ("merge:\n- [a, ' ']", "line 2: merge takes"),
        ("merge: {a: b}", "merge takes"),
        ("merge: [[a, [b]]]", "merge takes"),
        ("split: [{name: a}]", "split takes"),
        ("split: [{name: a, from: b, to: c}]", "split takes"),
        ("split: [{name: a, from: b, as: [c]}]", "split takes"),
        ("retype:\n  a: Task\n  b: Thing", r"line 3: retype takes .*\(Method, Model, Dataset, Metric, Task\)"),
        ("rename: [a]", "rename takes"),
        ("rename: {a: [b]}", "rename takes"),
        ("drop: [[a]]", "drop takes"),
        ("drop: web", "drop takes"),
    ],
)
def test_a_malformed_entry_is_named_with_what_would_be_accepted(text: str, reason: str) -> None:
    with pytest.raises(InputError, match=reason):
        parse(text, Path("o.yaml"))


@pytest.mark.parametrize("text", ["", "# nothing\n", "merge:\ndrop: []\nrename: {}\n"])
def test_a_file_may_say_nothing(text: str) -> None:
    assert parse(text, Path("o.yaml")) == ()


def test_names_are_texts_whatever_yaml_makes_of_them() -> None:
    (entry,) = parse("rename: {no: 3.10}", Path("o.yaml"))
    assert (entry.names, entry.to) == (("no",), "3.10")


def test_the_file_given_goes_before_the_one_beside_the_input_before_the_graphs_own(tmp_path: Path) -> None:
    folder, inputs = tmp_path / "graph", [tmp_path / "in" / "papers.bib", tmp_path / "other" / "b.bib"]
    for number, place in enumerate((folder, tmp_path / "in", tmp_path / "given", tmp_path / "other")):
        place.mkdir()
        (place / "overrides.yaml").write_text(f"drop: ['{number}']")
    given = tmp_path / "given" / "overrides.yaml"

    def first(given: Path | None, inputs: list[Path | str]) -> str:
        return find_overrides(given, inputs, folder).entries[0].names[0]

    assert first(given, [*inputs]) == "2"
    assert first(None, [*inputs]) == "1"
    assert first(None, ["-", inputs[0]]) == first(None, []) == "0"


@pytest.mark.parametrize("content", [None, b"\xff\xfe"])
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "mine.yaml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(InputError, match=r"mine\.yaml"):
        read_overrides(path)


def test_the_graph_keeps_the_overrides_for_what_comes_later(sample: Path, tmp_path: Path) -> None:
    lines = sample.read_text().splitlines(keepends=True)
    first, later = tmp_path / "first" / "a.jsonl", tmp_path / "later" / "b.jsonl"
    for path, part in ((first, lines[:3]), (later, lines[3:])):
        path.parent.mkdir()
        path.write_text("".join(part))
    (first.parent / "overrides.yaml").write_text("rename: {LoRA: LoRA the first}\n")
    graph = kg.build(first, out=tmp_path / "graph", workers=1)
    assert graph.show("LoRA")["name"] == "LoRA the first"
    kept = graph.folder / "overrides.yaml"
    assert kept.read_text() == "rename: {LoRA: LoRA the first}\n"
    assert len(json.loads((graph.folder / "manifest.json").read_text())["overrides"]) == 64
    assert graph.add(later, workers=1).show("LoRA")["name"] == "LoRA the first"
    kept.write_text("rename: {LoRA: LoRA the second}\n")
    assert graph.add(later, workers=1).show("LoRA")["name"] == "LoRA the second"
    kept.unlink()
    assert graph.add(later, workers=1).show("LoRA")["name"] == "LoRA"
    assert json.loads((graph.folder / "manifest.json").read_text())["overrides"] is None


def test_overrides_in_steps_give_the_graph_of_one_build(sample: Path, tmp_path: Path) -> None:
    lines = sample.read_text().splitlines(keepends=True)
    for name, part in (("a", lines[:3]), ("b", lines[3:]), ("c", lines)):
        (tmp_path / f"{name}.jsonl").write_text("".join(part))
    (tmp_path / "overrides.yaml").write_text("rename: {LoRA: The LoRA}\nretype: {LoRA: Model}\n")
    steps = kg.build(tmp_path / "a.jsonl", out=tmp_path / "steps", workers=1).add(tmp_path / "b.jsonl", workers=1)
    whole = kg.build(tmp_path / "c.jsonl", out=tmp_path / "whole", workers=1)
    assert rows(steps.tables()["aliases"], "surface", "entity", "rule", "support") == rows(
        whole.tables()["aliases"], "surface", "entity", "rule", "support"
    )
    assert steps.show("LoRA")["type"] == whole.show("LoRA")["type"] == "Model"
