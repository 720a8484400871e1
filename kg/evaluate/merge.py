"""Whether a graph has one entity for what is one thing and two for what is two, by pairs of names that a person judged.

A name stands for the entity that `kg resolve` gives for it: of those that carry it as a surface form exactly, else but
for case, else by normal form, the one that most papers call so. Two names are merged when they stand for one entity.
That another entity carries one of the names as well (a paper that uses it for something else, a slip of the extractor)
neither joins nor parts them, so no side of the measure can be won by spreading aliases.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import InputError
from kg.evaluate.gold import Reject
from kg.explore.resolve import entity_ids
from kg.records import Rejected
from kg.store.folder import check_graph

VERDICTS = {"same": True, "different": False}


@dataclass(frozen=True, slots=True)
class Pair:
    """Two names, and whether they name one thing."""

    a: str
    b: str
    same: bool
    note: str


def read_pairs(path: Path, reject: Reject) -> list[Pair]:
    """Tab-separated lines: name, name, ``same`` or ``different``, a note if need be; ``#`` begins a remark.

    Raises:
        InputError: no line is a pair.
    """
    pairs = []
    for number, line in enumerate(path.read_text(encoding="utf-8-sig").splitlines(), start=1):
        if line.strip() and not line.startswith("#"):
            a, b, verdict, note, *_ = [*map(str.strip, line.split("\t")), "", "", "", ""]
            if a and b and verdict in VERDICTS:
                pairs.append(Pair(a, b, VERDICTS[verdict], note))
            else:
                reject(Rejected(path.name, number, "not NAME, NAME, same or different with tabs between"))
    if not pairs:
        raise InputError(f"No pair of names in {path}: a line is NAME, NAME, same or different with tabs between.")
    return pairs


def judge_merges(pairs: Sequence[Pair], folder: Path) -> dict[str, Any]:
    """Of the pairs whose names both occur in a graph, the share of same ones that it merges (``right``), of different
    ones (``wrong``), each with how many pairs there are, and the pairs that it has wrong (``failures``).

    Raises:
        GraphError: there is no graph in the folder.
    """
    found = entity_ids(check_graph(folder), dict.fromkeys(name for pair in pairs for name in (pair.a, pair.b)))
    judged = [(pair, found[pair.a], found[pair.b]) for pair in pairs if found[pair.a] and found[pair.b]]
    return {
        "right": share([a == b for pair, a, b in judged if pair.same]),
        "wrong": share([a == b for pair, a, b in judged if not pair.same]),
        "failures": [
            {"a": pair.a, "b": pair.b, "should_be": "same" if pair.same else "different", "note": pair.note,
             "entities": list(dict.fromkeys((a, b)))}
            for pair, a, b in judged
            if (a == b) is not pair.same
        ],
    }  # fmt: skip


def share(merged: Sequence[bool]) -> dict[str, Any]:
    """The share of merged pairs, None of no pairs."""
    return {"rate": round(sum(merged) / len(merged), 4) if merged else None, "n": len(merged)}
