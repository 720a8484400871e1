"""The per-paper tables: kept, taken up, extracted; the same whatever an earlier run left behind."""

from pathlib import Path

import pyarrow.compute as pc
import pytest
from spacy.tokens import Span

from kg.extract import annotate, shards
from kg.extract.tables import Tables, annotate_unique, empty_tables
from kg.papers import to_paper
from kg.progress import silent
from kg.records import Mention, Paper, Record


def paper(id: str, abstract: str, date: str | None = None) -> Paper:
    return to_paper(Record("", abstract, "f:1", id, date))


def tables(papers: list[Paper], old: Tables, folder: Path) -> tuple[Tables, int, set[Paper]]:
    return annotate_unique(papers, old, folder, "fast", workers=1, progress=silent)


def extracted(folder: Path) -> list[str]:
    """The ids of the papers in shards."""
    return [id for shard in shards.read_shards(folder) for id in shard["papers"]["id"].to_pylist()]


FIRST, SECOND = paper("x", "We train BERT on SQuAD.", "2020"), paper("x", "LoRA is a variant of BERT.", "2021")


def test_shards_of_an_earlier_version_do_not_mix_with_the_later(tmp_path: Path) -> None:
    fresh, _, _ = tables([SECOND], empty_tables(), tmp_path / "fresh")
    shards.extract([FIRST], "fast", tmp_path / "left", workers=1, progress=silent)
    assert tables([SECOND], empty_tables(), tmp_path / "left")[0] == fresh


def test_what_is_known_is_not_extracted_again(tmp_path: Path) -> None:
    old, new, _ = tables([FIRST], empty_tables(), tmp_path / "a")
    assert new == 1
    again, new, _ = tables([FIRST, paper("y", "We use GLUE.")], old, tmp_path / "b")
    assert new == 1
    assert extracted(tmp_path / "b") == ["y"]
    assert again["mentions"].filter(pc.field("paper") == "x") == old["mentions"]


def test_a_paper_that_breaks_the_extractor_gives_way_to_its_older_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = annotate.to_mention

    def fail(paper: str, span: Span) -> Mention:
        if span.doc.text == SECOND.text:
            raise ValueError("no")
        return real(paper, span)

    fresh, _, _ = tables([FIRST], empty_tables(), tmp_path / "fresh")
    monkeypatch.setattr(annotate, "to_mention", fail)
    found, new, broken = tables([FIRST, SECOND], empty_tables(), tmp_path / "both")
    assert (found, new, broken) == (fresh, 1, {SECOND})
