"""An annotated paper as one JSON record, in the shape that gold annotations have: entities with forms and offsets.

``{id, title, abstract, year, venue, entities: [{type, name, forms, proposed, optional, score, mentions: [[start, end],
…]}], relations: [[head index, type, tail index], …], relation_scores: […], results: [{subject, dataset, metric, value,
…}]}``; offsets count characters of ``title + "\\n" + abstract`` as they came in. A name is cleaned of TeX; its
forms hold it as it came in, too.
"""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from kg.clean import Cleaned
from kg.clean.whole import whole
from kg.extract.annotate import Annotation
from kg.names import group
from kg.papers import normal_date
from kg.records import Mention, Record

Offsets = tuple[int, int]


def to_record(source: Record, id: str, cleaned: Cleaned, annotation: Annotation) -> dict[str, Any]:
    """One record; ``cleaned`` leads from offsets in the cleaned text back to the text as it came in."""
    groups = grouped(annotation.mentions)
    raw = f"{source.title}\n{source.abstract}"
    index = {(m.start, m.end): place for place, mentions in enumerate(groups) for m in mentions}
    relations = {
        (index[r.head_start, r.head_end], r.type, index[r.tail_start, r.tail_end]): r.score
        for r in annotation.relations
    }
    date = normal_date(source.date)
    return {
        "id": id,
        "title": source.title,
        "abstract": source.abstract,
        "year": int(date[:4]) if date else None,
        "venue": source.venue,
        "entities": [to_entity(mentions, cleaned, raw) for mentions in groups],
        "relations": [list(triple) for triple in relations],
        "relation_scores": list(relations.values()),
        "results": [
            {
                "subject": place(index, item.subject_start, item.subject_end),
                "dataset": place(index, item.dataset_start, item.dataset_end),
                "metric": place(index, item.metric_start, item.metric_end),
                "value": item.value, "unit": item.unit, "kind": item.kind, "score": item.score,
            }
            for item in annotation.results
        ],
    }  # fmt: skip


def grouped(mentions: Sequence[Mention]) -> list[list[Mention]]:
    """Mentions of one thing together: the same normalised name, a short form with the long form it stands for, or what
    the paper uses as another name.
    """
    groups: dict[str, list[Mention]] = defaultdict(list)
    for name, mention in zip(group((m.text, m.expansion, m.same_as) for m in mentions), mentions, strict=True):
        groups[name].append(mention)
    return list(groups.values())


def to_entity(mentions: list[Mention], cleaned: Cleaned, raw: str) -> dict[str, Any]:
    """One entity from its mentions, which are of one type."""
    spans = [list(whole(raw, *cleaned.to_raw(mention.start, mention.end))) for mention in mentions]
    texts = [mention.text for mention in mentions]
    forms = list(dict.fromkeys([*texts, *(raw[start:end] for start, end in spans)]))
    return {
        "type": mentions[0].type,
        "name": forms[0],
        "forms": forms,
        "proposed": any(mention.role == "proposed" for mention in mentions),
        "optional": False,
        "score": max(mention.score for mention in mentions),
        "mentions": spans,
    }


def place(index: dict[Offsets, int], start: int | None, end: int | None) -> int | None:
    return None if start is None or end is None else index[start, end]
