"""Every question of docs/cypher.md gets the same answer from the embedded database and from Neo4j."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.exporters.neo4j.query import ask
from kg.store.cypher import Database
from kg.store.folder import DATABASE
from tests.exporters.neo4j.graphs import export, write_graph
from tests.exporters.sample import lineage
from tests.neo4j_server import Neo4j

DOCS = Path(__file__).parents[3] / "docs"
PAGE = DOCS / "cypher.md"
SECTIONS = re.split(r"^### ", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
NODES = "MATCH (n) RETURN count(n)"


def texts(section: str) -> tuple[str, str]:
    """The text for Neo4j and that for the embedded database."""
    found = dict(re.findall(r"```cypher ?(\w*)\n(.*?)```", section, re.DOTALL))
    return found.get("neo4j") or found[""], found.get("embedded") or found[""]


@pytest.fixture(scope="module")
def graph(neo4j: Neo4j, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The only graph in the database: the questions name none."""
    path = write_graph(tmp_path_factory.mktemp("questions") / "graph", lineage())
    assert ask(neo4j.server, NODES, {})[1] == [(0,)], "the tests need a Neo4j database of their own"
    export(path, neo4j.server, "questions")
    yield path
    neo4j.forget("questions")


def test_there_are_twenty_five() -> None:
    assert [int(section.split(".")[0]) for section in SECTIONS] == list(range(1, 26))


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.split(".")[0])
def test_both_databases_give_the_same_answer(neo4j: Neo4j, graph: Path, section: str) -> None:
    there, here = texts(section)
    columns, rows = ask(neo4j.server, there, {})
    with Database(graph / DATABASE) as database:
        found = database.query(here)
    assert rows, "the question finds nothing in the sample"
    assert (list(columns), rows) == (list(found.columns), found.rows)


def test_every_search_phrase_of_the_bloom_perspective_finds_something(neo4j: Neo4j, graph: Path) -> None:
    phrases = json.loads((DOCS / "neo4j" / "bloom.json").read_text(encoding="utf-8"))["templates"]
    assert len(phrases) == 2
    for phrase in phrases:
        names = [parameter["name"].removeprefix("$") for parameter in phrase["params"]]
        assert ask(neo4j.server, phrase["cypher"], dict.fromkeys(names, "LoRA"))[1]
