"""Sentences that say in so many words what a thing comes from: "X builds on Y", "X, a variant of the standard Y"."""

import re
from collections.abc import Sequence

# In the patterns ~ is a space.
VERBS = (
    "extends? generali[sz]es? modif(?:y|ies) improves?~(?:up)?on builds?~(?:up)?on built~(?:(?:up)?on|on~top~of|from)"
)
NOUNS = "adaptation extension generali[sz]ation modification variant version"
PAST = "adapted derived distilled finetuned fine~-~tuned initiali[sz]ed"
CUE = re.compile(
    r"(?:\( \S+ \) |, |(?:which|that|is|are|was|also|directly|further|simply) )*"
    + rf"(?:(?:{VERBS})|(?:an?~)?(?:\S+~)?(?:{NOUNS})~of|(?:{PAST})~from)".replace(" ", "|").replace("~", " ")
    + r"(?: (?:the|an?|existing|recent|popular|standard|classical|original|vanilla|both|and|,|:|[A-Z]+\*?))*"
)
HINTS = frozenset((
    "extends", "extend", "generalizes", "generalises", "generalize", "generalise", "modifies", "modify", "improves",
    "improve", "builds", "build", "built", "adaptation", "extension", "generalization", "generalisation",
    "modification", "variant", "version", "from",
))  # fmt: skip


def is_said(between: Sequence[str]) -> bool:
    """Whether the units between two mentions say that the first comes from the second, or from others and it."""
    if len(between) > 12 or HINTS.isdisjoint(between):
        return False
    return CUE.fullmatch(" ".join(between)) is not None
