"""One score a name, with the shipped weights of the default model."""

from spacy.tokens import Doc

from kg.extract.attributes import SPANS
from kg.extract.linear import load
from kg.extract.scores import NameScorer, overlap
from tests.extract.papers import paper

DRAFT, MODEL = load("scores"), load("scores_accurate")


def scored(doc: Doc, min_score: float = 0.0, seen: float = 0.9) -> dict[str, float]:
    for span in doc.spans[SPANS]:
        span._.score = seen
    return {span.text: span._.score for span in NameScorer(DRAFT, MODEL, min_score)(doc).spans[SPANS]}


def test_mentions_of_a_name_share_one_score() -> None:
    doc = paper()
    scored(doc)
    found = [span._.score for span in doc.spans[SPANS] if span.text == "Quillnet"]
    assert len(found) == 3
    assert len(set(found)) == 1


def test_a_name_scores_above_a_passing_phrase() -> None:
    text = "We propose Quillnet for handwriting recognition. It learns features and beats baselines."
    names = {"Quillnet": "Model", "features": "Method", "baselines": "Method"}
    found = scored(paper("Quillnet", text, names), seen=0.6)
    assert found["Quillnet"] > max(found["features"], found["baselines"])


def test_a_surer_recogniser_gives_a_higher_score() -> None:
    low, high = scored(paper(), seen=0.35), scored(paper(), seen=0.98)
    assert all(low[name] < high[name] for name in low)


def test_what_scores_too_low_is_dropped_with_all_its_mentions() -> None:
    everything = scored(paper())
    limit = sorted(everything.values())[2]
    assert scored(paper(), limit) == {name: score for name, score in everything.items() if score >= limit}


def test_a_paper_without_mentions() -> None:
    assert scored(paper("", "", {})) == {}


def test_overlap() -> None:
    assert set(overlap(["ink"], ["ink", "model"], "T M")) == {"inside", "inside T M", "same first T M"}
    assert set(overlap(["old", "ink"], ["ink"], "T M")) == {"around", "around T M", "same last T M"}
    assert set(overlap(["ink"], ["inkling"], "T M")) == set()
