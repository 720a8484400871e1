"""Every command in the docs exists, and every `kg query` in them runs on the demo graph."""

import re
import shlex
from pathlib import Path

import pytest
from click import Command, Group, Option
from click.testing import CliRunner

import kg
from kg.cli import COMMANDS, main

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


def commands(page: Path) -> list[list[str]]:
    """The lines of code blocks that call kg, split as a shell would; a quote may run over several lines."""
    blocks = re.findall(r"```(?:sh|bash|console)\n(.*?)```", page.read_text(), re.DOTALL)
    blocks += re.findall(r"(?:^ {4}.*\n)+", page.read_text(), re.MULTILINE)
    found = []
    for block in blocks:
        for start in re.finditer(r"^\s*kg (?=[a-z])", block, re.MULTILINE):
            text = block[start.start() :].lstrip()
            lines = text.split("\n")
            for count in range(1, len(lines) + 1):
                try:
                    found.append(shlex.split("\n".join(lines[:count]), comments=True))
                    break
                except ValueError:
                    continue
    return found


ALL = [(page.name, words) for page in PAGES for words in commands(page)]
QUERIES = [(name, words) for name, words in ALL if words[1] == "query" and "--neo4j" not in words]


def test_the_docs_show_every_command() -> None:
    assert set(COMMANDS) - {words[1] for _, words in ALL} <= {"formats", "demo"}


@pytest.mark.parametrize(
    ("page", "words"), ALL, ids=lambda value: value if isinstance(value, str) else " ".join(value[1:3])
)
def test_commands_and_options_exist(page: str, words: list[str]) -> None:
    command: Command | None = main
    for word in words[1:]:
        if isinstance(command, Group):
            command = command.get_command(None, word)  # type: ignore[arg-type]
    assert command is not None
    known = {name for parameter in command.params if isinstance(parameter, Option) for name in parameter.opts} | {
        "--help"
    }
    assert {word for word in words[2:] if re.fullmatch(r"--?[a-z][a-z-]*", word)} <= known


@pytest.mark.parametrize(("page", "words"), QUERIES)
def test_queries_run_on_the_demo_graph(demo_graph: kg.Graph, page: str, words: list[str]) -> None:
    arguments = [word for word in words[1:] if word not in ("-g", "demo-graph")]
    result = CliRunner().invoke(main, [*arguments, "-g", str(demo_graph.folder)])
    assert result.exit_code == 0, result.output
    assert "(0 rows)" not in result.output
