"""Labels of public sets, out of a file, and as they are written."""

from pathlib import Path

import pytest

from kg.errors import InputError
from kg.evaluate.known import KNOWN, labels_of, to_labels
from kg.evaluate.labels import OURS, RELATION_TYPES, parse
from kg.types import ENTITY_TYPES


@pytest.mark.parametrize("name", KNOWN)
def test_every_known_set_leads_to_types(name: str) -> None:
    labels = to_labels(name)
    assert {*labels.types} <= {*ENTITY_TYPES}
    assert {*labels.entities.values()} - {"", "?"} == {*labels.types.values()}
    assert labels.relation_types <= {*RELATION_TYPES}


def test_a_set_is_known_by_the_start_of_its_name() -> None:
    assert labels_of("scierc.dev.jsonl.gz:3") == to_labels("scierc")
    assert labels_of("mine.scierc.jsonl") == OURS


def test_a_file_of_labels(tmp_path: Path) -> None:
    (tmp_path / "labels.txt").write_text("# ours\nAlgorithm=Method  # loosely\n\nCorpus = Dataset\n", encoding="utf-8")
    assert to_labels(str(tmp_path / "labels.txt")) == parse("Algorithm=Method,Corpus=Dataset")


def test_what_is_none_of_them_is_told_what_there_is() -> None:
    with pytest.raises(InputError, match=r"LABEL=TYPE.*scierc"):
        to_labels("nonsense")
