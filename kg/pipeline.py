"""files -> readers -> papers -> extract -> mentions, relations, results -> link -> entities, edges -> graph folder."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from kg import readers
from kg.errors import InputError
from kg.extract.load import DEFAULT, model_digest, model_path
from kg.extract.shards import extract, read_shards
from kg.papers import to_paper, unique
from kg.records import Paper, Rejected
from kg.store import folder as graph_folder
from kg.store.tables import PAPER_TABLES, from_table, to_table
from kg.types import SCHEMA_VERSION

Progress = Callable[[str, int, int], None]
Tables = dict[str, pa.Table]
ORDER = {
    "mentions": ("paper", "start", "end", "type"),
    "relations": ("paper", "head_start", "tail_start", "head_end", "tail_end", "type"),
    "results": ("paper", "start", "end"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How to read and extract; ``workers`` is a number of processes."""

    model: str = DEFAULT
    format: str | None = None
    fields: Mapping[str, str] | None = None
    as_of: int | None = None
    strict: bool = False
    workers: int = 2


@dataclass(frozen=True, slots=True)
class Report:
    """What a run did: records read, papers in the graph, papers extracted now, what was set aside, rows of each
    table.
    """

    records: int
    papers: int
    new: int
    rejected: tuple[Rejected, ...]
    counts: Mapping[str, int]
    changed: bool


def build(
    inputs: Sequence[str | Path], out: Path, options: Options, progress: Progress, *, add: bool = False
) -> Report:
    """Makes ``out`` the graph of the papers in ``inputs`` (``add``: of these and the papers it already holds).

    Papers that the folder has seen with the same text and model keep their extraction.

    Raises:
        InputError: nothing could be read; or, with ``strict``, something could not.
        GraphError: ``out`` is not a graph folder, or in use.
    """
    graph_folder.check_target(out)
    with graph_folder.locked(out) as work:
        old = read_old(out)
        records, rejected = read(inputs, options, progress)
        papers = unique([*(from_table(Paper, old["papers"]) if add else ()), *records])
        manifest = describe(options)
        usable = old if is_made_by(out, manifest) else empty_tables()
        tables, new, failed = annotations(
            papers, usable, work / "shards" / model_digest(options.model), options, progress
        )
        rejected = reject(failed, rejected, options)
        notes = rejections(out if add else None, rejected)
        if tables["papers"].equals(usable["papers"]) and notes == read_notes(out):
            counts = graph_folder.read_manifest(out)["counts"]
            return Report(len(records), tables["papers"].num_rows, new, rejected, counts, changed=False)
        tables |= link_tables(tables, progress)
        counts = {name: table.num_rows for name, table in tables.items()}
        write(out, tables, manifest | {"counts": counts}, notes, progress)
    return Report(len(records), tables["papers"].num_rows, new, rejected, counts, changed=True)


def read_old(out: Path) -> Tables:
    """The per-paper tables that the folder holds, empty ones where there is none."""
    return graph_folder.read_tables(out, *PAPER_TABLES) if graph_folder.is_graph(out) else empty_tables()


def empty_tables() -> Tables:
    return {name: to_table(record, []) for name, record in PAPER_TABLES.items()}


def describe(options: Options) -> dict[str, Any]:
    """The part of the manifest that says what made the graph."""
    meta = json.loads((model_path(options.model) / "meta.json").read_text(encoding="utf-8"))
    model = {"name": meta["name"], "version": meta["version"], "digest": model_digest(options.model)}
    return {"kg": version("kg-papers"), "schema": SCHEMA_VERSION, "spacy": version("spacy"), "model": model}


def is_made_by(out: Path, manifest: Mapping[str, Any]) -> bool:
    """Whether the folder's tables were made by this very program and model."""
    if not graph_folder.is_graph(out):
        return False
    stored = graph_folder.read_manifest(out)
    return all(stored.get(name) == value for name, value in manifest.items())


def read(
    inputs: Sequence[str | Path], options: Options, progress: Progress
) -> tuple[list[Paper], tuple[Rejected, ...]]:
    """Every paper of the inputs, as often as it stands there, and what could not be read."""
    rejected: list[Rejected] = []
    papers: list[Paper] = []
    found = readers.read(
        inputs, reject=rejected.append, format=options.format, fields=options.fields, as_of=options.as_of
    )
    for record in found:
        papers.append(to_paper(record))
        if len(papers) % 1000 == 0:
            progress("Reading", len(papers), 0)
    if rejected and (options.strict or not papers):
        raise InputError(f"{summary(rejected)} Nothing was written.")
    if not papers:
        raise InputError("No paper in the input. Nothing was written.")
    return papers, tuple(rejected)


def reject(failed: Sequence[Paper], rejected: tuple[Rejected, ...], options: Options) -> tuple[Rejected, ...]:
    """What was set aside, with the papers that broke the extractor."""
    places = [paper.source.rpartition(":") for paper in failed]
    more = (
        Rejected(file or line, int(line) if line.isdigit() else 0, "the extractor failed on it")
        for file, _, line in places
    )
    rejected = (*rejected, *more)
    if failed and options.strict:
        raise InputError(f"{summary(rejected)} Nothing was written.")
    return rejected


def summary(rejected: Sequence[Rejected]) -> str:
    """One line about what was set aside: how many records, and the first of them with file, line and reason."""
    first = rejected[0]
    count = f"{len(rejected)} records" if len(rejected) > 1 else "1 record"
    return f"{count} set aside, first: {first.file}, line {first.line}: {first.reason}."


def annotations(
    papers: Sequence[Paper], old: Tables, shards: Path, options: Options, progress: Progress
) -> tuple[Tables, int, list[Paper]]:
    """The four per-paper tables of these papers, how many are new in them, and the papers that break the extractor.

    What a paper's text gave is kept, taken up from shards that an earlier run has finished, or extracted now.
    """
    wanted = {paper.id: paper for paper in papers}
    parts = [take(wanted, old)]
    new = len(wanted)
    if wanted:
        parts.append(take(wanted, read_shards(shards)))
    if wanted:
        extract(list(wanted.values()), options.model, shards, workers=options.workers, progress=progress)
        parts.append(take(wanted, read_shards(shards)))
    keys = {name: [(column, "ascending") for column in columns] for name, columns in ORDER.items()}
    tables = {name: pa.concat_tables([part[name] for part in parts]).sort_by(keys[name]) for name in ORDER}
    read = [paper for paper in papers if paper.id not in wanted]
    return {"papers": to_table(Paper, read), **tables}, new - len(wanted), list(wanted.values())


def take(wanted: dict[str, Paper], have: Tables) -> Tables:
    """The annotations of the wanted papers whose text is the stored one; these are wanted no longer."""
    same = [p.id for p in from_table(Paper, have["papers"]) if p.id in wanted and wanted[p.id].text == p.text]
    ids = pa.array(sorted({id for id in same if wanted.pop(id, None)}), type=pa.string())
    return {name: have[name].filter(pc.is_in(have[name]["paper"], value_set=ids)) for name in ORDER}


def link_tables(tables: Tables, progress: Progress) -> Tables:
    from kg.link import link

    progress("Linking", 0, 0)
    return link(tables["papers"], tables["mentions"], tables["relations"], tables["results"])


def write(out: Path, tables: Tables, manifest: Mapping[str, Any], notes: str, progress: Progress) -> None:
    """Replaces the graph folder: tables, embedded database, rejected records, manifest."""
    from kg.store.cypher import load

    progress("Writing", 0, 0)

    def finish(new: Path) -> None:
        (new / graph_folder.REJECTED).write_text(notes, encoding="utf-8")
        load(new / graph_folder.DATABASE, tables)

    graph_folder.replace(out, tables, manifest, finish)


def rejections(out: Path | None, rejected: Iterable[Rejected]) -> str:
    """The text of ``rejected.jsonl``: a line a record, sorted; with ``out``, those it already names too."""
    lines = {json.dumps(asdict(item), ensure_ascii=False) for item in rejected}
    return "".join(f"{line}\n" for line in sorted(lines | set(read_notes(out).splitlines() if out else ())))


def read_notes(out: Path) -> str:
    path = out / graph_folder.REJECTED
    return path.read_text(encoding="utf-8") if path.is_file() else ""
