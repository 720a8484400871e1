"""Adding and retracting in any order and number of steps ends where one build of what is left ends, byte for byte."""

import json
from collections.abc import Iterable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from spacy.tokens import Span

import kg
from kg import pipeline
from kg.errors import GraphError, InputError
from kg.extract import annotate
from kg.progress import silent
from kg.records import Mention
from kg.store.folder import read_manifest, read_rejected, read_reserve, read_tables

OPTIONS = pipeline.Options(workers=1, model="fast")
# Papers with duplicates (a, b, c), an older version of one of them (b, d) and one that nobody else knows (e).
ABSTRACTS = {
    "bert": "We train BERT on SQuAD.",
    "lora": "LoRA is a variant of BERT.",
    "gpt": "GPT-2 beats BERT on GLUE.",
}
PAPERS = {
    "a": {"id": "p1", "abstract": ABSTRACTS["bert"], "date": "2020"},
    "b": {"id": "p2", "abstract": ABSTRACTS["bert"], "date": "2020"},
    "c": {"title": "Questions", "abstract": ABSTRACTS["bert"].upper()},
    "d": {"id": "p2", "abstract": ABSTRACTS["lora"], "date": "2021"},
    "e": {"id": "p3", "abstract": ABSTRACTS["gpt"]},
}


def files(folder: Path) -> dict[str, str]:
    """The digest of every file of a graph folder but the embedded database, whose bytes say when it was made."""
    found = (path for path in folder.iterdir() if path.name != "graph.lbug")
    return {path.name: sha256(path.read_bytes()).hexdigest() for path in found}


def write_inputs(folder: Path) -> dict[str, Path]:
    """A file for each paper."""
    paths = {name: folder / f"{name}.jsonl" for name in PAPERS}
    for name, path in paths.items():
        path.write_text(json.dumps(PAPERS[name]))
    return paths


def add(names: Iterable[str], inputs: dict[str, Path], graph: Path) -> None:
    pipeline.build([inputs[name] for name in names], graph, OPTIONS, silent, add=True)


def retract(names: Iterable[str], inputs: dict[str, Path], graph: Path) -> pipeline.Retraction:
    return pipeline.retract([], graph, OPTIONS, silent, files=[inputs[name] for name in names])


@pytest.fixture
def inputs(tmp_path: Path) -> dict[str, Path]:
    return write_inputs(tmp_path)


some = st.lists(st.sampled_from(sorted(PAPERS)), min_size=1, max_size=3, unique=True)


@settings(max_examples=4, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(some, min_size=2, max_size=3), some)
@example([["a"], ["b"], ["d"]], ["b"])
def test_any_steps_end_where_one_build_ends(added: list[list[str]], retracted: list[str]) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        inputs, held = write_inputs(folder), {paper for step in added for paper in step}
        for step in added:
            add(step, inputs, folder / "steps")
        gone = held.intersection(retracted)
        left = sorted(held - gone, reverse=True)
        if gone and left:
            retract(sorted(gone), inputs, folder / "steps")
        add(left or held, inputs, folder / "once")
        assert files(folder / "steps") == files(folder / "once")


def test_the_first_query_after_a_step_loads_the_database_of_that_step(inputs: dict[str, Path], tmp_path: Path) -> None:
    pipeline.build([inputs["a"]], tmp_path / "g", OPTIONS, silent)
    assert (tmp_path / "g" / "graph.lbug").is_file()
    graph = kg.open(tmp_path / "g")
    for step, held in ((add, ["p1", "p3"]), (retract, ["p1"])):
        step("e", inputs, tmp_path / "g")
        assert not (tmp_path / "g" / "graph.lbug").exists()
        assert graph.info()["nodes"]["Paper"] == len(held)
        assert graph.query("MATCH (p:Paper) RETURN p.id AS id ORDER BY id") == [{"id": id} for id in held]
        made = (tmp_path / "g" / "graph.lbug").stat().st_ino
    add("a", inputs, tmp_path / "g")  # nothing new
    assert graph.query("MATCH (p:Paper) RETURN count(p) AS n") == [{"n": 1}]
    assert (tmp_path / "g" / "graph.lbug").stat().st_ino == made


def test_a_chain_of_a_duplicate_and_a_later_version_can_be_undone(inputs: dict[str, Path], tmp_path: Path) -> None:
    graph, seen = tmp_path / "g", []
    for name in "abd":
        add(name, inputs, graph)
        seen.append(files(graph))
    assert [row["id"] for row in read_tables(graph, "papers")["papers"].to_pylist()] == ["p2"]
    assert [row["id"] for row in read_reserve(graph).to_pylist()] == ["p1", "p2"]
    for name, before in (("d", seen[1]), ("b", seen[0])):
        retract(name, inputs, graph)
        assert files(graph) == before


def test_the_duplicate_of_a_retracted_paper_comes_back(inputs: dict[str, Path], tmp_path: Path) -> None:
    add("abe", inputs, tmp_path / "g")
    done = pipeline.retract(["p2"], tmp_path / "g", OPTIONS, silent)
    assert ([p.id for p in done.gone], [p.id for p in done.back], done.report.papers) == (["p2"], ["p1"], 2)


def test_all_records_of_a_paper_can_go_at_once(inputs: dict[str, Path], tmp_path: Path) -> None:
    add("abde", inputs, tmp_path / "g")
    done = pipeline.retract(["p2"], tmp_path / "g", OPTIONS, silent, whole=True)
    assert ([p.id for p in done.gone], done.back, done.report.papers) == (["p1", "p2", "p2"], (), 1)
    assert not (tmp_path / "g" / "reserve.parquet").exists()


def test_an_unknown_name_or_nothing_left_changes_nothing(inputs: dict[str, Path], tmp_path: Path) -> None:
    add("ae", inputs, tmp_path / "g")
    before = {path.name: path.read_bytes() for path in (tmp_path / "g").iterdir()}
    for names, problem in ((["p3", "p9"], "no paper 'p9'"), (["p1", "p3"], "No paper would be left")):
        with pytest.raises(InputError, match=problem):
            pipeline.retract(names, tmp_path / "g", OPTIONS, silent)
    assert {path.name: path.read_bytes() for path in (tmp_path / "g").iterdir()} == before
    assert not (tmp_path / ".g.work").exists()
    with pytest.raises(GraphError, match="No graph"):
        pipeline.retract(["p1"], tmp_path / "none", OPTIONS, silent)


def test_a_graph_keeps_its_model(inputs: dict[str, Path], tmp_path: Path) -> None:
    graph, own = tmp_path / "g", pipeline.Options(workers=1)
    add("ab", inputs, graph)
    assert pipeline.build([inputs["e"]], graph, own, silent, add=True).new == 1
    assert pipeline.retract(["p2"], graph, own, silent).report.new == 1
    manifest = read_manifest(graph)
    assert manifest["model"]["name"] == "fast"
    manifest["model"]["name"] = "mine"
    (graph / "manifest.json").write_text(json.dumps(manifest))
    with pytest.raises(InputError, match=r"made by the model 'mine'.*fast"):
        pipeline.retract(["p1"], graph, own, silent)


def test_a_retracted_file_takes_its_notes_along(inputs: dict[str, Path], tmp_path: Path) -> None:
    add("ae", inputs, tmp_path / "g")
    before = files(tmp_path / "g")
    assert "rejected.jsonl" not in before
    inputs["bad"] = tmp_path / "bad.jsonl"
    inputs["bad"].write_text(json.dumps(PAPERS["d"]) + "\n{}\n")
    add(["bad"], inputs, tmp_path / "g")
    assert [(item.file, item.line) for item in read_rejected(tmp_path / "g")] == [("bad.jsonl", 2)]
    retract(["bad"], inputs, tmp_path / "g")
    assert files(tmp_path / "g") == before


def test_what_an_override_is_about_can_be_retracted_and_comes_back(
    inputs: dict[str, Path], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    overrides = tmp_path / "mine.yaml"
    overrides.write_text("rename:\n  GPT-2: the second GPT\n  BERT: the BERT\n")
    own = replace(OPTIONS, overrides=overrides)
    pipeline.build([inputs["a"], inputs["e"]], tmp_path / "g", own, silent)
    before = files(tmp_path / "g")
    pipeline.retract(["p3"], tmp_path / "g", OPTIONS, silent)
    (warning,) = caplog.messages
    assert "overrides.yaml, line 2: rename 'GPT-2': nothing in this graph is called 'GPT-2'" in warning
    named = {row["name"] for row in read_tables(tmp_path / "g", "entities")["entities"].to_pylist()}
    assert "the BERT" in named
    assert (tmp_path / "g" / "overrides.yaml").read_text() == overrides.read_text()
    add("e", inputs, tmp_path / "g")
    assert files(tmp_path / "g") == before
    with pytest.raises(InputError, match="nothing in this graph is called 'GPT-2'"):
        pipeline.build([inputs["a"]], tmp_path / "g", own, silent)


def test_a_paper_that_breaks_the_extractor_waits_behind_its_duplicate(
    inputs: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = annotate.to_mention

    def fail(paper: str, span: Span) -> Mention:
        if span.doc.text.startswith("Questions"):
            raise ValueError("no")
        return real(paper, span)

    monkeypatch.setattr(annotate, "to_mention", fail)
    add("ace", inputs, tmp_path / "once")
    add("e", inputs, tmp_path / "steps")
    before = files(tmp_path / "steps")
    for name in "ca":
        add(name, inputs, tmp_path / "steps")
    assert files(tmp_path / "steps") == files(tmp_path / "once")
    assert [item.file for item in read_rejected(tmp_path / "once")] == ["c.jsonl"]
    assert [row["id"] for row in read_tables(tmp_path / "once", "papers")["papers"].to_pylist()] == ["p1", "p3"]
    retract("ca", inputs, tmp_path / "steps")
    assert files(tmp_path / "steps") == before
