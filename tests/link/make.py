"""Paper tables from marked texts, so that a test reads like the abstract it is about.

``[Model* LoRA|low-rank adaptation] beats [Method fine-tuning].`` holds two mentions; ``*`` says proposed, the text
behind the bar is the long form that the paper gives. The first sentence is the title, a full stop ends a sentence.
"""

import re
from collections.abc import Iterable

import pyarrow as pa

from kg.records import Mention, Paper, Relation, Result
from kg.store.tables import to_table

MARK = re.compile(r"\[(?P<type>\w+)(?P<new>\*?)(?:@(?P<score>[\d.]+))? (?P<text>[^|\]]*)(?:\|(?P<long>[^\]]*))?\]")
Said = tuple[str, str, str, str]


def paper(number: str, marked: str, date: str | None = None) -> tuple[Paper, list[Mention]]:
    """A paper and its mentions."""
    parts, mentions, last, size = [], [], 0, 0
    for match in MARK.finditer(marked):
        parts += [marked[last : match.start()], match["text"]]
        size += match.start() - last
        mentions.append((size, size + len(match["text"]), match))
        size, last = size + len(match["text"]), match.end()
    text = "".join([*parts, marked[last:]])
    title, _, abstract = text.partition(". ")
    row = Paper(number, title.removesuffix(".") + ".", abstract, date, (), None, None, "test", number)
    ends = [match.end() for match in re.finditer(r"\.(?= |\n|$)", row.text)] or [len(row.text)]
    return row, [_mention(row, start, end, match, ends) for start, end, match in mentions]


def _mention(row: Paper, start: int, end: int, match: re.Match[str], ends: list[int]) -> Mention:
    last = next((stop for stop in ends if stop >= end), len(row.text))
    first = max((stop + 1 for stop in ends if stop < end), default=0)
    role, score = "proposed" if match["new"] else None, float(match["score"] or 0.9)
    return Mention(row.id, start, end, match["text"], match["type"], score, first, last, role, match["long"], "test")


def tables(
    *papers: tuple[Paper, list[Mention]], said: Iterable[Said] = (), results: Iterable[Result] = ()
) -> dict[str, pa.Table]:
    """The four paper tables; ``said`` are (paper, head text, relation, tail text) between first mentions."""
    mentions = [mention for _, found in papers for mention in found]
    return {
        "papers": to_table(Paper, [row for row, _ in papers]),
        "mentions": to_table(Mention, mentions),
        "relations": to_table(Relation, [relation(mentions, *words) for words in said]),
        "results": to_table(Result, results),
    }


def relation(mentions: list[Mention], number: str, head: str, kind: str, tail: str, score: float = 0.8) -> Relation:
    """What a paper says of the first mentions of two names, in the sentence of the first."""
    one, other = (next(m for m in mentions if m.paper == number and m.text == text) for text in (head, tail))
    spans = one.start, one.end, kind, other.start, other.end, one.sentence_start, one.sentence_end
    return Relation(number, *spans, score, "test")


def rows(table: pa.Table, *columns: str) -> list[tuple[object, ...]]:
    """The rows as tuples of some columns."""
    return list(zip(*(table[column].to_pylist() for column in columns), strict=True))
