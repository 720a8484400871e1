"""The demo corpus is well-formed, its dates are possible, and its abstracts state the lines of descent."""

import csv
import json
import re
from collections import Counter
from datetime import date, timedelta
from importlib.resources import files
from pathlib import Path

import pytest

PAPERS = [json.loads(line) for line in files("kg.demo").joinpath("papers.jsonl").read_text("utf-8").splitlines()]
ABSTRACTS = {paper["id"]: paper["abstract"] for paper in PAPERS}
LINEAGE = Path(__file__).parent / "golden" / "lineage.tsv"
ARXIV = re.compile(r"(\d\d)(\d\d)\.\d{4,5}")


def lineage() -> list[tuple[str, str, str]]:
    """Rows of (child, parent, id of the paper that says so)."""
    with LINEAGE.open(encoding="utf-8", newline="") as file:
        return [(row["child"], row["parent"], row["paper"]) for row in csv.DictReader(file, delimiter="\t")]


def sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.!?])\s+(?=[A-Z0-9])", text)


def names(sentence: str, name: str) -> bool:
    """Whether a sentence holds a name as a whole word, in the plural or with a capital at its start too."""
    first = f"[{name[0].upper()}{name[0]}]"
    return re.search(rf"(?<![\w-]){first}{re.escape(name[1:])}s?(?![\w-])", sentence) is not None


def test_at_least_eighty_papers_with_ids_and_titles_of_their_own() -> None:
    assert len(PAPERS) >= 80
    for field in ("id", "title", "abstract"):
        assert [value for value, count in Counter(paper[field] for paper in PAPERS).items() if count > 1] == []


def test_dates_are_real_in_order_and_span_the_years() -> None:
    dates = [paper["date"] for paper in PAPERS]
    assert dates == sorted(dates)
    assert (dates[0][:4], dates[-1][:4]) == ("1997", "2025")
    for text in dates:
        assert re.fullmatch(r"\d{4}(-\d{2}){0,2}", text)
        date.fromisoformat(text + "-01-01"[len(text) - 4 :])


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper["id"])
def test_each_paper_is_whole(paper: dict[str, object]) -> None:
    required = {"id", "title", "abstract", "date", "authors", "venue"}
    assert required <= paper.keys() <= required | {"url"}
    assert all(paper.values())
    abstract = str(paper["abstract"])
    assert 60 <= len(abstract.split()) <= 220
    assert abstract == " ".join(abstract.split())
    assert abstract.endswith(".")
    assert not set(abstract) & set("“”‘’`{}$\\")


@pytest.mark.parametrize("paper", [p for p in PAPERS if ARXIV.fullmatch(p["id"])], ids=lambda paper: paper["id"])
def test_an_arxiv_id_agrees_with_date_and_url(paper: dict[str, str]) -> None:
    # arXiv numbers a paper when it is announced, a few days after the submission that dates it.
    submitted = date.fromisoformat(paper["date"])
    assert paper["id"][:4] in {f"{day:%y%m}" for day in (submitted, submitted + timedelta(days=4))}
    assert paper["url"] == f"https://arxiv.org/abs/{paper['id']}"


def test_no_pair_stands_twice_and_no_name_descends_from_itself() -> None:
    pairs = [(child, parent) for child, parent, _ in lineage()]
    assert len(pairs) == len(set(pairs)) >= 60
    parents: dict[str, set[str]] = {}
    for child, parent in pairs:
        parents.setdefault(child, set()).add(parent)
    for child in parents:
        seen, ahead = set(), set(parents[child])
        while ahead:
            seen |= ahead
            ahead = {above for name in ahead for above in parents.get(name, ())} - seen
        assert child not in seen


@pytest.mark.parametrize(("child", "parent", "paper"), lineage())
def test_one_sentence_of_the_child_names_both(child: str, parent: str, paper: str) -> None:
    assert any(names(sentence, child) and names(sentence, parent) for sentence in sentences(ABSTRACTS[paper]))
