"""What links papers, entities and results, how strongly, and on what evidence."""

import math
from collections.abc import Iterator

import ibis
import pytest
from hypothesis import given
from hypothesis import strategies as st
from ibis.backends.duckdb import Backend

from kg.link import believe, link
from kg.link.engine import connect
from kg.records import Edge, Evidence, Result
from kg.store.tables import from_table
from tests.link.make import Said, paper, rows, tables

BERT, KELP = "system:bert", "system:kelp"
TEXT = "On [Model* LoRA]. It adapts [Model GPT-3] and [Model BERT]. On [Dataset GLUE] it works."


def edges(*texts: str, said: list[Said] = [], dates: str = "") -> dict[tuple[str, str, str], Edge]:  # noqa: B006
    days = [*dates.split(), *[None] * len(texts)]
    papers = [paper(f"p{n}", text, days[n]) for n, text in enumerate(texts)]
    found = from_table(Edge, link(**tables(*papers, said=said))["edges"])
    return {(edge.source, edge.type, edge.target): edge for edge in found}


def evidence(*texts: str, said: list[Said] = []) -> list[Evidence]:  # noqa: B006
    papers = [paper(f"p{n}", text) for n, text in enumerate(texts)]
    return list(from_table(Evidence, link(**tables(*papers, said=said))["evidence"]))


def test_papers_mention_and_propose() -> None:
    found = edges(TEXT, dates="2021-06")
    assert {key for key in found if key[0] == "p0"} == {
        ("p0", "PROPOSES", "system:lowrankadaptation"),
        *(
            ("p0", "MENTIONS", name)
            for name in ("system:lowrankadaptation", "system:gpt3", "system:bert", "dataset:glue")
        ),
    }
    edge = found["p0", "MENTIONS", "system:lowrankadaptation"]
    assert (edge.papers, edge.sentences, edge.score, edge.npmi) == (1, 1, 0.9, None)
    assert (edge.first_date, edge.last_date) == ("2021-06", "2021-06")


def test_evidence_is_the_sentence_and_its_surest_mention() -> None:
    text = "A title. Then [Model@0.5 BERT] and [Model@0.8 BERT] came. And [Model@0.6 BERT] went."
    row, _ = paper("p0", text)
    found = [(e.score, row.text[e.start : e.end]) for e in evidence(text)]
    assert found == [(0.8, "Then BERT and BERT came."), (0.6, "And BERT went.")]


def test_co_mentions_count_papers_and_sentences() -> None:
    found = edges(
        TEXT,
        "A [Model BERT] with [Model GPT-3]. Again [Model GPT-3] or [Model BERT].",
        "Nothing.",
        dates="2021 2020-03",
    )
    edge = found["system:bert", "CO_MENTIONED_WITH", "system:gpt3"]
    assert (edge.papers, edge.sentences, edge.first_date, edge.last_date) == (2, 3, "2020-03", "2021")
    assert ("system:gpt3", "CO_MENTIONED_WITH", "system:bert") not in found


def test_a_co_mention_without_a_common_sentence_rests_on_the_paper() -> None:
    (found,) = [e for e in evidence(TEXT) if (e.source, e.target) == ("dataset:glue", "system:lowrankadaptation")]
    assert (found.paper, found.start, found.end, found.by) == ("p0", None, None, "link")
    assert edges(TEXT)["dataset:glue", "CO_MENTIONED_WITH", "system:lowrankadaptation"].sentences == 0


def test_npmi_is_one_for_what_always_goes_together_and_below_zero_for_what_seldom_does() -> None:
    both, one, other = "[Model BERT] [Model GPT].", "[Model BERT].", "[Model GPT]."
    pair = ("system:bert", "CO_MENTIONED_WITH", "system:gpt")
    assert edges(both, both)[pair].npmi == 1
    assert edges(both, "Nothing.")[pair].npmi == 1
    assert edges(both, one, other)[pair].npmi == pytest.approx(math.log(3 / 4) / math.log(3), abs=1e-4)
    assert edges(both, one, other)[pair].score == 0
    assert edges(both, "Nothing.")[pair].score == 0.25
    assert edges(both, both, "Nothing.")[pair].score == pytest.approx(4 / 9, abs=1e-4)


def test_belief_grows_with_papers_and_not_with_sentences_of_one() -> None:
    said = [("p0", "LoRA", "USES", "BERT"), ("p0", "BERT", "USES", "LoRA"), ("p1", "LoRA", "USES", "BERT")]
    text = "On [Method LoRA]. With [Model BERT]."
    link = ("system:lowrankadaptation", "USES", "system:bert")
    assert edges(text, said=said[:1])[link].score == 0.8
    found = edges(text, text, said=said)[link]
    assert (found.score, found.papers, found.sentences) == (0.96, 2, 2)
    many = edges(*[text] * 9, said=[(f"p{n}", "LoRA", "USES", "BERT") for n in range(9)])
    assert many[link].score == 0.99


def test_contradictory_claims_stand_both_ways_each_with_its_papers() -> None:
    said = [("p0", "BERT", "OUTPERFORMS", "Kelp"), ("p1", "Kelp", "OUTPERFORMS", "BERT")]
    found = edges(*["On [Model BERT]. With [Model Kelp]."] * 2, said=said, dates="2020 2021")
    one, other = (found[pair] for pair in ((BERT, "OUTPERFORMS", KELP), (KELP, "OUTPERFORMS", BERT)))
    assert (one.papers, one.score, one.first_date) == (1, 0.8, "2020")
    assert (other.papers, other.score, other.first_date) == (1, 0.8, "2021")


@pytest.fixture(scope="module")
def backend() -> Iterator[Backend]:
    with connect() as found:
        yield found


@given(st.lists(st.lists(st.floats(0, 1), min_size=1, max_size=3), min_size=1, max_size=12))
def test_belief_grows_with_each_paper_from_its_best_sentence_to_the_ceiling(
    backend: Backend, papers: list[list[float]]
) -> None:
    """Link ``n`` has the evidence of the first ``n`` papers, a list of scores each."""
    rows = [
        {"source": 0, "type": "USES", "target": n, "paper": p, "start": s, "end": s, "score": score, "by": "test"}
        for n in range(1, len(papers) + 1)
        for p, scores in enumerate(papers[:n])
        for s, score in enumerate(scores)
    ]
    dated = ibis.memtable({"paper": range(len(papers)), "date": ["2020"] * len(papers)})
    believed = believe.edges(ibis.memtable(rows), dated).order_by("target").select("score", "papers")
    beliefs = backend.to_pyarrow(believed).to_pydict()["score"]
    assert beliefs == sorted(beliefs)
    assert beliefs[0] == pytest.approx(min(max(papers[0]), believe.CEILING), abs=5e-5)
    assert all(belief <= believe.CEILING for belief in beliefs)
    best = [max(max(scores) for scores in papers[:n]) for n in range(1, len(papers) + 1)]
    assert all(belief >= min(part, believe.CEILING) - 5e-5 for belief, part in zip(beliefs, best, strict=True))


def test_relations_follow_the_types_that_won() -> None:
    # EVALUATED_ON wants a dataset at its end, IS_A two of a kind, USES no dataset.
    said = [("p0", "LoRA", kind, "GLUE") for kind in ("EVALUATED_ON", "IS_A", "USES")]
    found = edges("[Method LoRA] on [Dataset GLUE].", said=said)
    assert {kind for _, kind, _ in found} == {"MENTIONS", "CO_MENTIONED_WITH", "EVALUATED_ON"}


def test_relations_between_names_of_one_thing_or_to_no_mention_are_dropped() -> None:
    found = tables(
        paper("p0", "[Method LoRA|low-rank adaptation] is [Method low-rank adaptation]. By [Model BERT]."),
        said=[("p0", "LoRA", "IS_A", "low-rank adaptation"), ("p0", "LoRA", "USES", "BERT")],
    )
    relations = found["relations"].set_column(4, "tail_start", [[13, 99]])
    assert "USES" not in link(**found | {"relations": relations})["edges"]["type"].to_pylist()
    assert "IS_A" not in link(**found)["edges"]["type"].to_pylist()


def test_a_relation_by_an_abbreviation_is_one_of_its_long_form() -> None:
    text = "[Method LoRA|low-rank adaptation] for [Task@0.7 tuning]."
    assert ("system:lowrankadaptation", "USED_FOR", "task:tuning") in edges(
        text, said=[("p0", "LoRA", "USED_FOR", "tuning")]
    )


def result(spans: dict[str, tuple[int, int]]) -> Result:
    ends = [offset for name in ("subject", "dataset", "metric") for offset in spans.get(name, (None, None))]
    return Result("p0", 30, 34, "93.1", 93.1, "%", "absolute", *ends, 0, 35, 0.7, "test")  # type: ignore[arg-type]


def test_results_are_reported_of_on_and_in() -> None:
    papers = paper("p0", "[Model BERT] on [Dataset GLUE] has [Metric F1] 93.1.")
    found = tables(papers, results=[result({"subject": (0, 4), "dataset": (8, 12), "metric": (17, 19)})])
    edges = link(**found)["edges"]
    assert {row for row in rows(edges, "source", "type", "target") if row[1] in ("REPORTS", "OF", "ON", "IN")} == {
        ("p0", "REPORTS", "p0#30"),
        ("p0#30", "OF", "system:bert"),
        ("p0#30", "ON", "dataset:glue"),
        ("p0#30", "IN", "metric:f1"),
    }


def test_a_result_about_the_wrong_type_or_nothing_is_only_reported() -> None:
    papers = paper("p0", "[Model BERT] on [Dataset GLUE] has [Metric F1] 93.1.")
    found = tables(papers, results=[result({"subject": (8, 12), "dataset": (1, 3)})])
    kinds = set(link(**found)["edges"]["type"].to_pylist())
    assert kinds == {"MENTIONS", "CO_MENTIONED_WITH", "REPORTS"}


def test_evidence_stands_best_first_and_sentences_before_whole_papers() -> None:
    texts = [
        "[Model@0.9 BERT]. [Model@0.9 GPT].",
        "[Model@0.3 BERT] and [Model@0.6 GPT].",
        "[Model@0.5 BERT] and [Model@0.6 GPT].",
    ]
    found = [(e.paper, e.score, e.start is None) for e in evidence(*texts) if e.type == "CO_MENTIONED_WITH"]
    assert found == [("p2", 0.5, False), ("p1", 0.3, False), ("p0", 0.9, True)]


def test_empty_tables_make_an_empty_graph() -> None:
    assert all(table.num_rows == 0 for table in link(**tables()).values())
