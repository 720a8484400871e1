"""Reported numbers and what they are about, with the shipped weights."""

from spacy.tokens import Doc, Span

from kg.extract.linear import load
from kg.extract.numbers import find_numbers
from kg.extract.reading import read
from kg.extract.results import MIN_SCORE, ResultExtractor, places
from kg.extract.roles import RoleTagger
from tests.extract.papers import paper

ROLES = RoleTagger(load("roles"), load("roles_fast"), 0.4)
EXTRACTOR = ResultExtractor(load("results"), MIN_SCORE)


def reported(doc: Doc) -> list[tuple[str, str, str | None, str | None, str | None]]:
    ends = []
    for each in EXTRACTOR(ROLES(doc))._.results:
        spans = [span and span.text for span in (each.subject, each.dataset, each.metric)]
        ends.append((each.value, each.kind, *spans))
    return ends


def test_scores_are_tied_to_what_the_sentence_names() -> None:
    found = reported(paper())
    assert ("91.4%", "absolute", "Quillnet", "IAM", "accuracy") in found
    assert ("3.1%", "gain") in [each[:2] for each in found]


def test_listed_numbers_belong_to_the_listed_names_in_order() -> None:
    text = "We propose Quillnet. Quillnet achieves an accuracy of 71.2% and 68.4% on IAM and RIMES, respectively."
    mentions = {"Quillnet": "Model", "accuracy": "Metric", "IAM": "Dataset", "RIMES": "Dataset"}
    assert reported(paper("Quillnet", text, mentions)) == [
        ("71.2%", "absolute", "Quillnet", "IAM", "accuracy"),
        ("68.4%", "absolute", "Quillnet", "RIMES", "accuracy"),
    ]


def test_a_number_with_a_plus_is_a_gain() -> None:
    text = "We propose Quillnet, which reaches an accuracy of 85.7% on IAM (+3.1 over CRNN)."
    mentions = {"Quillnet": "Model", "CRNN": "Model", "accuracy": "Metric", "IAM": "Dataset"}
    assert [each[:2] for each in reported(paper("Quillnet", text, mentions))] == [
        ("85.7%", "absolute"),
        ("3.1", "gain"),
    ]


def test_what_our_method_reaches_is_said_of_what_the_paper_proposes() -> None:
    text = "We propose Quillnet, a reader of handwriting. On IAM our method reaches an accuracy of 91.4%."
    mentions = {"Quillnet": "Model", "accuracy": "Metric", "IAM": "Dataset"}
    assert reported(paper("Quillnet", text, mentions)) == [("91.4%", "absolute", "Quillnet", "IAM", "accuracy")]


def test_sizes_years_and_versions_are_no_results() -> None:
    text = "In 2019 we train GPT-4 with 7 million parameters on 1,200 images for 3 epochs with a batch size of 64."
    assert reported(paper("T", text, {"GPT-4": "Model"})) == []


def test_a_factor_is_told_by_its_unit() -> None:
    text = "Our method is 2.3x faster than CRNN and uses 4 times less memory."
    assert [each[:2] for each in reported(paper("T", text, {"CRNN": "Model", "memory": "Metric"}))] == [
        ("2.3x", "factor"),
        ("4 times", "factor"),
    ]


def test_offsets_and_sentence() -> None:
    doc = paper()
    EXTRACTOR(ROLES(doc))
    assert doc._.results
    for each in doc._.results:
        assert doc.text[each.start : each.end] == each.value
        assert each.sentence.start_char <= each.start < each.end <= each.sentence.end_char
        assert 0 <= each.score <= 1


def test_a_number_inside_a_mention_has_no_place() -> None:
    doc = paper("T", "ImageNet 1000 holds 50 things.", {"ImageNet 1000": "Dataset"})
    assert [place.number.value for place in places(doc, read(doc), find_numbers(doc.text))] == ["50"]


def test_a_paper_without_numbers_or_mentions() -> None:
    assert reported(paper("", "", {})) == []
    assert reported(paper("T", "An accuracy of 91.4% is reached.", {})) != []


def test_a_number_in_a_mention_that_runs_over_a_sentence_end_has_no_place() -> None:
    doc = paper("A title", "It is from Oct. 2022 and good.", {})
    for token in doc:
        token.is_sent_start = token.text in ("A", "It", "2022")
    start = next(token.i for token in doc if token.text == "2022")
    doc.spans["mentions"] = [Span(doc, start - 1, start + 1, "Dataset")]
    assert places(doc, read(doc), find_numbers(doc.text)) == []
