"""The most probable well-formed sequence of BILUO tags (Viterbi, 1967), with most of the work left out."""

from collections.abc import Iterator
from functools import cache

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
Transitions = tuple[Floats, Floats, Floats]
NEVER = np.float32(-1e9)
LEAD = 2.0  # at first; one token in nine leads by less


@cache
def transitions(labels: tuple[str, ...]) -> Transitions:
    """Log-weights (0 or never) of the first tag ``(n,)``, of tag after tag ``(n, n)`` and of the last tag ``(n,)``."""
    first = np.array([0 if tag[0] in "OBU" else NEVER for tag in labels], dtype="f")
    last = np.array([0 if tag[0] in "OLU" else NEVER for tag in labels], dtype="f")
    steps = [[0 if _follows(tag, after) else NEVER for after in labels] for tag in labels]
    return first, np.array(steps, dtype="f"), last


def _follows(tag: str, after: str) -> bool:
    if tag[0] in "OLU":
        return after[0] in "OBU"
    return after[0] in "IL" and tag[2:] == after[2:]


def best_tags(logs: Floats, allowed: Transitions) -> list[int]:
    """The well-formed tag sequence of the highest total log-probability; ``logs`` is ``(tokens, tags)``.

    A token whose likeliest tag leads by more than ``lead`` keeps it, and only what lies between is searched. That finds
    the same as a search over all: whatever gives such a token another tag falls behind the likeliest tags by more than
    ``lead``, and what is found by less. ``slack`` bounds the rounding of both sums; ``lead`` grows until this holds.
    """
    greedy = logs.argmax(axis=1)
    if _is_well_formed(greedy, allowed):
        return [int(tag) for tag in greedy]
    rows = np.arange(len(logs))
    top, others = logs[rows, greedy], logs.copy()
    others[rows, greedy] = -np.inf
    leads, lead = top - others.max(axis=1), LEAD
    while True:
        tags = _search(logs, allowed, greedy, leads <= lead)
        total = float(logs[rows, tags].sum(dtype="d"))
        loss, slack = float(top.sum(dtype="d")) - total, 1e-6 * len(logs) * (lead - total)
        if lead == np.inf or (loss + slack < lead and _is_well_formed(tags, allowed)):
            return [int(tag) for tag in tags]
        lead = 2 * (loss + slack) if _is_well_formed(tags, allowed) else np.inf


def _is_well_formed(tags: Ints, allowed: Transitions) -> bool:
    first, steps, last = allowed
    return bool(first[tags[0]] == 0 and last[tags[-1]] == 0 and not steps[tags[:-1], tags[1:]].any())


def _search(logs: Floats, allowed: Transitions, greedy: Ints, free: NDArray[np.bool_]) -> Ints:
    """The best tags where the tokens that are not free have the greedy ones; sums run from the first token on."""
    first, steps, last = allowed
    tags = greedy.copy()
    top = logs[np.arange(len(logs)), greedy]
    known, total = 0, top[:0]  # the sum over the tags before ``known``, if any
    for begin, end in _runs(free):
        before = np.add.accumulate(np.concatenate([total, top[known:begin]]))[-1:]
        totals = [(before + steps[tags[begin - 1]] if begin else first) + logs[begin]]
        for row in logs[begin + 1 : end]:
            totals.append(np.maximum.reduce(totals[-1][:, None] + steps, axis=0) + row)
        after = steps[:, tags[end]] if end < len(logs) else last
        known, total = end, np.maximum.reduce(totals[-1] + after, keepdims=True)
        for at in range(end - 1, begin - 1, -1):
            tags[at] = (totals[at - begin] + after).argmax()
            after = steps[:, tags[at]]
    return tags


def _runs(free: NDArray[np.bool_]) -> Iterator[tuple[int, int]]:
    """Where the runs of true begin and end."""
    edges = np.flatnonzero(np.diff(free, prepend=False, append=False)).tolist()
    return zip(edges[::2], edges[1::2], strict=True)
