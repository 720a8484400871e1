"""The commands as a person uses them."""

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import kg
from kg.cli import COMMANDS, main

LINEAGE = "MATCH (a)-[r:BASED_ON]->(b) RETURN a.name AS child, b.name AS parent, r.sentence AS sentence ORDER BY child"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.mark.parametrize("command", COMMANDS)
def test_every_help_reads_well_and_has_an_example(command: str) -> None:
    result = run(command, "--help")
    assert result.exit_code == 0
    assert f"kg {command}" in result.output.split("Example:")[1]
    assert max(map(len, result.output.splitlines())) <= 100


def test_help_is_quick() -> None:
    code = "import sys, kg.cli; kg.cli.main(['--help'], standalone_mode=False); print(sorted(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert not [heavy for heavy in ("'spacy'", "'pyarrow'", "'duckdb'", "'networkx'", "'rich'") if heavy in loaded]


def test_build_says_what_it_made(sample: Path, tmp_path: Path) -> None:
    result = run("build", sample, "-g", tmp_path / "g", "--workers", "1")
    assert result.exit_code == 0
    assert "6 papers (6 new)" in result.stdout
    again = run("add", sample, "-g", tmp_path / "g")
    assert "nothing new" in again.stdout
    one = tmp_path / "one.jsonl"
    one.write_text(sample.read_text().splitlines()[0])
    other = run("add", one, "-g", tmp_path / "g", "--model", "fast")
    assert "6 papers (6 read by fast, since another model had made the graph)" in other.stdout


def test_bad_input_is_a_warning_or_an_error(sample: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.jsonl"
    bad.write_text(sample.read_text() + "{}\n")
    kept = run("build", bad, "-g", tmp_path / "g", "--workers", "1")
    assert kept.exit_code == 0
    assert "bad.jsonl, line 7" in kept.stderr
    assert run("build", bad, "-g", tmp_path / "g", "--strict").exit_code == 1
    nothing = run("build", tmp_path / "missing.bib", "-g", tmp_path / "h")
    assert nothing.exit_code == 1
    assert "missing.bib" in nothing.stderr
    assert "Traceback" not in nothing.output


def test_info(graph: kg.Graph) -> None:
    facts = json.loads(run("info", "-g", graph.folder, "--json").stdout)
    assert facts["nodes"]["Paper"] == 6
    assert (facts["first_date"], facts["last_date"]) == ("2017-06", "2024-02-14")
    assert "Paper" in run("info", "-g", graph.folder).stdout


def test_show_gives_every_edge_its_sentence(graph: kg.Graph) -> None:
    page = run("show", "LoRA", "-g", graph.folder).stdout
    assert page.startswith("LoRA  (Method")
    assert "Low-Rank Adaptation" in page
    found = json.loads(run("show", "LoRA", "-g", graph.folder, "--json").stdout)
    typed = [edge for kind, edges in found["edges"].items() if kind != "CO_MENTIONED_WITH" for edge in edges]
    assert typed
    assert all(edge["evidence"][0]["sentence"] for edge in typed)


def test_an_unknown_name_gets_the_nearest(graph: kg.Graph) -> None:
    result = run("show", "QLora2", "-g", graph.folder)
    assert result.exit_code == 1
    assert "QLoRA" in result.stderr


def test_query_in_three_formats(graph: kg.Graph) -> None:
    rows = json.loads(run("query", LINEAGE, "-g", graph.folder, "--format", "json").stdout)
    assert {"child": "QLoRA", "parent": "LoRA"}.items() <= next(row for row in rows if row["child"] == "QLoRA").items()
    table = list(csv.DictReader(io.StringIO(run("query", LINEAGE, "-g", graph.folder, "--format", "csv").stdout)))
    assert table == rows
    assert f"({len(rows)} rows)" in run("query", LINEAGE, "-g", graph.folder).stdout or len(rows) == 1


def test_query_parameters_are_data(graph: kg.Graph) -> None:
    query = "MATCH (m {name: $name}) RETURN m.name AS name"
    assert json.loads(run("query", query, "-g", graph.folder, "--param", "name=LoRA", "--format", "json").stdout) == [
        {"name": "LoRA"}
    ]
    hostile = "x'}) DETACH DELETE m //"
    assert (
        json.loads(run("query", query, "-g", graph.folder, "--param", f"name={hostile}", "--format", "json").stdout)
        == []
    )


@pytest.mark.parametrize(
    "query", ["MATCH (n:Method RETURN n", "MATCH (n:Methode) RETURN n", "CREATE (:Task {id: 'x'})"]
)
def test_a_query_that_cannot_run_is_one_line(graph: kg.Graph, query: str) -> None:
    result = run("query", query, "-g", graph.folder)
    assert result.exit_code == 1
    assert result.stderr.startswith("Error: ")
    assert "Traceback" not in result.output


def test_no_graph_says_how_to_make_one(tmp_path: Path) -> None:
    result = run("info", "-g", tmp_path / "none")
    assert result.exit_code == 1
    assert "kg build" in result.stderr


def test_extract_keeps_offsets_of_the_text_as_it_came_in(tmp_path: Path) -> None:
    abstract = r"We propose PanGu-$\alpha$, fine-tuned from {\em BERT}. It reaches 54.6\% accuracy on SQuAD."
    (tmp_path / "in.jsonl").write_text(json.dumps({"id": "x", "title": "A  title", "abstract": abstract}) + "\n")
    out = tmp_path / "out.jsonl"
    assert run("extract", tmp_path / "in.jsonl", "-o", out).exit_code == 0
    record = json.loads(out.read_text())
    assert (record["id"], record["title"], record["abstract"]) == ("x", "A  title", abstract)
    text = f"A  title\n{abstract}"
    forms = {text[start:end] for entity in record["entities"] for start, end in entity["mentions"]}
    assert "SQuAD" in forms
    assert all(text[start:end] in entity["forms"] for entity in record["entities"] for start, end in entity["mentions"])
    assert all(0 <= entity["score"] <= 1 for entity in record["entities"])


def test_extract_reads_dates_as_people_write_them(tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text(
        json.dumps({"id": 7, "title": "A", "abstract": "We use BERT.", "date": "Dec 30, 2024"})
    )
    record = json.loads(run("extract", tmp_path / "in.jsonl").stdout)
    assert (record["id"], record["year"]) == ("7", 2024)


def test_export_writes_a_page(graph: kg.Graph, tmp_path: Path) -> None:
    assert run("export", "html", "-g", graph.folder, "--focus", "LoRA", "-o", tmp_path / "l.html").exit_code == 0
    assert "LoRA" in (tmp_path / "l.html").read_text()
    refused = run("export", "nope", "-g", graph.folder, "-o", tmp_path / "x")
    assert refused.exit_code == 1
    assert "graphml" in refused.stderr


def test_formats_lists_readers_and_writers() -> None:
    listed = run("formats").stdout
    assert all(name in listed for name in ("bibtex", "openalex", "graphml", "html"))
