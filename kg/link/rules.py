"""Rules that join names whose keys differ; each gives pairs of a name and the name it goes by.

A name here is a type group and a key; what a rule needs to know of a name beyond its key comes as surface forms. None
compares all with all: each looks up what a name would be called otherwise.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping

from kg.link.guard import guard
from kg.link.keys import name_key
from kg.link.known import lines
from kg.names import fold, key, singular, words

Name = tuple[str, str]
Pairs = Iterator[tuple[Name, Name]]
Definition = tuple[str, str, str, int]
"""Type group, key of an abbreviation, key of a long form, number of papers that give the one for the other."""

# Trailing words that say nothing in names of a type, where the rest is a name of that type.
GROUPS = ("dataset", "metric", "system", "task")
HEADS = {
    "dataset": set(),
    "metric": {"metric", "score"},
    "system": {"mechanism", "module", "scheme", "strategy"},
    "task": {"problem", "task"},
}
# The same after a proper name of one word, which no paper writes with a small letter ("Adam optimizer").
AFTER_NAMES = {
    "dataset": {"benchmark", "corpus", "database", "dataset"},
    "metric": set(),
    "system": {"algorithm", "optimizer"},
    "task": set(),
}
_ANY_HEAD = {word for said in (HEADS, AFTER_NAMES) for words in said.values() for word in words}
CERTAIN, SHARE = 10, 0.9
_VERSION = re.compile(r"\d+(\.\d+)*")
_ACRONYM = re.compile(r"[^\W_]*[A-Z][^\W_]*[A-Z][^\W_]*")


def variants(definitions: Iterable[Definition], stems: Mapping[str, str]) -> Pairs:
    """Long forms with one stem go by the commonest of them with which they share an abbreviation."""
    counts: dict[Name, Counter[str]] = defaultdict(Counter)
    shorts: dict[Name, set[str]] = defaultdict(set)
    for group, short, long, n in definitions:
        counts[group, stems[long]][long] += n
        shorts[group, long].add(short)
    for (group, _), longs in counts.items():
        first = min(longs, key=lambda long: (-longs[long], long))
        others = (long for long in longs if shorts[group, long] & shorts[group, first])
        yield from (((group, long), (group, first)) for long in others)


def inside(names: Container[Name], surfaces: Iterable[tuple[str, str]], meanings: Mapping[str, str]) -> Pairs:
    """A name of several words with an abbreviation in it goes by the one that spells it out: "RL agent"."""
    for surface, short in surfaces:
        spelt = _ACRONYM.sub(lambda word: meanings.get(key(word[0]), word[0]), fold(surface))
        if spelt != fold(surface) and (long := name_key(spelt)) != short:
            yield from (((group, short), (group, long)) for group in GROUPS if (group, long) in names)


def abbreviations(
    definitions: Iterable[Definition], stems: Mapping[str, str], texts: Mapping[str, str]
) -> dict[str, str]:
    """What an abbreviation (key) means wherever it stands, spelt out: so says the alias list, or nine papers of ten."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for _, short, long, n in definitions:
        counts[short][long] += n
    found = {}
    for short, longs in counts.items():
        first = min(longs, key=lambda long: (-longs[long], long))
        alike = sum(n for long, n in longs.items() if stems[long] == stems[first])
        if alike >= max(CERTAIN, SHARE * longs.total()):
            found[short] = texts[first]
    return found | listed()


def listed() -> dict[str, str]:
    """The abbreviations of the alias list that mean one thing there whatever the type."""
    longs: dict[str, set[str]] = defaultdict(set)
    for _, (long, *shorts) in lines():
        for short in shorts:
            if _ACRONYM.fullmatch(short) and guard(short, long):
                longs[key(short)].add(long)
    return {short: min(found) for short, found in longs.items() if len(found) == 1}


def orders(names: Mapping[Name, int], surfaces: Iterable[tuple[str, str]]) -> Pairs:
    """A name whose version stands elsewhere after its first word goes by its commonest order: "Claude-4-Sonnet"."""
    found: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for surface, short in surfaces:
        first, *parts = [word.casefold() for word in words(fold(surface))] or [""]
        numbers = [part for part in parts if part[:1].isdigit()]
        if len(numbers) == 1 and _VERSION.fullmatch(numbers[0]) and not any(map(str.isdigit, first)):
            found[first, *(part for part in parts if part != numbers[0]), numbers[0]].add(short)
    for group in GROUPS:
        for shorts in found.values():
            here = sorted((short for short in shorts if (group, short) in names), key=lambda s: (-names[group, s], s))
            yield from (((group, short), (group, here[0])) for short in here[1:])


def heads(names: Mapping[Name, int], surfaces: Iterable[tuple[str, str]]) -> Pairs:
    """A name goes by what it is without its head word, where that is a name of the same type too and no rarer."""
    surfaces = list(surfaces)
    small = {short for surface, short in surfaces if surface[0].islower()}
    spelt = {surface for surface, _ in surfaces}
    for surface, short in surfaces:
        rest, _, last = surface.rpartition(" ")
        word = singular(last.casefold())
        if not rest or word not in _ANY_HEAD or (bare := name_key(rest)) == short:
            continue
        proper = rest in spelt and rest.istitle() and " " not in rest and bare not in small
        for group in GROUPS:
            says_nothing = word in HEADS[group] or (proper and word in AFTER_NAMES[group])
            if says_nothing and names.get((group, bare), 0) >= names.get((group, short), 0) > 0:
                yield (group, short), (group, bare)
