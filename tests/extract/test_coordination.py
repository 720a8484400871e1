"""Names that a text runs together, one by one, and in the graph."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kg
from kg.extract.annotate import Annotation, annotate
from kg.extract.coordination import parts, spelt_out
from kg.extract.load import load
from kg.papers import to_paper
from kg.records import Mention, Record, Relation, Result
from tests.extract.test_contract import ruler, saved


def mention(text: str, name: str, type: str) -> Mention:
    start = text.index(name)
    return Mention("p", start, start + len(name), name, type, 0.9, 0, len(text), None, None, "kg_entities")


def names(text: str, name: str, type: str) -> list[str]:
    return [each[2] for each in parts(text, mention(text, name, type))]


@pytest.mark.parametrize(
    ("text", "name", "type", "expected"),
    [
        ("on CIFAR-10/100, too", "CIFAR-10/100", "Dataset", ["CIFAR-10", "CIFAR-100"]),
        ("on MOT16/17/20.", "MOT16/17", "Dataset", ["MOT16", "MOT17", "MOT20"]),
        ("a ReefNet-B0/B7", "ReefNet-B0/B7", "Model", ["ReefNet-B0", "ReefNet-B7"]),
        ("on CIFAR-10/100-C.", "CIFAR-10/100-C", "Dataset", ["CIFAR-10-C", "CIFAR-100-C"]),
        ("on AIME 2024/2025.", "AIME 2024/2025", "Dataset", ["AIME 2024", "AIME 2025"]),
        ("SQuAD v1.1/v2.0", "SQuAD v1.1/v2.0", "Dataset", ["SQuAD v1.1", "SQuAD v2.0"]),
        ("WSJ0-2/3mix", "WSJ0-2/3mix", "Dataset", ["WSJ0-2mix", "WSJ0-3mix"]),
        ("we tune Llama-2-7B/13B", "Llama-2-7B/13B", "Model", ["Llama-2-7B", "Llama-2-13B"]),
        ("Kelp 13/70B models", "Kelp 13/70B models", "Model", ["Kelp 13B models", "Kelp 70B models"]),
        ("Kelp3-8B/14B-Base", "Kelp3-8B", "Model", ["Kelp3-8B-Base", "Kelp3-14B-Base"]),
        ("better ROUGE-1/2/L", "ROUGE-1", "Metric", ["ROUGE-1", "ROUGE-2", "ROUGE-L"]),
        ("Recall@1/5 rises", "Recall@1", "Metric", ["Recall@1", "Recall@5"]),
        ("ResNet-18, -34, and -50 all", "ResNet-18", "Model", ["ResNet-18", "ResNet-34", "ResNet-50"]),
        ("GPT-3 and -4", "GPT-3", "Model", ["GPT-3", "GPT-4"]),
        ("PASCAL VOC 2007 and 2012", "PASCAL VOC 2007", "Dataset", ["PASCAL VOC 2007", "PASCAL VOC 2012"]),
        ("ImageNet-{A,R,Sketch}", "ImageNet", "Dataset", ["ImageNet-A", "ImageNet-R", "ImageNet-Sketch"]),
        ("GPT-{3.5, 4} fail", "GPT-", "Model", ["GPT-3.5", "GPT-4"]),
        ("image and video generation", "image and video generation", "Task", ["image generation", "video generation"]),
        ("2D and 3D CNNs", "2D and 3D CNNs", "Model", ["2D CNNs", "3D CNNs"]),
        ("zero- and few-shot QA", "zero- and few-shot QA", "Task", ["zero-shot QA", "few-shot QA"]),
        ("self- and cross-attention", "self- and cross-attention", "Method", ["self-attention", "cross-attention"]),
    ],
)  # fmt: skip
def test_takes_apart(text: str, name: str, type: str, expected: list[str]) -> None:
    assert names(text, name, type) == expected


@pytest.mark.parametrize(
    ("text", "name", "type"),
    [
        ("ViT-B/16 wins", "ViT-B/16", "Model"),  # a patch size
        ("JiT-700M/32 wins", "JiT-700M/32", "Model"),
        ("on Reef60/60", "Reef60/60", "Dataset"),
        ("on CNN/DM", "CNN/DM", "Dataset"),
        ("on Reef 2015/16", "Reef 2015/16", "Dataset"),  # one season
        ("on Switchboard 300/2000 hours", "Switchboard", "Dataset"),  # no part of the name
        ("the 1/3-approximation", "1/3-approximation", "Model"),
        ("Kelp-5 and -6.7% for others", "Kelp-5", "Model"),  # a loss
        ("Kelp-4/4o beats", "Kelp-4", "Model"),
        ("COCO 5/10-shot", "COCO 5", "Dataset"),
        ("Reef 2007 and 2000 fish", "Reef 2007", "Dataset"),
        ("codes {1,2}", "codes", "Model"),
        ("vision and language navigation", "vision and language navigation", "Task"),
        ("Cost- and Latency-Aware Search", "Cost- and Latency-Aware Search", "Method"),
        ("image and image editing", "image and image editing", "Task"),
        ("first aid and emergency response", "first aid and emergency response", "Task"),
    ],
)
def test_leaves_what_is_one_name(text: str, name: str, type: str) -> None:
    assert names(text, name, type) == []


TEXT = "We train Kelp on TideBench-{A, B} to 71%."


def annotation() -> Annotation:
    kelp, whole, inner = (
        mention(TEXT, "Kelp", "Model"),
        mention(TEXT, "TideBench", "Dataset"),
        mention(TEXT, "B}", "Model"),
    )
    ends = (kelp.start, kelp.end, "TRAINED_ON")
    relations = (
        Relation("p", *ends, whole.start, whole.end, 0, len(TEXT), 0.8, "kg_relations"),
        Relation("p", whole.start, whole.end, "BASED_ON", inner.start, inner.end, 0, len(TEXT), 0.5, "kg_relations"),
    )
    slots = (kelp.start, kelp.end, whole.start, whole.end, None, None)
    result = Result("p", 37, 40, "71%", 71.0, "%", "absolute", *slots, 0, len(TEXT), 0.9, "kg_results")
    return Annotation((kelp, whole, inner), relations, (result,))


def test_what_is_said_of_all_is_said_of_each() -> None:
    found = spelt_out(TEXT, annotation())
    assert [(m.text, TEXT[m.start : m.end]) for m in found.mentions] == [
        ("Kelp", "Kelp"), ("TideBench-A", "TideBench-{A"), ("TideBench-B", "B"),
    ]  # fmt: skip
    assert [(r.type, TEXT[r.tail_start : r.tail_end]) for r in found.relations] == [
        ("TRAINED_ON", "TideBench-{A"), ("TRAINED_ON", "B"),
    ]  # fmt: skip
    # Which of the two the number belongs to is not known.
    assert (found.results[0].subject_start, found.results[0].dataset_start) == (9, None)


@given(st.text(st.sampled_from("AKb-/{}, 17.") | st.characters(codec="utf-8"), max_size=40), st.integers(0, 39))
def test_every_part_lies_in_the_text(text: str, start: int) -> None:
    whole = Mention("p", start, max(start, len(text)), text[start:], "Dataset", 0.9, 0, len(text), None, None, "x")
    ends = [place for a, b, _ in parts(text, whole) for place in (a, b)]
    assert ends == sorted(ends)
    assert all(start <= place <= len(text) for place in ends)


def test_the_graph_has_each_name_the_record_what_the_text_has(tmp_path: Path) -> None:
    model = saved(ruler({"Kelp": "Model", "CIFAR-10/100": "Dataset"}, overwrite_ents=True), tmp_path / "ruler")
    (tmp_path / "papers.jsonl").write_text('{"id": "1", "title": "Kelp", "abstract": "Kelp reads CIFAR-10/100."}\n')
    graph = kg.build(tmp_path / "papers.jsonl", out=tmp_path / "graph", model=model, workers=1)
    rows = graph.query("MATCH (d:Dataset) RETURN d.name ORDER BY d.name")
    assert [row["d.name"] for row in rows] == ["CIFAR-10", "CIFAR-100"]
    found = annotate(load(model), to_paper(Record("Kelp", "Kelp reads CIFAR-10/100.", "papers.jsonl:1", id="1")))
    assert [m.text for m in found.mentions] == ["Kelp", "Kelp", "CIFAR-10/100"]
