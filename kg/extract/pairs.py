"""What speaks for a relation between two names of a paper: features of each end alone, and of the two together."""

from collections.abc import Iterator
from functools import cache

from kg.extract.descent import is_said
from kg.extract.linear import code, codes, extended
from kg.extract.reading import MARKS, Name, Reading, around, name_words


def of_end(reading: Reading, name: Name) -> list[int]:
    """Features of one end, as codes: what it is called, where it stands, and the words around its mentions."""
    mentions = [reading.mentions[index] for index in name.mentions]
    in_title = mentions[0].sentence < reading.title
    own = f"{name.type}{'*' * name.proposed}{'t' * in_title}"
    words = name_words(name.text)
    found = codes((
        f"is {own}", f"count {min(len(mentions), 4)} {own}", f"name {' '.join(words)}",
        f"first {words[0]}", f"last {words[-1]}",
        f"starts {reading.part(mentions[0].sentence)} {own}", f"ends {reading.part(mentions[-1].sentence)} {own}",
    ))  # fmt: skip
    for mention in mentions:
        units, at = reading.sentences[mention.sentence], mention.at
        found += codes(around(units, at, at + 1))
        found.append(code(f"part {reading.part(mention.sentence)}"))
        found += codes(units[max(0, at - 8) : at], BEFORE)
        found += codes(units[at + 1 : at + 6], AFTER)
    return found


def state(head: Name, tail: Name) -> str:
    """The types of both ends, with a star for what the paper proposes."""
    return f"{head.type}{'*' * head.proposed}>{tail.type}{'*' * tail.proposed}"


def of_pair(reading: Reading, head: Name, tail: Name) -> list[int]:
    """Features of the two ends together, as codes: their names, and every sentence where they meet."""
    own = state(head, tail)
    titled = [reading.mentions[name.mentions[0]].sentence < reading.title for name in (head, tail)]
    found = [*of_state(own, *titled)]
    found += codes(of_names(name_words(head.text), name_words(tail.text)))
    together = meetings(reading, head, tail)
    if together:
        found.append(code(f"meetings {min(3, len(together))}"))
        for meeting in together:
            found += of_meeting(reading, *meeting, own)
        return found
    at = reading.mentions
    gaps = (at[t].sentence - at[h].sentence for h in head.mentions for t in tail.mentions)
    gap = max(-4, min(4, min(gaps, key=abs)))
    return found + of_gap(gap, own)


@cache
def of_state(own: str, head_titled: bool, tail_titled: bool) -> list[int]:
    return codes((f"pair {own}", f"titles {head_titled} {tail_titled} {own}"))


@cache
def of_gap(gap: int, own: str) -> list[int]:
    return codes((f"gap {gap}", f"gap {gap} {own}"))


def of_names(head: list[str], tail: list[str]) -> Iterator[str]:
    """How the words of two names overlap: "graph attention networks" are "networks"."""
    shared = set(head).intersection(tail)
    if not shared:
        return
    yield f"share {len(shared)}"
    if head[-1] == tail[-1]:
        yield "same last word"
    if len(head) > len(tail) and head[-len(tail) :] == tail:
        yield "head ends as tail"
    if len(tail) > len(head) and tail[-len(head) :] == head:
        yield "tail ends as head"
    if len(head) > len(tail) and head[: len(tail)] == tail:
        yield "head starts as tail"


def meetings(reading: Reading, head: Name, tail: Name) -> list[tuple[int, int]]:
    """For every sentence that names both, in order: the two mentions (by index) that stand nearest to each other."""
    nearest: dict[int, tuple[int, int, int]] = {}
    for h in head.mentions:
        for t in tail.mentions:
            a, b = reading.mentions[h], reading.mentions[t]
            if a.sentence == b.sentence and a.at != b.at:
                found = (abs(a.at - b.at), h, t)
                nearest[a.sentence] = min(found, nearest.get(a.sentence, found))
    return [(h, t) for _, (_, h, t) in sorted(nearest.items())]


def of_meeting(reading: Reading, head: int, tail: int, own: str) -> list[int]:
    """Features of a sentence that names both ends, as codes: order, distance, the words between and beside."""
    a, b = reading.mentions[head], reading.mentions[tail]
    units = reading.sentences[a.sentence]
    order = ("title " if a.sentence < reading.title else "") + ("ht" if a.at < b.at else "th")
    first, second = min(a.at, b.at), max(a.at, b.at)
    between = units[first + 1 : second]
    names, length = min(4, sum(map(MARKS.__contains__, between))), len(between)
    found = codes((
        f"order {order} {own}", f"names {order} {names}", f"names {order} {names} {own}",
        f"distance {order} {length if length < 4 else 4 + min(5, length // 4)}",
        f"left {order} {units[first - 1] if first else '<s>'}",
        f"right {order} {units[second + 1] if second + 1 < len(units) else '</s>'}",
    ))  # fmt: skip
    if order == "ht" and is_said(between):
        found += codes(("descends", f"descends {own}"))
    if length < 6:
        found.append(code(f"path {order} {' '.join(between)}"))
    if between:
        found.append(code(f"ends {order} {between[0]} {between[-1]}"))
    single = codes(between, code(f"between {order} "))
    found += single + extended(single, f" {names}")
    found += [code(f" {after}", word) for word, after in zip(single, between[1:], strict=False)]
    found += codes(units[max(0, first - 5) : first], code(f"before {order} "))
    found += codes(units[second + 1 : second + 4], code(f"after {order} "))
    return found


BEFORE, AFTER = codes(("before ", "after "))
