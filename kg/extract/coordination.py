"""Names that a text runs together: "CIFAR-10/100" names CIFAR-10 and CIFAR-100, "image and video generation" two tasks.

A reader marks such a phrase as one mention, and so do `kg extract` and `kg eval`; the tables, of which the graph is
made, get a mention for each name. It stands where its own part of the phrase stands ("100"), and its text is the name
spelt out ("CIFAR-100"). Only patterns that hardly ever mean one thing are taken apart:

- braces: "ImageNet-{A,R,V2,Sketch}";
- versions, sizes and years: "Llama-2-7B/13B", "ResNet-18, -34 and -50", "PASCAL VOC 2007 and 2012";
- two words before one head: "image and video generation", "2D and 3D segmentation", "zero- and few-shot learning".
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from kg.extract.annotate import Annotation
from kg.extract.slots import SLOTS
from kg.records import Mention, Relation, Result

Place = tuple[int, int]
Part = tuple[int, int, str]
ITEM = re.compile(r"\w(?:[\w.+-]*[\w+])?")
NUMBER = r"(?:(?<=[ /-])[A-Za-z])?\d+(?:\.\d+)*[BMK]?"
YEAR = r"(?:199\d|200[1-9]|20[12]\d)"
STEM = r"(?P<stem>[^{}/,;:()\\$^_=\n]{2,60}?)"
NUMBERED = (
    re.compile(rf"{STEM}(?<!\s)\{{(?P<items>[\w.+-]{{1,20}}(?:, ?[\w.+-]{{1,20}})+)\}}(?P<tail>-?\w+)?"),
    re.compile(
        rf"{STEM}(?<=[A-Za-z@ -])(?P<items>{NUMBER}(?:/-?(?:{NUMBER}|L\b))+)"
        r"(?P<tail>-[A-Z][A-Za-z]*|[A-Za-z]{2,})?(?![\w/%]|-\w|[.,]\d)"
    ),
    re.compile(rf"{STEM}(?<=-)(?P<items>{NUMBER}(?:,? (?:and |or )?-{NUMBER})+)(?P<tail>)(?! ?%| p|[\w/-]|[.,]\d)"),
    re.compile(rf"{STEM}(?<=[A-Za-z -])(?P<items>{YEAR}(?:, {YEAR})*,? and {YEAR})(?P<tail>)(?![\w/%-]|[.,]\d)"),
)
MEDIUM = "image|video|audio|speech|text"
WORK = (
    "captioning|classification|compression|detection|editing|enhancement|generation|inpainting|recognition"
    "|reconstruction|restoration|retrieval|segmentation|synthesis|translation|understanding"
)
SHARED = {"shot": "zero|one|few|many", "attention": "self|cross", "policy": "on|off", "supervised": "semi|self|weakly"}
HEADED = (
    re.compile(rf"({MEDIUM}) and ({MEDIUM})( (?:{WORK}))", re.I),
    re.compile(r"([23]D) and ([23]D)( [\w -]+)"),
    *(re.compile(rf"({words})- and ({words})(-{head}\b[\w -]*)", re.I) for head, words in SHARED.items()),
)
# What a text must hold at the least; most hold none of it and are done with.
MARKS = (
    "/", "{", ", -", "- and ", " and -", "D and ", " and 19", " and 20", "mage and ", "ideo and ", "udio and ",
    "peech and ", "ext and ",
)  # fmt: skip


def spelt_out(text: str, found: Annotation) -> Annotation:
    """The annotation of a text with a mention for each name of a coordination, in the order of the text.

    A relation of a coordination is one of each of its names. A number belongs to one of them, and nobody knows to
    which.
    """
    if not any(mark in text for mark in MARKS):
        return found
    mentions: list[Mention] = []
    places: dict[Place, list[Place]] = {}
    end, inner = 0, list[Place]()
    for mention in found.mentions:
        names = parts(text, mention) if mention.start >= end else []
        if names:
            mentions += [replace(mention, start=a, end=b, text=name, expansion=None) for a, b, name in names]
            end, inner = max(mention.end, names[-1][1]), [(a, b) for a, b, _ in names]
        elif mention.start >= end:
            mentions.append(mention)
        if mention.start < end:
            places[mention.start, mention.end] = inner
    if not places:
        return found
    relations = dict.fromkeys(each for relation in found.relations for each in distributed(relation, places))
    return Annotation(tuple(mentions), tuple(relations), tuple(without(result, places) for result in found.results))


def parts(text: str, mention: Mention) -> list[Part]:
    """The names that a mention, or the phrase that it begins, runs together: start, end and the name spelt out.

    Empty where it is one name.
    """
    if mention.type in ("Dataset", "Metric", "Model"):
        for pattern in NUMBERED:
            match = pattern.match(text, mention.start)
            if match and (names := numbered(match, mention)):
                return names
    for pattern in HEADED:
        match = pattern.fullmatch(mention.text)
        if match and match[1].casefold() != match[2].casefold():
            (a, b), (c, _), at = match.span(1), match.span(2), mention.start
            return [(at + a, at + b, match[1] + match[3]), (at + c, mention.end, match[2] + match[3])]
    return []


def numbered(match: re.Match[str], mention: Mention) -> list[Part]:
    """The names of a match; none where its numbers are not of one kind, or the mention does not reach them."""
    items = [item for item in ITEM.finditer(match.string, *match.span("items")) if item[0] not in ("and", "or")]
    stem, written = match["stem"], [item[0] for item in items]
    reached = items[0].end() if stem.endswith(" ") else match.end("stem") - 1
    if mention.end < reached or not any(map(str.isupper, stem)):
        return []
    if match.string[match.end("stem")] != "{" and not (written := alike(written)):
        return []
    after = (match["tail"] or "") + match.string[match.end() : mention.end]
    starts = [match.start(), *(item.start() for item in items[1:])]
    return [(start, item.end(), stem + each + after) for start, item, each in zip(starts, items, written, strict=True)]


def alike(numbers: list[str]) -> list[str]:
    """The numbers with the letter that may stand at the last one only ("13/70B"); none if they are of several kinds,
    or one stands twice.
    """
    *others, last = numbers
    if last[-1].isalpha() and last[:-1] and all(each[-1].isdigit() for each in others):
        numbers = [*(each + last[-1] for each in others), last]
    kinds = {(re.sub(r"[\d.]+", "0", each), bool(re.fullmatch(YEAR, each))) for each in numbers if each != "L"}
    return numbers if len(kinds) == 1 and len({*numbers}) == len(numbers) else []


def distributed(relation: Relation, places: Mapping[Place, list[Place]]) -> list[Relation]:
    """The relation between each name of its head and each of its tail; none within one coordination."""
    head, tail = (relation.head_start, relation.head_end), (relation.tail_start, relation.tail_end)
    heads, tails = places.get(head, [head]), places.get(tail, [tail])
    pairs = [] if heads is tails else [(a, b) for a in heads for b in tails]
    return [replace(relation, head_start=a, head_end=b, tail_start=c, tail_end=d) for (a, b), (c, d) in pairs]


def without(result: Result, places: Mapping[Place, list[Place]]) -> Result:
    """The result, not tied to a coordination."""
    nothing: dict[str, Any] = {}
    for slot in SLOTS:
        if (getattr(result, f"{slot}_start"), getattr(result, f"{slot}_end")) in places:
            nothing |= {f"{slot}_start": None, f"{slot}_end": None}
    return replace(result, **nothing)
