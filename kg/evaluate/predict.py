"""What a pipeline says about annotated papers: run now, or read from what `kg extract` wrote."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from kg.evaluate.fields import Item, value
from kg.evaluate.gold import Reject, objects, to_id
from kg.evaluate.labels import OURS
from kg.evaluate.paper import Annotated, Gold
from kg.evaluate.record import read_record
from kg.papers import offsets, to_paper
from kg.progress import Progress
from kg.records import Record, Rejected

if TYPE_CHECKING:
    from kg.extract.annotate import Annotation


def extract(papers: Sequence[Gold], model: str, workers: int, progress: Progress) -> list[Annotated | None]:
    """What the pipeline finds in each paper, read as `kg extract` reads it; None where the pipeline breaks.

    Raises:
        InputError: there is no such model.
    """
    from kg.extract.load import model_path
    from kg.extract.shards import CHUNK, chunked, spread

    model_path(model)
    found: list[Annotated | None] = []
    for part in spread(partial(annotated, model=model), list(chunked(papers, CHUNK)), workers, ordered=True):
        found += part
        progress("Extracting", len(found), len(papers))
    return found


def annotated(papers: Sequence[Gold], model: str) -> list[Annotated | None]:
    from kg.extract.shards import annotate_all

    found = annotate_all((to_paper(to_source(paper)) for paper in papers), model)
    return [to_annotated(paper, each) if each else None for paper, each in zip(papers, found, strict=True)]


def to_source(paper: Gold) -> Record:
    return Record(paper.title, paper.abstract, paper.source, id=paper.id)


def to_annotated(paper: Gold, found: "Annotation") -> Annotated:
    """What was found, with offsets in the text of the gold."""
    from kg.extract.record import to_record

    source = to_source(paper)
    return read_record(to_record(source, paper.id, offsets(source), found), len(paper.text), OURS)[0]


def read_predicted(path: Path, papers: Sequence[Gold], reject: Reject) -> list[Annotated | None]:
    """What a file of `kg extract` says about each paper, by its id; None where it says nothing.

    Raises:
        InputError: there is no such file.
    """
    wanted = {paper.id: paper for paper in papers}
    found: dict[str, Annotated] = {}
    for name, line, item in objects(str(path), reject):
        try:
            id = to_id(item)
            if id in found:
                raise ValueError(f"a second record of paper {id!r}")
            if id in wanted:
                check_text(item, wanted[id])
                found[id] = read_record(item, len(wanted[id].text), OURS)[0]
        except ValueError as error:
            reject(Rejected(name, line, str(error)))
    return [found.get(paper.id) for paper in papers]


def check_text(item: Item, paper: Gold) -> None:
    """Offsets are only worth something in the text that they were made for."""
    if "abstract" in item and f"{value(item, 'title', str)}\n{value(item, 'abstract', str)}" != paper.text:
        raise ValueError(f"its title and abstract are not those of paper {paper.id!r} in {paper.source}")
