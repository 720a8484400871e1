"""Reading is the rule, writing is asked for; refusals are one clear line."""

import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.cli import main
from kg.errors import GraphError, InputError, KGError, QueryError
from kg.exporters.neo4j.connect import Server, check_version, connect, password
from kg.exporters.neo4j.query import ask
from kg.store.cypher import Database
from kg.store.folder import DATABASE
from tests.exporters.neo4j.graphs import export, write_graph
from tests.exporters.sample import lineage
from tests.neo4j_server import Neo4j, free_port

SHAPES = [
    "MATCH (n:Method {name: 'LoRA'}) RETURN n",
    "MATCH (p:Paper {id: '2106.09685'}) RETURN p",
    "MATCH (:Method {name: 'DoRA'})-[r:BASED_ON]->(b) RETURN r, b.name",
    "MATCH p = (:Method {name: 'QA-LoRA'})-[:BASED_ON*2..2]->(b:Method) RETURN p",
    "UNWIND [1, 2] AS i RETURN i, [i, 3] AS pair, i / 2.0 AS half, i > 1 AS big, null AS nothing",
]


@pytest.fixture(scope="module")
def graph(neo4j: Neo4j, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    path = write_graph(tmp_path_factory.mktemp("query") / "graph", lineage())
    export(path, neo4j.server, "query")
    yield path
    neo4j.forget("query")


@pytest.mark.parametrize("query", SHAPES)
def test_values_have_the_shape_that_the_embedded_database_gives(neo4j: Neo4j, graph: Path, query: str) -> None:
    with Database(graph / DATABASE) as database:
        assert ask(neo4j.server, query, {})[1] == database.query(query).rows


def test_a_writing_query_is_refused_unless_asked_for(neo4j: Neo4j) -> None:
    with pytest.raises(QueryError, match="add --write to allow it"):
        ask(neo4j.server, "CREATE (n:KgNote {text: $text})", {"text": "x"})
    assert ask(neo4j.server, "MATCH (n:KgNote) RETURN count(n)", {})[1] == [(0,)]
    query = "CREATE (n:KgNote {text: $text}) RETURN n"
    assert ask(neo4j.server, query, {"text": "x"}, write=True)[1] == [({"label": "KgNote", "text": "x"},)]
    ask(neo4j.server, "MATCH (n:KgNote) DELETE n", {}, write=True)


def test_the_embedded_database_can_be_written_to_when_asked_for(tmp_path: Path) -> None:
    graph = write_graph(tmp_path / "graph", lineage())
    change = ["query", "-g", str(graph), "MATCH (m:Method {name: 'LoRA'}) SET m.generic = true"]
    refused = CliRunner().invoke(main, change)
    assert refused.exit_code == 1
    assert "--write" in refused.stderr
    assert CliRunner().invoke(main, [*change, "--write"]).exit_code == 0
    with Database(graph / DATABASE) as database:
        assert database.query("MATCH (m:Method {name: 'LoRA'}) RETURN m.generic").rows == [(True,)]


def test_the_command_line_asks_a_server(neo4j: Neo4j, graph: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEO4J_PASSWORD", neo4j.server.password)
    query = "MATCH (m {name: $name, graph: 'query'}) RETURN m.name AS name"
    arguments = ["query", "--neo4j", neo4j.server.uri, "--format", "json", "--param", "name=LoRA", query]
    assert json.loads(CliRunner().invoke(main, arguments).stdout) == [{"name": "LoRA"}]
    refused = CliRunner().invoke(main, ["query", "--neo4j", neo4j.server.uri, "CREATE (n)"])
    assert refused.exit_code == 1
    assert "add --write" in refused.stderr


def test_every_refusal_says_what_and_where(neo4j: Neo4j) -> None:
    server = neo4j.server
    nobody = f"bolt://127.0.0.1:{free_port()}"
    cases: list[tuple[Server, type[KGError], str]] = [
        (
            replace(server, password="mistaken-one"),
            InputError,
            f"{server.uri} refuses the user 'neo4j': wrong user or password",
        ),
        (replace(server, user="who"), InputError, f"{server.uri} refuses the user 'who'"),
        (replace(server, database="nope"), InputError, "has no database 'nope'; the usual one is 'neo4j'"),
        (replace(server, uri=nobody), GraphError, rf"answers at {nobody} \(Connection refused\). Start one: docker"),
        (
            replace(server, uri="bolt://no-such-host.invalid"),
            GraphError,
            r"answers at bolt://no-such-host.invalid \(.+\). Check the address, and that the server is up",
        ),
        (replace(server, uri="bolt://127.0.0.1:many"), InputError, "'bolt://127.0.0.1:many' is no address"),
        (replace(server, uri="http://127.0.0.1"), InputError, "is no address of a Neo4j server: it begins with bolt"),
    ]
    for broken, kind, message in cases:
        with pytest.raises(kind, match=message) as error:
            ask(broken, "RETURN 1", {})
        assert "\n" not in str(error.value)
        assert broken.password not in str(error.value)
    for query, message in [
        ("MATHC (n) RETURN n", r"Invalid input 'MATHC'.* \(line 1, column 1 \(offset: 0\)\)$"),
        ("RETURN $name, $year", r"^No value was given for \$name, \$year\.$"),
    ]:
        with pytest.raises(QueryError, match=message):
            ask(server, query, {})


@pytest.mark.parametrize(
    ("version", "is_old"), [("4.4.38", True), ("5.0.0", False), ("5.27-aura", False), ("2026.01.0", False)]
)
def test_a_server_that_is_too_old_is_refused(version: str, is_old: bool) -> None:
    if is_old:
        with pytest.raises(GraphError, match=f"The server is Neo4j {version}; Neo4j 5 or newer is needed"):
            check_version(version)
    else:
        check_version(version)


def test_a_missing_driver_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "neo4j", None)
    with pytest.raises(InputError, match=r'pip install "kg-papers\[neo4j\]"'), connect(Server()):
        pass


def test_the_password_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET", "hidden")
    assert password("SECRET") == "hidden"
    assert "hidden" not in repr(Server(password="hidden"))
    monkeypatch.setenv("SECRET", "")
    with pytest.raises(InputError, match="Set the environment variable SECRET"):
        password("SECRET")
