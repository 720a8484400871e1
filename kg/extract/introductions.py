"""What a paper says of a name that it may introduce, as features."""

import re
from collections.abc import Sequence
from functools import lru_cache

from kg.extract.linear import code, codes, extended
from kg.extract.reading import MARKS, Mention, Name, Reading, around, name_words, shape, window

VERBS = re.compile(
    "propos|present|introduc|develop|design|describ|devis|construct|creat|buil[dt]|releas|call|nam|term|dub|formulat|coin"
    "|collect|contribut|provid|offer|implement|explor|investigat|stud[yi]|us[ei]|bas|compar|evaluat|outperform|appl[yi]"
    "|extend|improv|combin|consist|contain|includ|compris|achiev|show|train|learn|adopt|employ|leverag|integrat|enabl"
)
SMALL = frozenset(("and", "as", "at", "by", "for", "from", "in", "into", "of", "on", "or", "over", "than", "that", "to",
                   "which", "with", "via", "when", "while", ",", ":", "(", "-"))  # fmt: skip
OWN = frozenset(("we", "our", "paper", "work", "article", "study"))


def features(reading: Reading, name: Name) -> list[int]:
    """What speaks for or against a name being the paper's own, over all its mentions, as codes."""
    mentions = [reading.mentions[index] for index in name.mentions]
    bodies = [mention for mention in mentions if mention.sentence >= reading.title]
    titled = "titled" if mentions[0].sentence < reading.title else "untitled"
    form, words = shape(name.text), name_words(name.text)
    found = codes((
        f"type {name.type}", f"{titled} {name.type}", f"{titled} mentions {min(len(mentions), 5)}",
        f"{titled} shape {form}", f"shape {form} {name.type}", f"last {words[-1]}",
    ))  # fmt: skip
    found += codes(words, WORD)
    for mention in mentions:
        found += context(reading, mention, titled)
    if not bodies:
        return [*found, code(f"title only {name.type} {form}")]
    first = bodies[0].sentence
    found += codes((
        f"{titled} first {min(first - reading.title, 6)}", f"{titled} first {name.type} {reading.part(first)}",
        f"{titled} sentences {min(len({mention.sentence for mention in bodies}), 4)}",
    ))  # fmt: skip
    return found + context(reading, bodies[0], titled, FIRST)


def context(reading: Reading, mention: Mention, titled: str, before: int = 0) -> list[int]:
    """The units around a mention, and the words near it; ``before`` is the code of what the features begin with."""
    units, at = reading.sentences[mention.sentence], mention.at
    place = "title " if mention.sentence < reading.title else "body "
    left, right = window(units, at, at + 1)[2:4]
    here, there = code(place, before), code(f"{titled} {place}", before)
    found = codes(around(units, at, at + 1), here)
    found += codes((f"{left} _ {right} {mention.type}", f"at {min(at, 3)}", f"at {min(at, 3)} {right}"), here)
    near = units[max(0, at - 10) : at]
    found += codes(near, code("before ", here))
    found += extended(codes(near, code("before ", there)), f" {mention.type}")
    found += codes(units[at + 1 : at + 7], code("after ", here))
    own = "own" * (not OWN.isdisjoint(units[:at]))
    if own:
        found.append(code("own", there))
    verb, names, word = since(units, at)
    found += codes((f"{verb} {own}", f"{verb} {names}", f"{verb} {names} {word}", f"{verb} {names} {word} {own}"), here)
    return found


def since(units: Sequence[str], at: int) -> tuple[str, int, str]:
    """The last verb of ``VERBS`` before a unit; how many names, up to 2, and which small word last, stand between."""
    names, last = 0, ""
    for unit in reversed(units[:at]):
        if unit in MARKS:
            names += 1
        elif verb := verb_of(unit):
            return verb, min(2, names), last
        elif not last and unit in SMALL:
            last = unit
    return "", min(2, names), last


@lru_cache(maxsize=50_000)
def verb_of(word: str) -> str:
    found = VERBS.match(word)
    return found[0] if found else ""


WORD, FIRST = codes(("word ", "1st "))
