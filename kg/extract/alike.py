"""What the words of two names say of their being one thing: candidates, and features for the model that judges them."""

import re
from collections.abc import Iterator
from functools import lru_cache

from kg.extract.acronyms import WORD
from kg.extract.linear import codes
from kg.extract.reading import shape

NUMBER = re.compile(r"\d+")
ACRONYM = re.compile(r"(?=\w*[A-Z]\w*[A-Z])[A-Za-z0-9-]{2,12}")


@lru_cache(maxsize=50_000)
def are_alike(one: str, other: str) -> bool:
    """Whether two names share the beginning of a word, or one may be short for the other; numbers must be the same."""
    if sorted(NUMBER.findall(one)) != sorted(NUMBER.findall(other)):
        return False
    return not set(stems(one)).isdisjoint(stems(other)) or is_short_for(one, other) or is_short_for(other, one)


@lru_cache(maxsize=50_000)
def stems(text: str) -> tuple[str, ...]:
    """The beginnings of the words of a name, in lower case."""
    return tuple(word[:5] if len(word) > 5 else word.rstrip("s") for word in WORD.findall(text.lower()))


def letters(short: str) -> str:
    return "".join(WORD.findall(short.removesuffix("s").lower()))


def is_short_for(short: str, long: str) -> bool:
    """Whether the letters of an acronym stand in the long name, most of its initials among them."""
    own, words = letters(short), WORD.findall(long.lower())
    if len(words) < 2 or not ACRONYM.fullmatch(short) or own[:1] != words[0][0]:
        return False
    return holds("".join(words), own) and 2 * sum(word[0] in own for word in words) >= len(words)


def holds(text: str, part: str) -> bool:
    """Whether the characters of a part stand in a text in their order."""
    rest = iter(text)
    return all(character in rest for character in part)


@lru_cache(maxsize=50_000)
def relation(long: str, short: str) -> str:
    """How the words of two names lie in each other."""
    a, b = stems(long), stems(short)
    facts = {
        "suffix": a[-len(b) :] == b, "prefix": a[: len(b)] == b, "subset": set(b) <= set(a), "same": a == b,
        "last": long.lower().split()[-1] == short.lower().split()[-1], "last stem": a[-1:] == b[-1:],
        "first": a[:1] == b[:1],
    }  # fmt: skip
    return "+".join(name for name, is_so in facts.items() if is_so)


@lru_cache(maxsize=10_000)
def written_alike(long: str, short: str, type_: str) -> list[int]:
    """The part of the features that depends on two names alone; not to be changed."""
    how, sizes = relation(long, short), (min(5, len(stems(long))), min(5, len(stems(short))))
    found = codes((f"type {type_}", f"sizes {sizes}", f"how {how}", f"how {how} {type_}", *how.split("+")))
    more, less = left_over(long, short), left_over(short, long)
    shared = len(set(stems(long)) & set(stems(short)))
    found += codes((f"shared {shared} {len(more)} {len(less)}", f"shared {shared} of {sizes}"))
    found += codes((*(f"more {word}" for word in more), *(f"less {word}" for word in less)))
    if len(more) == len(less) == 1:
        found += codes((f"instead {more[0]} {less[0]}",))
    if not less:
        found += codes((f"only more {len(more)}", f"only more {more[:1]} {type_}"))
    heads = WORD.findall(long.lower())[-1:], WORD.findall(short.lower())[-1:]
    found += codes((f"shapes {shape(long)} {shape(short)}", f"heads {heads}"))
    found += codes((f"long head {heads[0]} {how}", f"short head {heads[1]} {how}"))
    return [*found, *codes((*of_acronym(short, long, "short"), *of_acronym(long, short, "long")))]


def left_over(name: str, other: str) -> list[str]:
    its = stems(other)
    return [word for word, stem in zip(WORD.findall(name.lower()), stems(name), strict=True) if stem not in its]


def of_acronym(short: str, long: str, which: str) -> Iterator[str]:
    """How the letters of an acronym fit to the initials of the other name."""
    if ACRONYM.fullmatch(short):
        own, initials = letters(short), "".join(word[0] for word in WORD.findall(long.lower()))
        fit = own == initials, holds(long.lower(), own), holds(own, initials), holds(initials, own)
        yield from (f"acronym {which}", f"acronym {which} {fit}", f"acronym {which} first {own[:1] == initials[:1]}")
        yield f"acronym {which} misses {max(-3, min(3, len(own) - len(initials)))}"
