"""Linking as a whole: agreement with a slow second implementation, order, and what must hold of every graph."""

import random
from dataclasses import replace
from functools import cache

import pyarrow as pa
import pytest

from kg.link import link
from kg.link.run import SCHEMAS
from kg.records import Alias, Edge, Entity, Evidence, Mention, Paper, Relation, Result
from kg.store.tables import GRAPH_TABLES, PAPER_TABLES, from_table, to_table
from tests.link import reference
from tests.link.make import rows

NAMES = [
    "LoRA",
    "lora",
    "LORA",
    "SAM",
    "RAG",
    "GPT-3",
    "GPT-4",
    "GPT-4 models",
    "Vision Transformers",
    "C4",
    "Nyström",
    "β-VAE",
    "→",
    "GPT 4 Max",
    "GPT Max 4",
    "reef mechanism",
    "reef",
    "deep GNN",
    "deep graph neural network",
    "CNN",
]
LONGS = [
    "Low-Rank Adaptation",
    "low-rank adaptation",
    "Segment Anything Model",
    "sharpness-aware minimization",
    "SAM",
    "RAG",
    "GPT-3",
    " ",
    "seeded annotated masking",
    "seeds annotated mask",
    "small rank adapters",
]
DATES = [None, "2020", "2020-05", "2020-05-17", "2021-01", "1999"]
SPANS = [(0, 4), (5, 9), (10, 14), (15, 19), (20, 24), (25, 29)]
SENTENCES = [(0, 9), (10, 19), (20, 29)]
SCORES = [0.25, 0.5, 0.75, 1.0]


def corpus(seed: int, papers: int, mentions: int) -> dict[str, pa.Table]:
    """Papers that name the same few things in many ways; some rows belong to no paper, some spans to no mention."""
    rng = random.Random(seed)
    known = [f"p{n}" for n in range(papers)]
    found: list[list[object]] = [
        [Paper(name, "Title", "word " * 20, rng.choice(DATES), (), None, None, "t", name) for name in known]
    ]
    found.append([mention(rng, [*known, "stray"]) for _ in range(mentions)])
    found.append([relation(rng, [*known, "stray"]) for _ in range(mentions)])
    found.append([result(rng, [*known, "stray"]) for _ in range(mentions // 8)])
    return {name: to_table(record, some) for (name, record), some in zip(PAPER_TABLES.items(), found, strict=True)}


def mention(rng: random.Random, papers: list[str]) -> Mention:
    span = rng.choice(SPANS)
    kind, name = rng.choice(["Method", "Model", "Model", "Dataset", "Person"]), rng.choice(NAMES + LONGS[:4])
    long, role = rng.choice([None, *LONGS]), rng.choice([None, None, "proposed"])
    sentence = SENTENCES[SPANS.index(span) // 2]
    return Mention(rng.choice(papers), *span, name, kind, rng.choice(SCORES), *sentence, role, long, rng.choice("ab"))


def relation(rng: random.Random, papers: list[str]) -> Relation:
    head, tail, kind = (
        rng.choice(SPANS),
        rng.choice(SPANS),
        rng.choice(["USES", "BASED_ON", "IS_A", "EVALUATED_ON", "MENTIONS", "KNOWS"]),
    )
    sentence = SENTENCES[SPANS.index(head) // 2]
    return Relation(rng.choice(papers), *head, kind, *tail, *sentence, rng.choice(SCORES), rng.choice("ab"))


def result(rng: random.Random, papers: list[str]) -> Result:
    at, ends = rng.randrange(4), [rng.choice([*SPANS, (None, None)]) for _ in range(3)]
    spans = [offset for end in ends for offset in end]
    return Result(rng.choice(papers), at, at + 2, "93", 93.0, "%", "absolute", *spans, 0, 9, rng.choice(SCORES), "a")


SIZES = [(0, 0), (0, 9), (1, 12), (3, 20), (4, 40), (6, 60), (8, 30), (8, 80), (12, 150), (60, 300), (200, 900)]
RULES = {
    "abbreviation by corpus majority", "abbreviation in its paper", "abbreviation inside", "alias list", "head word",
    "normal form", "same abbreviation", "same name", "type vote", "word order",
}  # fmt: skip


@cache
def linked(seed: int) -> dict[str, pa.Table]:
    return link(**corpus(seed, *SIZES[seed]))


@pytest.mark.parametrize(("seed", "size"), list(enumerate(SIZES)))
def test_agrees_with_the_slow_way(seed: int, size: tuple[int, int]) -> None:
    graph, expected = linked(seed), reference.link(corpus(seed, *size))
    for name, record in GRAPH_TABLES.items():
        found = list(from_table(record, graph[name]))
        assert [exact(row) for row in found] == [exact(row) for row in expected[name]]
        for row, wanted in zip(found, expected[name], strict=True):
            assert approximate(row) == pytest.approx(approximate(wanted), abs=6e-5, nan_ok=True)


def test_the_random_corpora_need_every_rule() -> None:
    found = {
        rule for seed, size in enumerate(SIZES) for (rule,) in rows(link(**corpus(seed, *size))["aliases"], "rule")
    }
    assert found == RULES
    assert any(link(**corpus(seed, *size))["left_out"].num_rows for seed, size in enumerate(SIZES))


def exact(row: Entity | Alias | Edge | Evidence) -> Entity | Alias | Edge | Evidence:
    """An edge without its rounded numbers, anything else as it is."""
    return replace(row, score=0, npmi=None) if isinstance(row, Edge) else row


def approximate(row: Entity | Alias | Edge | Evidence) -> list[float]:
    return [row.score, float("nan") if row.npmi is None else row.npmi] if isinstance(row, Edge) else []


def shuffled(table: pa.Table, rng: random.Random) -> pa.Table:
    """The same rows in another order and in other chunks."""
    table = table.take(pa.array(rng.sample(range(table.num_rows), table.num_rows), pa.int64()))
    cut = rng.randint(0, table.num_rows)
    return pa.concat_tables([table.slice(0, cut), table.slice(cut)])


@pytest.mark.parametrize("seed", [0, 1])
def test_order_of_the_rows_does_not_matter(seed: int) -> None:
    tables, rng = corpus(seed, 20, 200), random.Random(seed)
    other = link(**{name: shuffled(table, rng) for name, table in tables.items()})
    for name, table in link(**tables).items():
        assert table.equals(other[name])
        assert table.schema == SCHEMAS[name]


@pytest.fixture(scope="module")
def random_graph() -> dict[str, pa.Table]:
    tables = corpus(7, 30, 300)
    return tables | link(**tables)


def test_every_edge_has_evidence_and_all_evidence_an_edge(random_graph: dict[str, pa.Table]) -> None:
    link = ("source", "type", "target")
    assert set(rows(random_graph["edges"], *link)) == set(rows(random_graph["evidence"], *link))


def test_ids_are_unique_and_tell_the_group(random_graph: dict[str, pa.Table]) -> None:
    entities = rows(random_graph["entities"], "id", "type")
    assert len(set(entities)) == len(entities) > 10
    groups = {"Method": "system", "Model": "system"}
    assert all(name.split(":")[0] == groups.get(kind, kind.lower()) for name, kind in entities)


def test_co_mentions_are_bounded_and_point_from_the_smaller_id(random_graph: dict[str, pa.Table]) -> None:
    edges = [edge for edge in from_table(Edge, random_graph["edges"]) if edge.type == "CO_MENTIONED_WITH"]
    assert len(edges) > 10
    assert all(-1 <= (edge.npmi or 0) <= 1 and 0 <= edge.score <= 1 and edge.source < edge.target for edge in edges)


def test_every_name_of_a_known_paper_belongs_to_an_entity(random_graph: dict[str, pa.Table]) -> None:
    names = {name for entity in from_table(Entity, random_graph["entities"]) for name in (entity.name, *entity.aliases)}
    papers = set(random_graph["papers"]["id"].to_pylist())
    said = {m.text for m in from_table(Mention, random_graph["mentions"]) if m.paper in papers and m.type != "Person"}
    assert said <= names
    assert names == set(random_graph["aliases"]["surface"].to_pylist())
