"""Every way to name a paper leads to it, and a name that leads nowhere says what is near."""

import io
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.explore.papers import find_papers, names_in, plain
from kg.papers import to_paper
from kg.records import Paper, Record


def paper(id: str, title: str = "", abstract: str = "", url: str | None = None, source: str = "f:1") -> Paper:
    return to_paper(Record(title, abstract or f"We measure {id}.", source, id, url=url))


LORA = paper("2106.09685", "LoRA: low ranks", url="https://arxiv.org/abs/2106.09685v2")
BERT = paper("10.18653/v1/N19-1423", "BERT", url="https://aclanthology.org/N19-1423/")
OLD = paper("N19-1423", abstract="An older text.", url="https://example.org/bert")
SHOWN, HELD = [LORA, BERT], [LORA, BERT, OLD]


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        *((name, LORA) for name in ("2106.09685", " 2106.09685 ", "arXiv:2106.09685", "2106.09685v1")),
        *(
            (f"https://{site}2106.09685v2", LORA)
            for site in ("arxiv.org/abs/", "www.arxiv.org/pdf/", "arxiv.org/html/")
        ),
        ("https://arxiv.org/pdf/2106.09685.pdf", LORA),
        ("https://huggingface.co/papers/2106.09685", LORA),
        ("https://doi.org/10.48550/arXiv.2106.09685", LORA),
        *((name, BERT) for name in ("10.18653/v1/n19-1423", "doi:10.18653/v1/N19-1423", "aclanthology.org/N19-1423")),
        *((name, OLD) for name in ("N19-1423", "https://example.org/bert/")),
    ],
)
def test_every_name_of_a_paper_leads_to_it(name: str, meant: Paper) -> None:
    assert find_papers(SHOWN, HELD, [name]) == {meant}


def test_plain_names_of_two_papers_stay_two() -> None:
    names = ["2106.09685", "2106.0968", "cs/0101010", "10.1/2106.09685", "gr-qc/0101010", "math.co/0101010"]
    assert len(set(map(plain, names))) == len(names)


def test_an_exact_name_goes_before_one_that_is_nearly_so() -> None:
    first, second = paper("2106.09685v1", abstract="One."), paper("2106.09685v2", abstract="Two.")
    assert find_papers([first, second], [first, second], ["2106.09685v2"]) == {second}
    with pytest.raises(InputError, match=r"'2106.09685' is the address of 2106.09685v1, 2106.09685v2: give one"):
        find_papers([first, second], [first, second], ["2106.09685"])


def test_a_record_is_itself_wherever_it_was_read_else_what_its_id_means() -> None:
    elsewhere = paper("N19-1423", abstract="An older text.", url="https://example.org/bert", source="g:9")
    assert find_papers(SHOWN, HELD, [], [elsewhere]) == {OLD}
    corrected = paper("2106.09685", "LoRA: low-rank adaptation")
    assert find_papers(SHOWN, HELD, ["N19-1423"], [corrected]) == {LORA, OLD}


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("2106.09658", r"Did you mean 2106.09685 \(LoRA: low ranks\)\?"),
        ("lora", r"mean 2106.09685"),
        ("zz", r""),
    ],
)
def test_an_unknown_name_is_an_error_with_what_is_near(name: str, hint: str) -> None:
    with pytest.raises(InputError, match=rf"no paper '{name}'\..*{hint}.*Nothing was changed"):
        find_papers(SHOWN, HELD, [name, "2106.09685"])


def test_of_many_unknown_names_some_are_told() -> None:
    with pytest.raises(InputError, match=r"'n4'.*2 more names are as unclear"):
        find_papers(SHOWN, HELD, [f"n{number}" for number in range(7)])


def test_a_list_has_a_name_a_line_and_a_file_of_papers_has_not(
    tmp_path: Path, sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "ids.txt").write_text("2106.09685\r\n\n  arXiv:2305.14314 \n")
    assert names_in(tmp_path / "ids.txt") == ["2106.09685", "arXiv:2305.14314"]
    assert names_in(sample) == names_in(tmp_path / "none") == names_in(tmp_path) == []
    monkeypatch.setattr("sys.stdin", io.StringIO("a\nb\n"))
    assert names_in("-") == ["a", "b"]
