"""The expressions stay portable, and running them leaves nothing behind."""

import tempfile
from pathlib import Path

import ibis
import pyarrow as pa
import pytest
from ibis.config import Config

from kg.link import believe, collect, cycles, link, mention, nodes, number, relate, resolve, weigh
from kg.link.keys import SURFACES
from kg.store.tables import TABLES, schema_of
from tests.link.make import paper, tables


class SparkOptions(Config):
    treat_nan_as_null: bool = False


def unbound(name: str, schema: pa.Schema) -> ibis.Table:
    """A table without rows or backend; every column may be null, as in a table read from a file."""
    types = ibis.Schema.from_pyarrow(schema).items()
    return ibis.table({column: kind.copy(nullable=True) for column, kind in types}, name=name)


def test_every_expression_compiles_for_spark_too(monkeypatch: pytest.MonkeyPatch) -> None:
    # The one option that the compiler asks for is set when Spark itself is imported, which the tests do without.
    monkeypatch.setattr(ibis.options, "pyspark", SparkOptions())
    rows = {name: unbound(name, schema_of(record)) for name, record in TABLES.items()}
    strings = {
        "expansions": ("surface", "expansion", "spelt", "long", "stem"),
        "permitted": ("type", "source_type", "target_type"),
        "homes": ("name", "home"),
        "merges": ("group", "name", "to", "rule"),
        "moves": ("entity", "surface", "to"),
        "said": ("entity", "name", "type"),
    }
    given = {name: ibis.table(dict.fromkeys(columns, "string"), name=name) for name, columns in strings.items()}
    spans = resolve.spans(rows["papers"], rows["mentions"], unbound("surfaces", SURFACES))
    senses = resolve.vote(resolve.senses(spans, resolve.definitions(spans, given["expansions"])), given["homes"])
    merged = resolve.merged(senses, given["merges"])
    resolved = resolve.override(resolve.resolve(merged, resolve.majority(merged)), given["moves"])
    longs = resolve.override(collect.given(senses, given["expansions"], given["merges"]), given["moves"])
    uses = collect.uses(resolved, longs)
    entities = collect.entities(resolved, uses, given["said"])
    results = rows["results"].mutate(result=number.result_id(rows["results"]))
    ids = nodes.nodes(rows["papers"].id, entities.id, results.result)
    papers = rows["papers"].select("date", paper="id")
    spots = relate.spots(resolved, entities.mutate(entity="id"))
    evidence = believe.evidence(mention.facts(resolved))
    born = entities.select("id", "first_date").rename(entity="id")
    expressions = [
        resolve.counted(senses), resolve.defined(senses), collect.held(resolved, longs), entities,
        collect.aliases(uses, entities), ids, nodes.numbered(papers, ids, "paper"), believe.edges(evidence, papers),
        cycles.lineage(believe.edges(evidence, papers), born),
        relate.facts(rows["relations"], spots, given["permitted"]), number.facts(results, spots),
        weigh.weigh(believe.edges(weigh.facts(resolved), papers), entities.select("papers", entity="id"), papers),
    ]  # fmt: skip
    assert all("SELECT" in ibis.to_sql(expression, dialect="pyspark") for expression in expressions)


def test_nothing_is_printed_and_no_file_stays(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    link(**tables(paper("p", "[Model BERT].")))
    assert list(tmp_path.iterdir()) == []
    assert capfd.readouterr() == ("", "")
