"""Export and import are inverse to each other, through a real server."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.errors import GraphError
from kg.exporters.neo4j.connect import connect
from kg.exporters.neo4j.load import import_graph
from kg.exporters.neo4j.sync import nobody
from kg.store.folder import REJECTED, read_tables
from tests.exporters.neo4j.graphs import export, held, wanted, write_graph
from tests.exporters.sample import hostile, lineage
from tests.neo4j_server import Neo4j

# Whatever a name can hold, long ones too; half of a surrogate pair is no text.
NAMES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40) | st.sampled_from(
    [
        *("`", "'\"\\", "a\nb\r\n", "\x00", "שלום עולם", "\u202eevil", "}) DETACH DELETE n //", "␀"),
        *("😀" * 10_000, "x" * 10_000),
    ]
)


@pytest.fixture(autouse=True)
def _clean(neo4j: Neo4j) -> Iterator[None]:
    yield
    neo4j.forget("graph")


def files(folder: Path) -> dict[str, bytes]:
    """The tables, and what was set aside."""
    return {path.name: path.read_bytes() for path in (*folder.glob("*.parquet"), *folder.glob(REJECTED))}


@pytest.mark.parametrize("tables", [lineage(), hostile()], ids=["lineage", "hostile"])
def test_import_gives_the_same_files(neo4j: Neo4j, tables: Any, tmp_path: Path) -> None:
    source = write_graph(tmp_path / "graph", tables)
    (source / REJECTED).write_text('{"file": "a.bib", "line": 7, "reason": "no title"}\n', encoding="utf-8")
    export(source, neo4j.server, "graph")
    assert import_graph(neo4j.server, "graph", tmp_path / "copy", nobody) == []
    assert files(tmp_path / "copy") == files(source)
    assert len(files(source)) == 9


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(NAMES, min_size=2, max_size=2, unique=True), NAMES)
def test_any_name_comes_back_to_the_letter(neo4j: Neo4j, tmp_path: Path, names: list[str], title: str) -> None:
    tables = renamed(dict(zip(("LoRA", "GLUE"), names, strict=True)), title)
    source = write_graph(tmp_path / "graph", tables)
    export(source, neo4j.server, "graph")
    assert held(neo4j.server, "graph") == wanted(source, "graph")
    import_graph(neo4j.server, "graph", tmp_path / "copy", nobody)
    assert files(tmp_path / "copy") == files(source)


def renamed(names: dict[str, str], title: str) -> dict[str, Any]:
    """The lineage with other names for some entities, in their ids too, and another title for every paper."""
    tables = lineage("2106.09685")
    ids = {row["id"]: row["id"].split(":")[0] + ":" + names[row["name"]] for row in tables["entities"].to_pylist()
           if row["name"] in names}  # fmt: skip
    texts = ids | names
    for table in ("entities", "aliases", "edges", "evidence"):
        rows = [{key: texts.get(value, value) if isinstance(value, str) else value for key, value in row.items()}
                for row in tables[table].to_pylist()]  # fmt: skip
        order = {"entities": ("id",), "aliases": ("entity",)}.get(table, ("type", "source", "target"))
        rows.sort(key=lambda row: tuple(row[name] for name in order))
        tables[table] = tables[table].from_pylist(rows, schema=tables[table].schema)
    papers = [row | {"title": title} for row in tables["papers"].to_pylist()]
    return tables | {"papers": tables["papers"].from_pylist(papers, schema=tables["papers"].schema)}


def test_an_edited_graph_is_imported_and_said_to_be_edited(neo4j: Neo4j, tmp_path: Path) -> None:
    export(write_graph(tmp_path / "graph", lineage()), neo4j.server, "graph")
    with connect(neo4j.server) as driver:
        driver.execute_query("MATCH (n:Method {name: 'DoRA', graph: 'graph'}) DETACH DELETE n")
    changed = import_graph(neo4j.server, "graph", tmp_path / "copy", nobody)
    assert changed == ["entities", "aliases", "edges", "evidence"]
    assert "DoRA" not in read_tables(tmp_path / "copy")["entities"]["name"].to_pylist()


def test_a_list_that_lost_an_item_is_an_error_and_the_folder_stays(neo4j: Neo4j, tmp_path: Path) -> None:
    source = write_graph(tmp_path / "graph", lineage())
    before = files(source)
    export(source, neo4j.server, "graph")
    with connect(neo4j.server) as driver:
        driver.execute_query("MATCH (p:Paper {graph: 'graph', id: '2106.09685'}) SET p.mention_text = ['LoRA']")
    with pytest.raises(GraphError, match=r"lists mention_\.\.\. of 2106.09685 differ in length"):
        import_graph(neo4j.server, "graph", source, nobody)
    assert files(source) == before


def test_an_unknown_graph_names_what_there_is(neo4j: Neo4j, tmp_path: Path) -> None:
    export(write_graph(tmp_path / "graph", lineage("2402.12354")), neo4j.server, "graph")
    with pytest.raises(GraphError, match="no graph 'other' that kg wrote; it has 'graph'"):
        import_graph(neo4j.server, "other", tmp_path / "copy", nobody)
    assert not (tmp_path / "copy").exists()
