"""The embedded database, the real one: what is loaded comes back, and nothing but reading is possible."""

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pytest

from kg.errors import GraphError, QueryError
from kg.link import link
from kg.records import Result
from kg.store.cypher import Database, load
from kg.types import EDGE_PROPERTIES, NODE_PROPERTIES
from tests.link.make import paper, tables
from tests.link.test_resolve import HOSTILE

TEXT = (
    "On [Method* LoRA|low-rank adaptation]. It builds on [Method SVD] and adapts [Model GPT-3]. [Dataset GLUE] is hard."
)


def small() -> dict[str, pa.Table]:
    spans = 3, 7, 44, 48, None, None, 44, 57
    result = Result("p0", 52, 56, "hard", 1.0, None, "absolute", *spans, 0.7, "test")
    papers = paper("p0", TEXT, "2021-06-17"), paper("p1", "More of [Method LoRA] on [Dataset GLUE].")
    found = tables(*papers, said=[("p0", "LoRA", "BASED_ON", "SVD")], results=[result])
    return found | link(**found)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("database")
    load(path / "graph.lbug", small())
    return path


@pytest.fixture(scope="module")
def database(folder: Path) -> Iterator[Database]:
    with Database(folder / "graph.lbug") as opened:
        yield opened


def test_the_file_is_whole_when_load_returns(folder: Path) -> None:
    assert [path.name for path in folder.iterdir()] == ["graph.lbug"]


def test_load_never_overwrites(folder: Path) -> None:
    with pytest.raises(GraphError, match="exists already"):
        load(folder / "graph.lbug", small())


def test_all_nodes_and_edges_are_there(database: Database) -> None:
    graph = small()
    for kind, count in (
        (kind, graph["edges"]["type"].to_pylist().count(kind)) for kind in set(graph["edges"]["type"].to_pylist())
    ):
        assert database.query(f"MATCH ()-[r:`{kind}`]->() RETURN count(r)").rows == [(count,)]
    assert database.query("MATCH (n) RETURN count(n)").rows == [(graph["entities"].num_rows + 3,)]


def test_nodes_come_back_with_their_own_properties_only(database: Database) -> None:
    (row,) = database.query("MATCH (p:Paper {id: 'p0'})-[r:PROPOSES]->(m) RETURN p, r, m").rows
    found, edge, method = row
    assert set(found) == {"label", *NODE_PROPERTIES["Paper"]}
    assert (found["label"], found["title"], found["year"], found["authors"]) == ("Paper", "On LoRA.", 2021, [])
    assert set(edge) == {"label", *EDGE_PROPERTIES}
    assert (method["label"], method["name"], method["aliases"]) == ("Method", "LoRA", ["low-rank adaptation"])
    assert (method["first_year"], method["proposed_by"], method["generic"]) == (2021, ["p0"], False)


def test_edges_carry_their_best_sentence_and_its_paper(database: Database) -> None:
    query = "MATCH ({name: 'LoRA'})-[r:BASED_ON]->({name: 'SVD'}) RETURN r.sentence, r.paper, r.first_date, r.score"
    assert database.query(query).rows == [("On LoRA.", "p0", "2021-06-17", 0.8)]
    query = (
        "MATCH (a)-[r:CO_MENTIONED_WITH]->(b) WHERE a.name = $a AND b.name = $b RETURN r.sentence, r.paper, r.papers"
    )
    assert database.query(query, {"a": "GLUE", "b": "LoRA"}).rows == [("More of LoRA on GLUE.", "p1", 2)]
    assert database.query(query, {"a": "GLUE", "b": "GPT-3"}).rows == [(None, "p0", 1)]


def test_results_are_nodes_with_their_sentence(database: Database) -> None:
    match = "MATCH (p:Paper)-[:REPORTS]->(r:Result)-[:OF]->(m:Method), (r)-[:`ON`]->(d:Dataset)"
    (row,) = database.query(f"{match} RETURN p.id, r, m.name, d.name").rows
    assert (row[0], row[2], row[3]) == ("p0", "LoRA", "GLUE")
    assert row[1] == {
        "label": "Result", "id": "p0#52", "value": "hard", "number": 1.0, "unit": "", "kind": "absolute", "paper": "p0",
        "sentence": "GLUE is hard.", "score": 0.7,
    }  # fmt: skip


def test_paths_say_which_way_their_edges_point(database: Database) -> None:
    ((path,),) = database.query("MATCH q = (s:Method {name: 'SVD'})<-[:BASED_ON*1..2]-(l) RETURN q").rows
    assert [node["name"] for node in path["nodes"]] == ["SVD", "LoRA"]
    assert [(r["label"], r["source"], r["target"]) for r in path["relationships"]] == [
        ("BASED_ON", "system:lowrankadaptation", "system:singularvaluedecomposition")
    ]


def test_columns_keep_their_names_and_values_their_types(database: Database) -> None:
    found = database.query("RETURN 1 AS one, 'x' AS text, [1, 2] AS list, {a: [true, null]} AS map")
    assert (found.columns, found.rows) == (("one", "text", "list", "map"), [(1, "x", [1, 2], {"a": [True, None]})])


def test_parameters_are_values_and_never_cypher(database: Database) -> None:
    assert database.query("RETURN $x", {"x": "'}) DETACH DELETE n //"}).rows == [("'}) DETACH DELETE n //",)]


def test_hostile_names_come_back_as_they_are(tmp_path: Path) -> None:
    found = tables(*(paper(f"p{n}", "[Model NAME].") for n in range(len(HOSTILE))))
    names = found["mentions"].schema.get_field_index("text")
    found |= {"mentions": found["mentions"].set_column(names, "text", [HOSTILE])}
    titles = found["papers"].schema.get_field_index("title")
    found |= {"papers": found["papers"].set_column(titles, "title", [HOSTILE])}
    load(tmp_path / "graph.lbug", found | link(**found))
    with Database(tmp_path / "graph.lbug") as database:
        rows = database.query("MATCH (p:Paper)-[:MENTIONS]->(m:Model) RETURN p.title, m.name").rows
        assert sorted(rows) == sorted((name, name) for name in HOSTILE)
        for name in HOSTILE:
            assert database.query("MATCH (m:Model) WHERE m.name = $name RETURN count(m)", {"name": name}).rows == [(1,)]


def test_an_empty_graph_loads(tmp_path: Path) -> None:
    load(tmp_path / "graph.lbug", tables() | link(**tables()))
    with Database(tmp_path / "graph.lbug") as database:
        assert database.query("MATCH (n) RETURN n").rows == []


def test_two_rows_about_one_number_are_one_result(tmp_path: Path) -> None:
    graph = small()
    two = pa.concat_tables([graph["results"], graph["results"]])
    load(tmp_path / "graph.lbug", graph | {"results": two})
    with Database(tmp_path / "graph.lbug") as database:
        assert database.query("MATCH (r:Result) RETURN count(r)").rows == [(1,)]


def test_tables_of_two_graphs_are_refused(tmp_path: Path) -> None:
    graph = small()
    with pytest.raises(GraphError, match="do not belong together"):
        load(tmp_path / "graph.lbug", graph | {"edges": graph["edges"].slice(1)})


def test_no_database_and_a_foreign_file_are_named(tmp_path: Path) -> None:
    with pytest.raises(GraphError, match=r"no graph database at .*nothing"):
        Database(tmp_path / "nothing")
    (tmp_path / "foreign").write_text("hello" * 1000)
    with pytest.raises(GraphError, match=r"foreign is not a graph database"):
        Database(tmp_path / "foreign")


WRITES = [
    "CREATE (:Paper {id: 'x'})",
    "MATCH (n) DETACH DELETE n",
    "MATCH (n:Paper) SET n.title = ''",
    "MERGE (:Paper {id: 'x'})",
    "DROP TABLE Paper",
    "COPY (MATCH (n) RETURN n.id) TO 'out.csv'",
    "PROFILE COPY (RETURN 1) TO 'out.csv'",
    "EXPORT DATABASE 'out'",
    "INSTALL httpfs",
    "LOAD FROM 'in.csv' RETURN *",
    "MATCH (n) LOAD FROM 'in.csv' RETURN *",
    "CHECKPOINT",
    "ATTACH 'x' AS y (dbtype duckdb)",
    "/* MATCH */ COPY Paper FROM 'in.csv'",
    "RETURN 1; DROP TABLE Paper",
    "BEGIN TRANSACTION",
]


@pytest.mark.parametrize("query", WRITES)
def test_a_query_only_reads(query: str, database: Database, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    before = (folder / "graph.lbug").read_bytes()
    with pytest.raises(QueryError):
        database.query(query)
    assert [path.name for path in folder.iterdir()] == ["graph.lbug"]
    assert (folder / "graph.lbug").read_bytes() == before


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("MATCH (m:Modle) RETURN m", "There is no label or relationship type Modle. Nearest: Model"),
        ("MATCH ()-[r:BASEDON]->() RETURN r", "There is no label or relationship type BASEDON. Nearest: BASED_ON"),
        ("MATCH (m:Model) RETURN m.titel", "m has no property titel. Nearest: title"),
        ("MATCH ()-[r]->() RETURN type(r)", "There is no function TYPE. Write label(r) instead."),
        ("MATCH (m:Model) RETRUN m", "Syntax error at line 1, column 17, near 'RETRUN'."),
        ("MATCH (m:Model)\nRETURN m LIMIT", "Syntax error at line 2, column 15: the end is not expected here."),
        ("MATCH (m:Model) RETURN n", "Variable n is not in scope."),
        ("MATCH (m) RETURN $x, $y, $z", "No value was given for $x, $z."),
        (
            "MATCH ()-[r:ON]->() RETURN r",
            "Syntax error at line 1, column 13, near '()-[r:ON'. ON is a word of Cypher: write",
        ),
        ("RETURN 1 / 0", "Divide by zero."),
        (" // nothing\n", "The query is empty. Write for example: MATCH (m:Model) RETURN m.name LIMIT 10"),
        ("RETURN 1; RETURN 2", "One statement at a time: there is text behind the semicolon."),
    ],
)
def test_refusals_are_one_readable_line(query: str, message: str, database: Database) -> None:
    with pytest.raises(QueryError) as refusal:
        database.query(query, {"y": 1})
    assert str(refusal.value).startswith(message)
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize(
    "query",
    ["RETURN ';' AS x;", "RETURN 'COPY $y' AS x", "RETURN 1 AS `LOAD FROM;` // DROP; $z", "WITH 1 AS a RETURN a"],
)
def test_words_in_strings_names_and_comments_do_not_count(query: str, database: Database) -> None:
    assert len(database.query(query).rows) == 1
