"""Numbers in running text, with their units: where they stand, and what they are worth.

A range ("2-5%", "8% to 20%"), a tolerance ("0.91 ± 0.02") and a pair ("86.1/72.3") are one number; "from 71% to 85%" is
two. Digits inside a name ("GPT-4", "top-1", "mAP@50", "v2") are none.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_DIGITS = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|\.\d+"
_UNIT = (
    r"\$?\s?(?:(?:\\?%|percent(?:age)?\b|per\s?cent\b|‰|°)(?:[ -]?(?:points?|pts?)\b)?|"
    r"\$?\\times\b\$?|[x×X](?!\w)|times\b|[- ]?fold\b|(?:absolute |relative )?(?:pp|pts?|points?|bps)\b|"
    r"(?:[kKMGTP]i?B|[kMGT]?Hz|[kMG]?W|[TGMK]?FLOPs?|dB|ms|μs|us|ns|fps|FPS|s|sec|secs|seconds?|minutes?|mins?|hours?|hrs?|"
    r"days?|mm|cm|km|m|degrees?|bits?|bpp|bpd|nats?|tokens/s|mW|mJ|J|eV|meV|kcal/mol)\b)"
)
_JOIN = r"\s?(?:--?|–|—|~|±|\+/-|\\pm|\$\\pm\$|\\sim|/)\s?"
NUMBER = re.compile(
    rf"(?<![\w.,])(?<![A-Za-z)][-_@^/])(?P<first>{_DIGITS})(?P<unit>{_UNIT})?"
    rf"(?:(?:{_JOIN}|\s?to\s)(?P<second>{_DIGITS})(?P<last>{_UNIT})?)?"
)
_FROM = re.compile(r"\b(?:from|between)\s*$", re.IGNORECASE)
_FACTOR = frozenset(("x", "×", "times", "fold"))


@dataclass(frozen=True, slots=True)
class Number:
    """A number at characters ``[start, end)``: ``value`` is that text, ``number`` its first figure."""

    start: int
    end: int
    value: str
    number: float
    unit: str | None

    @property
    def is_factor(self) -> bool:
        return self.unit in _FACTOR


def find_numbers(text: str) -> Iterator[Number]:
    """The numbers of a text from left to right; they do not overlap."""
    at = 0
    while match := NUMBER.search(text, at):
        second = match["second"] and not (
            _is_from(text, match) and " to" in text[match.end("first") : match.start("second")]
        )
        unit = (match["last"] if second else None) or match["unit"]
        end = match.end() if second else match.end("unit") if match["unit"] else match.end("first")
        yield Number(match.start(), end, text[match.start() : end], float(match["first"].replace(",", "")), _unit(unit))
        at = end


def _is_from(text: str, match: "re.Match[str]") -> bool:
    return bool(_FROM.search(text[max(0, match.start() - 12) : match.start()]))


def _unit(raw: str | None) -> str | None:
    """A unit without mark-up: ``\\%`` is ``%``, ``$\\times$`` and ``X`` are ``x``."""
    if raw is None:
        return None
    unit = re.sub(r"[\\$]", "", raw).strip(" -")
    return {"times": "x" if "\\" in raw else "times", "X": "x"}.get(unit, unit)
