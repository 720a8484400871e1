"""The main job: same bytes again, increments equal rebuilds, bad input loses no good input, a killed run resumes."""

import hashlib
import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from spacy.tokens import Span

import kg
from kg import pipeline
from kg.errors import GraphError, InputError
from kg.extract import annotate, shards
from kg.progress import silent
from kg.records import Mention
from kg.store.folder import work_folder
from kg.store.tables import TABLES


def digests(folder: Path) -> dict[str, str]:
    return {name: hashlib.sha256((folder / f"{name}.parquet").read_bytes()).hexdigest() for name in TABLES}


def build(inputs: list[Path], out: Path, *, add: bool = False, **options: object) -> pipeline.Report:
    return pipeline.build(inputs, out, pipeline.Options(workers=1, **options), silent, add=add)  # type: ignore[arg-type]


@pytest.fixture
def halves(sample: Path, tmp_path: Path) -> tuple[Path, Path]:
    lines = sample.read_text().splitlines(keepends=True)
    first, second = tmp_path / "first.jsonl", tmp_path / "second.jsonl"
    # The same source line numbers in both, so that provenance is the same as in the whole file.
    first.write_text("".join(lines[:3]))
    second.write_text("".join(lines[3:]))
    return first, second


def test_building_twice_gives_the_same_bytes(graph: kg.Graph, sample: Path, tmp_path: Path) -> None:
    build([sample], tmp_path / "g")
    assert digests(tmp_path / "g") == digests(graph.folder)


def test_number_of_processes_does_not_matter(
    graph: kg.Graph, sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shards, "CHUNK", 2)
    pipeline.build([sample], tmp_path / "g", pipeline.Options(workers=2), silent)
    assert digests(tmp_path / "g") == digests(graph.folder)


def test_the_same_input_again_changes_nothing(sample: Path, tmp_path: Path) -> None:
    assert build([sample], tmp_path / "g").new == 6
    again = build([sample], tmp_path / "g")
    assert (again.new, again.changed) == (0, False)


def test_adding_in_any_order_equals_one_build(halves: tuple[Path, Path], tmp_path: Path) -> None:
    first, second = halves
    build([first, second], tmp_path / "whole")
    for name, order in (("ab", (first, second)), ("ba", (second, first))):
        build([order[0]], tmp_path / name)
        report = build([order[1]], tmp_path / name, add=True)
        assert report.new == 3
        assert digests(tmp_path / name) == digests(tmp_path / "whole")


def test_adding_extracts_only_what_is_new(
    sample: Path, halves: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build([halves[0]], tmp_path / "g")
    seen: list[str] = []
    real = shards.write_shard
    monkeypatch.setattr(
        shards, "write_shard", lambda papers, **rest: seen.extend(p.id for p in papers) or real(papers, **rest)
    )
    build([sample], tmp_path / "g", add=True)
    assert len(seen) == 3


def test_building_fewer_papers_drops_the_others(sample: Path, halves: tuple[Path, Path], tmp_path: Path) -> None:
    build([sample], tmp_path / "g")
    build([halves[0]], tmp_path / "g")
    build([halves[0]], tmp_path / "h")
    assert digests(tmp_path / "g") == digests(tmp_path / "h")


def test_bad_records_are_named_and_good_ones_kept(sample: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.jsonl"
    bad.write_bytes(sample.read_bytes() + b'{"title": "no abstract"}\n{"title": "cut')
    report = build([bad], tmp_path / "g")
    assert report.papers == 6
    notes = [json.loads(line) for line in (tmp_path / "g" / "rejected.jsonl").read_text().splitlines()]
    assert [(note["file"], note["line"]) for note in notes] == [("bad.jsonl", 7), ("bad.jsonl", 8)]


def test_a_paper_that_breaks_the_extractor_takes_no_other_with_it(
    sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = annotate.to_mention

    def fail(paper: str, span: Span) -> Mention:
        if paper == "2305.14314":
            raise ValueError("no")
        return real(paper, span)

    monkeypatch.setattr(annotate, "to_mention", fail)
    report = build([sample], tmp_path / "g")
    assert (report.papers, report.new) == (5, 5)
    assert [(r.file, r.line) for r in report.rejected] == [("papers.jsonl", 2)]
    with pytest.raises(InputError, match="extractor failed"):
        build([sample], tmp_path / "h", strict=True)


def test_strict_stops_and_writes_nothing(sample: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.jsonl"
    bad.write_bytes(sample.read_bytes() + b'{"title": "no abstract"}\n')
    with pytest.raises(InputError, match=r"bad\.jsonl, line 7"):
        build([bad], tmp_path / "g", strict=True)
    assert not (tmp_path / "g").exists()


def test_nothing_to_read_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "empty.jsonl").write_text("")
    with pytest.raises(InputError):
        build([tmp_path / "empty.jsonl"], tmp_path / "g")
    assert not (tmp_path / "g").exists()


def test_an_unknown_model_names_the_shipped_ones(sample: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="fast"):
        build([sample], tmp_path / "g", model="nope")


def test_never_overwrites_what_is_no_graph(sample: Path, tmp_path: Path) -> None:
    (tmp_path / "thesis.tex").write_text("years of work")
    with pytest.raises(GraphError, match="not a graph"):
        build([sample], tmp_path)
    assert (tmp_path / "thesis.tex").read_text() == "years of work"


def many(sample: Path, target: Path, count: int) -> Path:
    """A file of ``count`` papers: the samples with a running number in the text."""
    records = [json.loads(line) for line in sample.read_text().splitlines()]
    with target.open("w") as out:
        for number in range(count):
            record = records[number % len(records)]
            out.write(
                json.dumps(record | {"id": f"p{number:05}", "abstract": f"{record['abstract']} Study {number}."}) + "\n"
            )
    return target


def test_a_killed_build_resumes_and_leaves_the_old_graph(sample: Path, tmp_path: Path) -> None:
    papers, out = many(sample, tmp_path / "many.jsonl", 500), tmp_path / "g"
    build([sample], out)
    before = digests(out)
    command = [sys.executable, "-m", "kg", "build", str(papers), "-g", str(out), "--workers", "1", "--model", "fast"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    finished = work_folder(out) / "shards"
    deadline = time.monotonic() + 120
    while not any(p.suffix != ".partial" for p in finished.glob("*/*")) and time.monotonic() < deadline:
        time.sleep(0.05)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert digests(out) == before
    done = sum(1 for p in finished.glob("*/*") if p.suffix != ".partial")
    assert 0 < done < 5
    seen: list[int] = []
    pipeline.build(
        [papers],
        out,
        pipeline.Options(workers=1, model="fast"),
        lambda stage, n, total: seen.append(total) if stage == "Extracting" else None,
    )
    assert seen[0] == 500 - done * shards.CHUNK
    build([papers], tmp_path / "whole", model="fast")
    assert digests(out) == digests(tmp_path / "whole")
