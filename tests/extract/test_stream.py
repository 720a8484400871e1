"""`kg extract`: every paper a record, and one that breaks a component takes no other with it."""

import json
from pathlib import Path

import pytest
from spacy.tokens import Span

from kg.errors import InputError
from kg.extract import annotate, stream
from kg.extract.stream import write_records
from kg.progress import silent
from kg.records import Mention


@pytest.fixture
def _one_breaks(monkeypatch: pytest.MonkeyPatch) -> None:
    """The extractor fails on the second of the sample papers."""
    real = annotate.to_mention

    def fail(paper: str, span: Span) -> Mention:
        if paper == "2305.14314":
            raise ValueError("no")
        return real(paper, span)

    monkeypatch.setattr(annotate, "to_mention", fail)


def ids(path: Path) -> list[str]:
    return [json.loads(line)["id"][:10] for line in path.read_text().splitlines()]


def test_a_record_a_paper_in_the_order_of_the_input(
    sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stream, "CHUNK", 2)
    assert write_records([sample], tmp_path / "out.jsonl", {}, silent) == ()
    assert ids(tmp_path / "out.jsonl")[:5] == ["2106.09685", "2305.14314", "2402.09353", "1706.03762", "1810.04805"]
    assert len(ids(tmp_path / "out.jsonl")) == 6


def test_names_are_free_of_tex_and_offsets_count_the_text_as_it_came_in(tmp_path: Path) -> None:
    abstract = r"We propose PanGu-$\alpha$, a language model. PanGu-$\alpha$ is better than GPT-3 on SQuAD."
    (tmp_path / "in.jsonl").write_text(json.dumps({"title": "A language model", "abstract": abstract}))
    write_records([tmp_path / "in.jsonl"], tmp_path / "out.jsonl", {}, silent)
    record = json.loads((tmp_path / "out.jsonl").read_text())
    entity = next(each for each in record["entities"] if each["name"].startswith("PanGu"))
    text = f"{record['title']}\n{record['abstract']}"
    assert entity["forms"] == ["PanGu-α", r"PanGu-$\alpha$"]
    assert [text[start:end] for start, end in entity["mentions"]] == [r"PanGu-$\alpha$"] * 2


@pytest.mark.usefixtures("_one_breaks")
def test_a_paper_that_breaks_the_extractor_takes_no_other_with_it(sample: Path, tmp_path: Path) -> None:
    rejected = write_records([sample], tmp_path / "out.jsonl", {}, silent)
    assert [(item.file, item.line, item.reason) for item in rejected] == [
        ("papers.jsonl", 2, "the extractor failed on it")
    ]
    assert ids(tmp_path / "out.jsonl")[:4] == ["2106.09685", "2402.09353", "1706.03762", "1810.04805"]


@pytest.mark.usefixtures("_one_breaks")
def test_strict_stops_at_a_paper_that_breaks_the_extractor(sample: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"papers\.jsonl, line 2: the extractor failed"):
        write_records([sample], tmp_path / "out.jsonl", {"strict": True}, silent)
    assert not list(tmp_path.iterdir())


@pytest.mark.usefixtures("_one_breaks")
def test_an_input_whose_every_paper_breaks_the_extractor_is_an_error(sample: Path, tmp_path: Path) -> None:
    (tmp_path / "one.jsonl").write_text(sample.read_text().splitlines()[1])
    with pytest.raises(InputError, match=r"one\.jsonl, line 1"):
        write_records([tmp_path / "one.jsonl"], tmp_path / "out.jsonl", {}, silent)
    assert [path.name for path in tmp_path.iterdir()] == ["one.jsonl"]


@pytest.mark.parametrize(("text", "strict"), [("", False), ("{}\n", False), ('{"abstract": "We use BERT."}\n{}', True)])
def test_nothing_read_or_with_strict_not_all_is_an_error(text: str, strict: bool, tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text(text)
    with pytest.raises(InputError, match=r"in\.jsonl, line \d"):
        write_records([tmp_path / "in.jsonl"], tmp_path / "out.jsonl", {"strict": strict}, silent)
    assert not (tmp_path / "out.jsonl").exists()
