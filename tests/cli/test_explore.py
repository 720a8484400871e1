"""What a person reads at 80 and at 120 columns, word for word, and what a program reads."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg.cli import main
from tests.explore.make import write
from tests.explore.sample import sample

GOLDEN = Path(__file__).parent.parent / "golden" / "explore"
CASES = {
    "resolve": ["resolve", "LoRA", "lora+", "Adapters", "adapter", "system:lora", "SVDD", "zzzz"],
    "show": ["show", "LoRA", "--limit", "1"],
    "lineage": ["lineage", "LoRA", "--width", "2"],
    "lineage-since": ["lineage", "LoRA", "--since", "2024", "--edge", "based_on", "--up", "0"],
    "neighbors": ["neighbors", "LoRA", "--limit", "1"],
    "neighbors-none": ["neighbors", "OASST1", "--edge", "BASED_ON"],
    "path": ["path", "Guanaco", "SVD"],
    "path-co-mention": ["path", "ChatGPT", "BERT", "--limit", "1"],
    "path-none": ["path", "LoRA", "bare"],
    "path-same": ["path", "LoRA", "low-rank adaptation"],
    "leaderboard": ["leaderboard", "GLUE"],
    "leaderboard-limit": ["leaderboard", "GLUE", "--metric", "accuracy", "--limit", "1"],
    "leaderboard-none": ["leaderboard", "MMLU"],
    "timeline": ["timeline", "LoRA"],
    "compare": ["compare", "LoRA", "Adapters"],
}
JSON = [name for name in CASES if "-" not in name]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("cli") / "graph", sample())


def run(*arguments: str, graph: Path, columns: int = 80) -> Result:
    return CliRunner(env={"COLUMNS": str(columns)}).invoke(main, [*arguments, "-g", str(graph)])


@pytest.mark.parametrize("columns", [80, 120])
@pytest.mark.parametrize("name", CASES)
def test_the_terminal_shows_what_it_showed(folder: Path, name: str, columns: int) -> None:
    shown = run(*CASES[name], graph=folder, columns=columns)
    assert shown.exit_code == 0, shown.output
    assert shown.stdout == (GOLDEN / f"{name}.{columns}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", CASES)
def test_no_line_is_wider_than_the_terminal_but_for_a_long_name(folder: Path, name: str) -> None:
    lines = run(*CASES[name], graph=folder, columns=80).stdout.splitlines()
    assert max(map(len, lines)) <= 80


@pytest.mark.parametrize("name", JSON)
def test_json_is_well_formed_and_complete(folder: Path, name: str) -> None:
    shown = run(*CASES[name], "--json", graph=folder)
    assert shown.exit_code == 0, shown.output
    found = json.loads(shown.stdout)
    if name == "resolve":
        assert [one["name"] for one in found] == CASES[name][1:]
        assert found[0]["entity"]["id"] == "system:lora"
        assert found[-2]["entity"] is None
        assert found[-2]["near"] == ["SVD"]
    elif name == "path":
        assert [edge["type"] for edge in found["paths"][0]] == ["USES", "OUTPERFORMS", "USES"]
    elif name == "compare":
        assert (found["one"]["id"], found["other"]["id"]) == ("system:lora", "system:adapters")
    elif name == "leaderboard":
        assert [row["value"] for row in found["absolute"]] == ["88.1%", "87.3%", "9.5", "9.9"]
    else:
        assert found["id"] == "system:lora"


@pytest.mark.parametrize("name", [name for name in JSON if name != "resolve"])
@pytest.mark.parametrize("papers", ["some", "none"])
def test_an_unknown_name_is_one_line_with_near_misses(folder: Path, tmp_path: Path, name: str, papers: str) -> None:
    command = [CASES[name][0], *["AdaLora2" if word.isalpha() else word for word in CASES[name][1:]]]
    refused = run(*command, graph=folder if papers == "some" else write(tmp_path / "empty"))
    assert refused.exit_code == 1
    assert refused.stderr.startswith("Error: No entity is called 'AdaLora2'.")
    assert ("'AdaLoRA'" in refused.stderr) is (papers == "some")
    assert "Traceback" not in refused.output


@pytest.mark.parametrize("name", ["\udcff", "", " ", "'; DROP", "x" * 5000])
def test_no_name_breaks_it(folder: Path, name: str) -> None:
    assert run("resolve", name, graph=folder).exit_code == 0
    assert run("show", name, graph=folder).stderr.startswith("Error: No entity is called")


def test_a_folder_without_a_graph_says_how_to_make_one(tmp_path: Path) -> None:
    refused = run("resolve", "LoRA", graph=tmp_path)
    assert (refused.exit_code, "kg build" in refused.stderr) == (1, True)


def test_a_broken_table_is_one_line(tmp_path: Path) -> None:
    graph = write(tmp_path / "g", sample())
    (graph / "edges.parquet").write_bytes(b"nothing")
    refused = run("show", "LoRA", graph=graph)
    assert refused.exit_code == 1
    assert refused.stderr.startswith("Error: ")
    assert "Traceback" not in refused.output
