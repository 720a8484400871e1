"""Gold of bare spans: names, nested spans, relations in tokens."""

from typing import Any

import pytest

from kg.evaluate.labels import OURS, parse
from kg.evaluate.spans import read_spans

LABELS = parse("Technique=Method/Model, Corpus=Dataset, Remark=, Thing=?, Part-Of=~USES, Near=")
TEXT = "Kelp nets read TideBench; kelp net layers beat reefs"
SPANS = [
    (0, 2, "Technique"),
    (3, 4, "Corpus"),
    (5, 8, "Technique"),
    (5, 7, "Technique"),
    (9, 10, "Thing"),
    (2, 3, "Remark"),
]
CHARS = [[0, 9], [15, 24], [26, 41], [26, 34], [47, 52], [10, 14]]


def item(**more: Any) -> dict[str, Any]:
    char_spans = [[*at, label] for at, (_, _, label) in zip(CHARS, SPANS, strict=True)]
    return {"id": 7, "text": TEXT, "spans": [[*span] for span in SPANS], "char_spans": char_spans, **more}


def test_each_name_is_an_entity_and_the_spans_inside_others_are_optional() -> None:
    marked, unknown = read_spans(item(), LABELS)
    facts = [(entity.types, [*entity.forms], entity.spans, entity.optional) for entity in marked.entities]
    assert facts == [
        (("Method/Model",), ["kelpnet"], ((1, 10),), False),
        (("Dataset",), ["tidebench"], ((16, 25),), False),
        (("Method/Model",), ["kelpnetlayer"], ((27, 42),), False),
        (("Method/Model",), ["kelpnet"], ((27, 35),), True),
    ]
    assert unknown == ((48, 53),)
    assert (marked.relations, marked.results, marked.roles) == (None, None, False)


def test_two_labels_on_one_span_are_both_right() -> None:
    labels = parse("Technique=Method, Net=Model")
    both = [[0, 9, "Technique"], [0, 9, "Net"]]
    marked, _ = read_spans({"text": TEXT, "char_spans": both}, labels)
    assert [entity.types for entity in marked.entities] == [("Method", "Model")]


def test_relations_lead_from_name_to_name() -> None:
    rows = [[5, 8, 0, 2, "Part-Of"], [5, 8, 0, 2, "Part-Of"], [0, 2, 3, 4, "Near"], [0, 2, 2, 3, "Part-Of"]]
    marked, _ = read_spans(item(relations=rows), LABELS)
    assert marked.relations is not None
    assert [(relation.head, relation.type, relation.tail) for relation in marked.relations] == [(0, "USES", 2)]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"text": None}, "text must be a text, not None"),
        ({"char_spans": {}}, "char_spans must be a list"),
        ({"char_spans": [[0, 4]]}, r"span 0: \[0, 4\] is not \[start, end, label\]"),
        ({"char_spans": [[0, 99, "Corpus"]]}, r"span 0: \[0, 99\] is no span of the text, which goes from 0 to 52"),
        ({"char_spans": [[4, 4, "Corpus"]]}, "no span of the text"),
        ({"char_spans": [[0, 4.0, "Corpus"]]}, r"is not \[start, end\]"),
        ({"char_spans": [[0, 4, "Corpse"]]}, "unknown type 'Corpse'; known are Technique, Corpus"),
        ({"spans": [[0, 1, "Corpus"]], "relations": []}, "1 spans beside 6 char_spans"),
        ({"relations": [[0, 2, 3]]}, r"relation 0: \[0, 2, 3\] is not \[head start"),
        ({"relations": [[0, 1, 3, 4, "Near"]]}, r"relation 0: tokens \[0, 1\] are none of the spans"),
        ({"relations": [[0, 2, 3, 4, "Far"]]}, "relation 0: unknown type 'Far'; known are"),
        ({"spans": ["x"] * 6, "relations": []}, r"spans: 'x' does not begin with \[start, end\]"),
    ],
)
def test_what_is_wrong_is_said(change: dict[str, Any], reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        read_spans({**item(), **change}, LABELS)


def test_a_label_of_nobody_asks_for_labels() -> None:
    with pytest.raises(ValueError, match=r"unknown type 'Technique'; known are Method.*--labels"):
        read_spans(item(), OURS)
