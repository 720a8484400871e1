"""Spans of a text as it came in that hold whole formulas and groups: ``$k$-means``, not ``k$-means``."""

import re

OPENING = re.compile(r"(?:\\[A-Za-z]+\s*)?\{(?:\\[A-Za-z]+\s+)?\Z")
LONGEST = 40  # characters of a macro and its brace


def whole(raw: str, start: int, end: int) -> tuple[int, int]:
    """The span with the dollar signs, braces and macros that touch it and belong to what it holds."""
    while wider := _wider(raw, start, end):
        start, end = wider
    return start, end


def _wider(raw: str, start: int, end: int) -> tuple[int, int] | None:
    depth = lowest = 0
    for mark in re.findall(r"(?<!\\)[{}]", raw[start:end]):
        depth += 1 if mark == "{" else -1
        lowest = min(lowest, depth)
    if lowest < 0 and (opening := OPENING.search(raw, max(0, start - LONGEST), start)):
        return opening.start(), end
    if depth > lowest and raw[end : end + 1] == "}":
        return start, end + 1
    if len(re.findall(r"(?<!\\)\$", raw[start:end])) % 2:
        if raw.endswith("$", 0, start):
            return start - 1, end
        if raw[end : end + 1] == "$":
            return start, end + 1
    return None
