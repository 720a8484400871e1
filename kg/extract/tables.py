"""Papers -> the four per-paper tables: what is known of a text is kept, the rest is extracted now."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from kg.extract.shards import extract, read_shards
from kg.papers import unique
from kg.progress import Progress
from kg.records import Paper
from kg.store.tables import PAPER_TABLES, to_table

Tables = dict[str, pa.Table]
ORDER = {
    "mentions": ("paper", "start", "end", "type"),
    "relations": ("paper", "head_start", "tail_start", "head_end", "tail_end", "type"),
    "results": ("paper", "start", "end"),
}


def empty_tables() -> Tables:
    return {name: to_table(record, []) for name, record in PAPER_TABLES.items()}


def annotate_unique(
    papers: Iterable[Paper], old: Tables, shards: Path, model: str, *, workers: int, progress: Progress
) -> tuple[Tables, int, set[Paper]]:
    """The tables of every paper once, how many were not in ``old``, and the papers that break the extractor.

    A paper that breaks it gives way to its duplicate or older version, if there is one.
    """
    papers, broken = list(papers), set[Paper]()
    while True:
        chosen = unique(paper for paper in papers if paper not in broken)
        tables, new, failed = annotations(chosen, old, shards, model, workers=workers, progress=progress)
        if not failed:
            return tables, new, broken
        broken.update(failed)


def annotations(
    papers: Sequence[Paper], old: Tables, shards: Path, model: str, *, workers: int, progress: Progress
) -> tuple[Tables, int, list[Paper]]:
    """The tables of these papers, how many are new in them, and the papers that break the extractor.

    What a paper's text gave is kept, taken up from shards that an earlier run has finished, or extracted now.
    """
    wanted = {paper.id: paper for paper in papers}
    parts = [take(wanted, old)]
    new = len(wanted)
    if wanted:
        parts += [take(wanted, shard) for shard in read_shards(shards)]
    if wanted:
        extract(list(wanted.values()), model, shards, workers=workers, progress=progress)
        parts += [take(wanted, shard) for shard in read_shards(shards)]
    keys = {name: [(column, "ascending") for column in columns] for name, columns in ORDER.items()}
    tables = {name: pa.concat_tables([part[name] for part in parts]).sort_by(keys[name]) for name in ORDER}
    read = [paper for paper in papers if paper.id not in wanted]
    return {"papers": to_table(Paper, read), **tables}, new - len(wanted), list(wanted.values())


def take(wanted: dict[str, Paper], have: Mapping[str, pa.Table]) -> Tables:
    """The annotations of the wanted papers whose text is the stored one; these are wanted no longer."""
    rows = zip(*(have["papers"][name].to_pylist() for name in ("id", "title", "abstract")), strict=True)
    same = {id for id, *text in rows if id in wanted and [wanted[id].title, wanted[id].abstract] == text}
    ids = pa.array(sorted(id for id in same if wanted.pop(id)), type=pa.string())
    return {name: have[name].filter(pc.is_in(have[name]["paper"], value_set=ids)) for name in ORDER}
