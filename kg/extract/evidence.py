"""Which mentions, and which sentence, say best that two names of a paper are related."""

import math
from functools import lru_cache

from spacy.tokens import Doc

from kg.extract import pairs
from kg.extract.attributes import SPANS
from kg.extract.linear import Linear, buckets
from kg.extract.reading import Name, Reading, name_words
from kg.names import singular

# A sentence that names both and makes the relation less than three times as likely says less than a name that tells;
# the relations that a name can tell.
TELLING = math.log(3)
TOLD = frozenset(("BASED_ON", "IS_A", "SUBTASK_OF", "USES"))
Stated = tuple[int, int, int]


def stated(doc: Doc, reading: Reading, model: Linear, head: Name, type_: str, tail: Name) -> Stated:
    """A mention of the head, one of the tail, and which of the two stands in the sentence that says so (by index).

    The sentence that speaks most for it, of those that name both; where none says much, that of a head that names the
    tail in itself ("multi-task GRPO"); else one of the mentions that stand nearest.
    """
    together = pairs.meetings(reading, head, tail)
    odds = said(reading, model, together, pairs.state(head, tail), type_)
    if type_ in TOLD and max(odds, default=0.0) < TELLING:
        told = telling(doc, reading, head, tail)
        if told is not None:
            return told, nearest(reading, [told], tail.mentions)[1], told
    first, second = together[odds.index(max(odds))] if odds else nearest(reading, head.mentions, tail.mentions)
    return first, second, first if tail.proposed and not head.proposed else second


def said(reading: Reading, model: Linear, together: list[tuple[int, int]], state: str, type_: str) -> list[float]:
    """By how much each sentence that names both raises the log-odds of the relation."""
    label = model.labels.index(type_)
    sums = model.sums([buckets(pairs.of_meeting(reading, *meeting, state), model.size) for meeting in together])
    found: list[float] = (sums[:, label] * model.scale[label]).tolist()
    return found


def telling(doc: Doc, reading: Reading, head: Name, tail: Name) -> int | None:
    """The first mention of the head, in the abstract if there is one, whose words hold all words of the tail."""
    spans = list(doc.spans[SPANS])
    tails = {plain(spans[index].text) for index in tail.mentions}
    heads = ((index, plain(spans[index].text)) for index in head.mentions)
    found = [index for index, words in heads if any(each in words and each != words for each in tails)]
    return min(found, key=lambda index: reading.mentions[index].sentence < reading.title, default=None)


@lru_cache(maxsize=10_000)
def plain(name: str) -> str:
    """The words of a name in the singular, between blanks."""
    return f" {' '.join(map(singular, name_words(name)))} "


def nearest(reading: Reading, heads: list[int], tails: list[int]) -> tuple[int, int]:
    """The two mentions with the fewest sentences between them."""
    at = reading.mentions
    return min(
        ((h, t) for h in heads for t in tails), key=lambda both: abs(at[both[0]].sentence - at[both[1]].sentence)
    )
