"""Pairs of names that a person judged, against the entities of a graph."""

from pathlib import Path

import pytest

from kg.errors import GraphError, InputError
from kg.evaluate.merge import judge_merges, read_pairs
from kg.records import Rejected
from tests.explore.make import named, write

PAIRS = """# name A\tname B\tverdict\tnote
tide net\tTIDENET\tsame\tby case
TideNet\ttidal network\tsame\tjoined
TideNet\tTideNet 2\tdifferent\ta version
Kelp\tKelp transformer\tsame\tleft apart
Kelp\tSargassum\tdifferent\twrongly joined
Kelp\tPlankton\tsame\tPlankton does not occur
moor\tTideNet\tdifferent\tmoor stands for the entity that most papers call so
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    rows = [
        ("system:tidenet", "Model", "TideNet", 9),
        ("system:tidenet", "Model", "tidal network", 2),
        ("system:tidenet", "Model", "moor", 1),
        ("system:tidenet2", "Model", "TideNet 2", 3),
        ("system:kelp", "Model", "Kelp", 4),
        ("system:kelp", "Model", "Sargassum", 2),
        ("system:kelptransformer", "Model", "Kelp transformer", 1),
        ("task:mooring", "Task", "moor", 5),
    ]
    return write(tmp_path_factory.mktemp("merge") / "graph", named(*rows))


def pairs(tmp_path: Path, text: str) -> Path:
    (tmp_path / "pairs.tsv").write_text(text, encoding="utf-8")
    return tmp_path / "pairs.tsv"


def test_counted_by_hand(folder: Path, tmp_path: Path) -> None:
    rejected: list[Rejected] = []
    found = judge_merges(read_pairs(pairs(tmp_path, PAIRS), rejected.append), folder)
    assert rejected == []
    assert list(found) == ["right", "wrong", "failures"]
    assert found["right"] == {"rate": 0.6667, "n": 3}
    assert found["wrong"] == {"rate": 0.3333, "n": 3}
    assert [(each["a"], each["b"], each["entities"]) for each in found["failures"]] == [
        ("Kelp", "Kelp transformer", ["system:kelp", "system:kelptransformer"]),
        ("Kelp", "Sargassum", ["system:kelp"]),
    ]


def test_no_pair_that_occurs_has_no_rate(folder: Path, tmp_path: Path) -> None:
    found = judge_merges(read_pairs(pairs(tmp_path, "Reef\tCoral\tsame\n"), lambda _: None), folder)
    assert found == {"right": {"rate": None, "n": 0}, "wrong": {"rate": None, "n": 0}, "failures": []}


def test_a_bad_line_is_named_and_the_rest_goes_on(tmp_path: Path) -> None:
    rejected: list[Rejected] = []
    text = (
        "\ufeffKelp\tReef\tsame\nKelp Reef same\nKelp\tReef\tmaybe\n\nKelp\t\tsame\nReef\tKelp\tdifferent\twhy\tmore\n"
    )
    assert [pair.same for pair in read_pairs(pairs(tmp_path, text), rejected.append)] == [True, False]
    assert [(each.file, each.line) for each in rejected] == [("pairs.tsv", 2), ("pairs.tsv", 3), ("pairs.tsv", 5)]
    assert "same or different" in rejected[0].reason


def test_nothing_to_judge_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="same or different"):
        read_pairs(pairs(tmp_path, "# nothing\n"), lambda _: None)
    found = read_pairs(pairs(tmp_path, "Kelp\tReef\tsame\n"), lambda _: None)
    with pytest.raises(GraphError, match="kg build"):
        judge_merges(found, tmp_path / "none")
