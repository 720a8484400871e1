"""Names that are near one another, by blocks of names that share something and never by all pairs."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from kg.link.abbreviations import HEADS, stem
from kg.link.guard import FUNCTION_WORDS
from kg.names import fold, singular, words

LONG, BLOCK = 12, 50


@dataclass(frozen=True, slots=True)
class Name:
    """What there is to know of an entity here."""

    id: str
    name: str
    papers: int

    @property
    def group(self) -> str:
        return self.id.partition(":")[0]

    @property
    def key(self) -> str:
        return self.id.partition(":")[2]


Pairs = Iterator[tuple[Name, Name]]


def two_types(names: Iterable[Name]) -> Pairs:
    """The same key in two type groups."""
    return _with_commonest(_blocks((name.key, name) for name in names))


def head_words(names: Iterable[Name]) -> Pairs:
    """A name of several words, and the same with a noun like "model" or "framework" behind."""
    spelt = {(name.group, *_words(name.name)): name for name in names}
    for parts, name in spelt.items():
        if len(parts) > 3 and parts[-1] in HEADS and parts[:-1] in spelt:
            yield spelt[parts[:-1]], name


def endings(names: Iterable[Name]) -> Pairs:
    """The same words but for their endings: "robot manipulation", "robotic manipulation"."""
    long = (name for name in names if len(name.name) >= LONG)
    return _with_commonest(
        _blocks((f"{name.group} {stem(name.name)} {_small_words(name.name)}", name) for name in long)
    )


def orders(names: Iterable[Name]) -> Pairs:
    """The same words in another order, with no "to" between them that says which is which."""
    found = ((name, sorted(_words(name.name))) for name in names)
    several = ((name, parts) for name, parts in found if len(parts) > 1 and "to" not in parts)
    return _with_commonest(_blocks((f"{name.group} {parts}", name) for name, parts in several))


def slips(names: Iterable[Name]) -> Pairs:
    """Long names one letter apart: such two share their first half or their second half."""
    halves: list[tuple[str, Name]] = []
    for name in names:
        if len(name.key) >= LONG and name.key.isalpha():
            for cut in {len(name.key) // 2, (len(name.key) - 1) // 2}:
                halves += [(f"{name.group} {name.key[:cut]}-", name), (f"{name.group} -{name.key[-cut:]}", name)]
    for block in _blocks(halves).values():
        pairs = combinations(block, 2) if len(block) <= BLOCK else ()
        yield from (pair for pair in pairs if one_apart(pair[0].key, pair[1].key))


def one_apart(one: str, other: str) -> bool:
    """Whether one letter more, less or other makes one text the other, or two neighbours changed places."""
    short, long = sorted((one, other), key=len)
    start = next((place for place, pair in enumerate(zip(short, long, strict=False)) if pair[0] != pair[1]), len(short))
    if len(short) < len(long):
        return short[start:] == long[start + 1 :]
    swapped = short[:start] + short[start : start + 2][::-1] + short[start + 2 :]
    return short != long and (short[start + 1 :] == long[start + 1 :] or swapped == long)


def _blocks(keyed: Iterable[tuple[str, Name]]) -> dict[str, list[Name]]:
    blocks: dict[str, dict[str, Name]] = defaultdict(dict)
    for key, name in keyed:
        blocks[key][name.id] = name
    return {key: list(block.values()) for key, block in blocks.items() if len(block) > 1}


def _with_commonest(blocks: Mapping[str, list[Name]]) -> Pairs:
    """Each name of a block with the one of most papers."""
    for block in blocks.values():
        first, *others = sorted(block, key=lambda name: (-name.papers, name.id))
        yield from ((first, other) for other in others)


def _words(name: str) -> list[str]:
    return [singular(word.casefold()) for word in words(fold(name))]


def _small_words(name: str) -> list[str]:
    return [word for word in _words(name) if word in FUNCTION_WORDS]
