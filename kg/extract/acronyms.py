"""Short forms that a paper never defines in brackets, though its other names spell them out: "RL" beside "reinforcement
learning", "event-centric QA" beside "event-centric question answering".
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from kg.names import KINDS, NOUNS, fold, key, singular

WORD = re.compile(r"[^\W_]+")
ACRONYM = re.compile(r"\b(?=\w*[A-Z]\w*[A-Z]|[A-Z][2-9]\b)[A-Z0-9][A-Za-z0-9]{1,7}\b")
HYPHEN = re.compile(r"(?<=[A-Z])-(?=[A-Z])")
SMALL = frozenset(("a", "an", "and", "based", "by", "for", "from", "in", "of", "on", "the", "to", "via", "with"))
TAIL = KINDS | NOUNS
WITHIN = re.compile(r"(?<=[a-z])[24](?=[a-z])")  # to, for
# A digit may count the letter before it (A3C: asynchronous advantage actor-critic) or after it (O3D).
COUNTS = re.compile(r"([a-z])([2-5])(?!\d)"), re.compile(r"(?<!\d)([2-5])([a-z])")


def spelled_out(names: Iterable[str]) -> dict[str, str]:
    """Name -> the one other name of the paper that spells it out; names of which there are two are left alone."""
    names = list(dict.fromkeys(names))
    found = {}
    for short in names:
        if ACRONYM.search(short):
            longs = [long for long in names if len(long) > len(short) and spells(short, long)]
            if longs and len({key(long) for long in longs}) == 1:
                found[short] = longs[0]
    return found


@lru_cache(maxsize=10_000)
def spells(short: str, long: str) -> bool:
    """Whether the long name is the short one with acronyms written out, each as two words or more."""
    joined = long.replace("-", "") if len(short) > 2 else long  # multi-label may give one letter only
    return any(
        _matches(_words(text), _words(whole), 0)
        for text in dict.fromkeys((short, HYPHEN.sub("", short)))
        for whole in dict.fromkeys((long, joined))
    )


@lru_cache(maxsize=10_000)
def _words(name: str) -> tuple[str, ...]:
    return tuple(singular(word) for word in WORD.findall(fold(name)))


def _matches(short: Sequence[str], long: Sequence[str], spelled: int) -> bool:
    if not short or not long:
        return bool(spelled) and all(word.casefold() in TAIL for word in (*short, *long))
    word = short[0]
    if word.casefold() == long[0].casefold() and _matches(short[1:], long[1:], spelled):
        return True
    if not ACRONYM.fullmatch(word):
        return False
    return any(
        _is_acronym(letters, [other.casefold() for other in long[:size]])
        and _matches(short[1:], long[size:], spelled + 1)
        for letters, _ in readings(word)
        for size in range(2, min(len(long), len(letters) + 3) + 1)
    )


@lru_cache(maxsize=10_000)
def readings(short: str) -> list[tuple[str, bool]]:
    """The letters that an acronym may stand for, in lower case, and whether all must be initials.

    As it is written; with the first letter of cross or ex (extreme, explainable) for an X that it begins with; with its
    digits as words or counts.
    """
    letters = short.casefold()
    if letters[:1] == "x":
        return [(letters, False), (f"e{letters[1:]}", False), (f"c{letters[1:]}", False)]
    spoken = WITHIN.sub(lambda digit: "tf"[digit[0] == "4"], letters)
    counts = (
        pattern.sub(lambda m: m[1] * int(m[2]) if m[2].isdigit() else m[2] * int(m[1]), letters) for pattern in COUNTS
    )
    return [
        (letters, False),
        *((other, True) for other in dict.fromkeys((spoken, *counts)) if len(other) > 2 and other != letters),
    ]


def _is_acronym(letters: str, words: Sequence[str]) -> bool:
    """Whether the words make the letters; two letters are the initials of two words."""
    if len(letters) == 2:
        return [word[0] for word in words] == list(letters)
    return words[0] not in SMALL and _make(letters, words, len(letters) - 2)


def _make(letters: str, words: Sequence[str], most: int) -> bool:
    """Whether beginnings of the words, up to ``most`` letters of each, make the letters; small words may give none."""
    if not words:
        return not letters
    word, rest = words[0], words[1:]
    if word in SMALL and _make(letters, rest, most):
        return True
    if word == "into" and letters.startswith("t") and _make(letters[1:], rest, most):
        return True
    return any(
        word.startswith(letters[:size]) and _make(letters[size:], rest, most)
        for size in range(1, min(most, len(letters), len(word)) + 1)
    )
