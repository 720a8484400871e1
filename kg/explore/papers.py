"""From what a person types for a paper, an id or an address, to the records that are meant."""

import difflib
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from kg.errors import InputError
from kg.papers import content
from kg.records import Paper

_SITE = re.compile(
    r"(?:https?://)?(?:(?:www|export|dx)\.)?"
    r"(?:arxiv\.org/(?:abs|pdf|html)/|huggingface\.co/papers/|(?:doi\.org/|doi:\s*)?10\.48550/arxiv\.|doi\.org/|doi:|arxiv:)?\s*"
)
_ARXIV = re.compile(r"(\d{4}\.\d{4,5}|[a-z.-]+/\d{7})(?:v\d+)?(?:\.pdf)?")
_TOLD = 5
Index = tuple[Callable[[str], str], Mapping[str, set[Paper]]]


def find_papers(
    shown: Sequence[Paper], held: Collection[Paper], names: Iterable[str], records: Iterable[Paper] = ()
) -> set[Paper]:
    """The papers that are meant by names, and by records as they were read from a file.

    Args:
        shown: the papers of the graph, each under an id of its own.
        held: these and the reserve behind them.
        names: ids or addresses; one that the graph does not show means all that the reserve holds under it.
        records: each means itself, wherever it was read, or where it is not held what its id means.

    Raises:
        InputError: a name means nothing, or several papers; says what comes near.
    """
    same = {content(paper): paper for paper in held}
    found = {content(record): record.id for record in records}
    wanted = [*names, *(id for record, id in found.items() if record not in same)]
    indexes = [index(part, fold) for fold in (str.strip, plain) for part in (shown, set(held).difference(shown))]
    meant = {name: lookup(name, indexes) for name in wanted}
    if problems := [problem for name in meant if (problem := explain(name, meant[name], shown))]:
        more = f" {len(problems) - _TOLD} more names are as unclear." if len(problems) > _TOLD else ""
        raise InputError(f"{' '.join(problems[:_TOLD])}{more} Nothing was changed.")
    return {same[record] for record in found if record in same}.union(*meant.values())


def names_in(file: str | Path) -> list[str]:
    """The names in a list (``-``: standard input), one a line; none if a line has two words, as in a file of papers."""
    if str(file) == "-":
        return sys.stdin.read().split()
    found: list[bytes] = []
    with suppress(OSError), Path(file).open("rb") as lines:
        for line in lines:
            found += line.split(maxsplit=1)
            if len(line.split(maxsplit=1)) > 1:
                return []
    return [name.decode("utf-8", "replace") for name in found]


def plain(name: str) -> str:
    """An id or address without what sites and people add: ``https://arxiv.org/abs/2106.09685v2`` is ``2106.09685``."""
    bare = _SITE.sub("", name.strip().casefold(), count=1).rstrip("/")
    arxiv = _ARXIV.fullmatch(bare)
    return arxiv[1] if arxiv else bare


def index(papers: Iterable[Paper], fold: Callable[[str], str]) -> Index:
    """The papers by folded id and address."""
    found = defaultdict[str, set[Paper]](set)
    for paper in papers:
        for name in filter(None, (paper.id, paper.url)):
            found[fold(name)].add(paper)
    return fold, found


def lookup(name: str, indexes: Iterable[Index]) -> set[Paper]:
    """What the first index that knows the name has under it."""
    return next((found[fold(name)] for fold, found in indexes if fold(name) in found), set())


def explain(name: str, meant: Collection[Paper], shown: Sequence[Paper]) -> str | None:
    """What is wrong with a name, if it does not mean one paper."""
    if not meant:
        near = nearest(name, shown)
        hint = f" Did you mean {', '.join(near)}?" if near else ""
        return f"The graph has no paper {name!r}.{hint}"
    ids = sorted({paper.id for paper in meant})
    return f"{name!r} is the address of {', '.join(ids)}: give one of these ids." if len(ids) > 1 else None


def nearest(name: str, papers: Iterable[Paper], count: int = 3) -> list[str]:
    """Up to ``count`` ids with their titles: of the papers whose title has the name in it, else whose id is like it."""
    titles = {paper.id: paper.title for paper in papers}
    folded = name.strip().casefold()
    near = [id for id, title in titles.items() if len(folded) > 2 and folded in title.casefold()]
    near = near[:count] or difflib.get_close_matches(plain(name), titles, n=count, cutoff=0.7)
    return [f"{id} ({titles[id]})" if titles[id] else id for id in near]
