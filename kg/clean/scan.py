"""Which brace of a text closes which, and what stands in formulas."""

import re
from bisect import bisect_right
from collections.abc import Iterator

Edit = tuple[int, int, str]
"""Replace ``text[start:end]`` by the string."""

WRAPPED = re.compile(r"\\[A-Za-z]+(?:\{([^{}]*)\})?")
_PAIRED = re.compile(r"\\.|\$\$?|[{}]", re.S)
_PROSE = re.compile(r"[A-Za-z]{2,}[,;.]?\s+[A-Za-z]{2,}")
_ARGUMENT = re.compile(r"\*?(?:\[[^][{}]{0,80}\])*(?=\{)")
_LONG = 100
_LONGEST_FORMULA = 1000
_SIMPLE = re.compile(r"[+−-]?[\w.*]*|\d+[:-]\d+")


class Scan:
    """A text with what closes what.

    ``closing`` leads from an opening brace to the one that closes it; ``formulas`` holds start and end of the opening,
    start and end of the closing dollar sign of each.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.closing: dict[int, int] = {}
        opened: list[int] = []
        dollars: list[tuple[int, int]] = []
        for found in _PAIRED.finditer(text):
            if found[0] == "{":
                opened.append(found.start())
            elif found[0] == "}" and opened:
                self.closing[opened.pop()] = found.start()
            elif found[0][0] == "$":
                dollars.append(found.span())
        self.formulas = list(_pairs(text, dollars))

    def in_maths(self, at: int) -> bool:
        """Whether a place lies in a formula."""
        before = bisect_right(self.formulas, at, key=lambda formula: formula[0]) - 1
        return before >= 0 and at < self.formulas[before][3]

    def argument(self, end: int) -> int:
        """Where the argument of a macro that ends here opens, past ``*`` and ``[options]``; -1 when it has none."""
        found = _ARGUMENT.match(self.text, end)
        return found.end() if found and found.end() in self.closing else -1

    def group(self, brace: int, *, round_if_long: bool = False, before: str = "") -> Iterator[Edit]:
        """Drop the braces of a group, or make them round where it would read otherwise; nothing when brace is -1."""
        if brace < 0:
            return
        last = self.closing[brace]
        is_round = round_if_long and (last - brace > _LONG or not is_simple(self.text[brace + 1 : last]))
        yield brace, brace + 1, before + "(" * is_round
        yield last, last + 1, ")" * is_round


def is_simple(content: str) -> bool:
    """Whether a group is one number or word, so that it reads the same without brackets."""
    return _SIMPLE.fullmatch(WRAPPED.sub(lambda macro: macro[1] or "x", content)) is not None


def is_maths(content: str, after: str) -> bool:
    """Whether the text between two dollar signs is a formula and not what lies between two prices.

    A formula has no run of plain words in it. Without any mark of TeX it must also touch both signs, and no digit may
    follow the second (the rule of Pandoc's Markdown).
    """
    if not content.strip() or len(content) > _LONGEST_FORMULA or _PROSE.search(WRAPPED.sub("", content)):
        return False
    if re.search(r"[\\^_{}]", content) or re.fullmatch(r"\s+[^\W\d_]\s+|[^\w\s]+", content):
        return True
    return not content[0].isspace() and not content[-1].isspace() and not after.isdigit()


def _pairs(text: str, dollars: list[tuple[int, int]]) -> Iterator[tuple[int, int, int, int]]:
    at = 0
    while at + 1 < len(dollars):
        (_, start), (end, after) = dollars[at], dollars[at + 1]
        is_pair = is_maths(text[start:end], text[after : after + 1])
        if is_pair:
            yield *dollars[at], *dollars[at + 1]
        at += 2 if is_pair else 1
