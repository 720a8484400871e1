"""files -> readers -> papers -> extract -> mentions, relations, results -> link -> entities, edges -> graph folder."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass, replace
from importlib.metadata import version
from itertools import chain
from pathlib import Path
from typing import Any

import pyarrow as pa

from kg.errors import InputError
from kg.explore.papers import find_papers, names_in
from kg.extract.inputs import BROKEN, broken, check, read_all
from kg.extract.load import DEFAULT, model_digest, model_path
from kg.extract.tables import annotate_unique, empty_tables
from kg.link.overrides import Overrides, find_overrides
from kg.papers import content, kin, to_paper, union
from kg.progress import Progress
from kg.records import Paper, Rejected
from kg.store import folder as graph_folder
from kg.store.tables import PAPER_TABLES, from_table, to_table
from kg.types import SCHEMA_VERSION

Tables = dict[str, pa.Table]


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How to read, extract and link; ``workers`` is a number of processes, ``overrides`` see
    :func:`kg.link.overrides.find_overrides`. Without a ``model`` a graph keeps its own; a new one gets the default.
    """

    model: str | None = None
    format: str | None = None
    fields: Mapping[str, str] | None = None
    as_of: int | None = None
    strict: bool = False
    workers: int = 2
    overrides: str | Path | None = None


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


@dataclass(frozen=True, slots=True)
class Retraction:
    """What a retraction did: the records that went, those that came back in their place, and the run."""

    gone: tuple[Paper, ...]
    back: tuple[Paper, ...]
    report: Report


@dataclass(frozen=True, slots=True)
class Held:
    """All that a folder was given and not told to forget; everything else in it follows from this."""

    papers: Sequence[Paper] = ()
    rejected: frozenset[Rejected] = frozenset()


def build(
    inputs: Sequence[str | Path], out: Path, options: Options, progress: Progress, *, add: bool = False
) -> Report:
    """Makes ``out`` the graph of the papers in ``inputs`` (``add``: of these and the papers it already holds).

    Papers that the folder has seen with the same text and model keep their extraction.

    Raises:
        InputError: nothing could be read; or, with ``strict``, something could not; or an override matches nothing.
        GraphError: ``out`` is not a graph folder, or in use.
    """
    graph_folder.check_target(out)
    with graph_folder.locked(out) as work:
        overrides = find_overrides(options.overrides, inputs, out)
        papers, rejected = read(inputs, options, progress)
        held = Held()
        if add and graph_folder.is_graph(out):
            held, options = read_held(out), with_model(options, out)
        held = Held(union([*held.papers, *papers]), held.rejected.union(rejected))
        report = update(out, work, held, overrides, options, progress, read_now=papers, database=not add)
    return replace(report, records=len(papers), rejected=(*rejected, *report.rejected))


def retract(
    names: Iterable[str],
    out: Path,
    options: Options,
    progress: Progress,
    *,
    files: Sequence[str | Path] = (),
    whole: bool = False,
) -> Retraction:
    """Makes ``out`` the graph of what it holds without these papers.

    Args:
        names: ids or addresses of papers; see :func:`kg.explore.papers.find_papers`.
        files: lists of names, one a line; or papers in any format that can be read, of which the very records go, with
            the notes about what could not be read of the file.
        whole: whether all other records of these papers go too (duplicates, other versions). Without it the best of
            them comes back.

    Raises:
        InputError: a name or record means no paper, or no paper would be left. Nothing is changed then.
        GraphError: ``out`` is not a graph folder, or in use.
    """
    graph_folder.check_graph(out)
    with graph_folder.locked(out) as work:
        lists = {file: names_in(file) for file in files}
        others = [file for file, found in lists.items() if not found]
        records, rejected = read(others, options, progress) if others else ([], ())
        held, shown = read_held(out), read_shown(out)
        gone = find_papers(shown, held.papers, chain(names, *lists.values()), records)
        gone = kin(gone, held.papers) if whole else gone
        left = [paper for paper in held.papers if paper not in gone]
        if not left:
            raise InputError(f"No paper would be left: remove the folder {out} instead. Nothing was changed.")
        held = Held(left, held.rejected.difference(rejected))
        report = update(out, work, held, find_overrides(None, (), out), with_model(options, out), progress)
        back = set(read_shown(out)).difference(shown)
    return Retraction(tuple(union(gone)), tuple(union(back)), report)


def update(
    out: Path,
    work: Path,
    held: Held,
    overrides: Overrides,
    options: Options,
    progress: Progress,
    *,
    read_now: Iterable[Paper] = (),
    database: bool = False,
) -> Report:
    """Makes the folder what follows from what it is to hold, and from nothing else.

    Without ``database`` the first Cypher query loads the embedded database, and steps before it save the time.
    """
    model = options.model or DEFAULT
    manifest = describe(model)
    linked = {"overrides": overrides.digest}
    old = read_old(out) if is_made_by(out, manifest) else empty_tables()
    shards = work / "shards" / model_digest(model)
    tables, new, failed = annotate_unique(held.papers, old, shards, model, workers=options.workers, progress=progress)
    fresh = set(map(content, read_now))
    rejected = tuple(broken(paper.source) for paper in union(failed) if content(paper) in fresh)
    check(tables["papers"].num_rows, rejected, strict=options.strict)
    shown = set(from_table(Paper, tables["papers"]))
    reserve = to_table(Paper, [paper for paper in held.papers if paper not in shown])
    notes = sorted(held.rejected.union(broken(paper.source) for paper in failed), key=astuple)
    papers = tables["papers"].num_rows
    there = old["papers"], graph_folder.read_reserve(out), graph_folder.read_rejected(out)
    del old, shown  # linking wants the memory
    pa.default_memory_pool().release_unused()
    if (tables["papers"], reserve, notes) == there and is_made_by(out, linked):
        counts = graph_folder.read_manifest(out)["counts"]
        return Report(0, papers, new, rejected, counts, changed=False)
    tables |= link_tables(tables, overrides, progress)
    counts = {name: table.num_rows for name, table in tables.items()}
    tables |= {graph_folder.RESERVE: reserve}
    write(out, tables, manifest | linked | {"counts": counts}, notes, overrides.text, progress, database=database)
    return Report(0, papers, new, rejected, counts, changed=True)


def read_held(out: Path) -> Held:
    """All that the folder was given and not told to forget."""
    reserve = from_table(Paper, graph_folder.read_reserve(out))
    rejected = (item for item in graph_folder.read_rejected(out) if item.reason != BROKEN)
    return Held([*read_shown(out), *reserve], frozenset(rejected))


def read_shown(out: Path) -> list[Paper]:
    return list(from_table(Paper, graph_folder.read_tables(out, "papers")["papers"]))


def read_old(out: Path) -> Tables:
    """The per-paper tables that the folder holds."""
    return graph_folder.read_tables(out, *PAPER_TABLES)


def with_model(options: Options, out: Path) -> Options:
    """The options with the model that made the graph, where they name none.

    Raises:
        InputError: it is not a shipped one, so that only its user knows where it is.
    """
    if options.model:
        return options
    name = graph_folder.read_manifest(out)["model"]["name"]
    try:
        model_path(name)
    except InputError as error:
        raise InputError(f"The graph in {out} was made by the model {name!r}: say where it is. {error}") from None
    return replace(options, model=name)


def describe(model: str) -> dict[str, Any]:
    """The part of the manifest that says what made the graph."""
    meta = json.loads((model_path(model) / "meta.json").read_text(encoding="utf-8"))
    made = {"name": meta["name"], "version": meta["version"], "digest": model_digest(model)}
    return {"kg": version("kg-papers"), "schema": SCHEMA_VERSION, "spacy": version("spacy"), "model": made}


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
    how = {"format": options.format, "fields": options.fields, "as_of": options.as_of}
    return read_all(inputs, to_paper, progress, strict=options.strict, **how)


def link_tables(tables: Tables, overrides: Overrides, progress: Progress) -> Tables:
    from kg.link import link

    progress("Linking", 0, 0)
    return link(**{name: tables[name] for name in PAPER_TABLES}, overrides=overrides.entries)


def write(
    out: Path,
    tables: Tables,
    manifest: Mapping[str, Any],
    rejected: Iterable[Rejected],
    overrides: str,
    progress: Progress,
    *,
    database: bool,
) -> None:
    """Replaces the graph folder: tables, rejected records, overrides, manifest, and the embedded ``database``.

    Empties ``tables``: the database is loaded from what was written, and needs the memory.
    """
    progress("Writing", 0, 0)

    def finish(new: Path) -> None:
        graph_folder.write_rejected(new, rejected)
        if overrides:
            (new / graph_folder.OVERRIDES).write_text(overrides, encoding="utf-8")
        tables.clear()
        pa.default_memory_pool().release_unused()
        if database:
            from kg.store.cypher import load

            load(new / graph_folder.DATABASE, graph_folder.open_tables(new), progress)

    graph_folder.replace(out, tables, manifest, finish)
