"""JSON and JSON lines whose keys say what they hold."""

from collections.abc import Iterator
from itertools import chain, islice

from kg.readers import _fields, _json
from kg.readers._source import Source
from kg.records import Record

DOC = "JSON or JSON lines, one object a paper; keys are guessed or given with --field"


def sniff(head: str) -> int:
    return 20 if head.lstrip().startswith(("{", "[")) else 0


def read(source: Source) -> Iterator[Record]:
    items = _json.objects(source)
    first = list(islice(items, 100)) if source.fields else []
    if first and not _fields.check(source, (key for _, item in first for key in item)):
        return
    for number, item in chain(first, items):
        yield from source.record(number, **_fields.values(item, source.fields))
