"""The objects in a file of JSON: one a line, or in a list, or in the list that an object holds."""

import codecs
import json
import re
from collections.abc import Callable, Collection, Iterator
from typing import Any

import orjson

from kg.readers import _fields
from kg.readers._source import MAX_LINE, Source
from kg.records import Record

Item = tuple[int, dict[str, Any]]
_BLANK = re.compile(r"[\s,]*")


def records(source: Source, to_fields: Callable[[dict[str, Any]], dict[str, Any]]) -> Iterator[Record]:
    """The records of a file, where ``to_fields`` finds what a record needs in an object of the format's shape."""
    for number, item in objects(source):
        try:
            fields = _fields.normal(to_fields(item))
        except (AttributeError, IndexError, KeyError, TypeError, ValueError) as error:
            source.set_aside(number, f"an object of another shape: {error}")
        else:
            yield from source.record(number, **fields)


def objects(source: Source) -> Iterator[Item]:
    """Each object with its line, or its number in the list; what is none is set aside and the rest goes on."""
    if source.head.lstrip().startswith("["):
        return _list(source)
    return _lines(source) if _is_lines(source.head) else _document(source)


def _is_lines(head: str) -> bool:
    """Whether the first line is an object of its own, be it a broken one."""
    lines = head.lstrip().split("\n", 2)
    if len(lines) == 1 or isinstance(_load(lines[0]), dict):
        return True
    return lines[0].rstrip().endswith("}") or lines[1].startswith("{")


def _lines(source: Source) -> Iterator[Item]:
    for number, line in source.lines():
        if line.strip():
            value = _load(line)
            if isinstance(value, ValueError):
                source.set_aside(number, "not UTF-8" if _is_broken_text(line) else f"broken JSON: {value}")
            else:
                yield from _inner(source, number, value)


def _document(source: Source) -> Iterator[Item]:
    """Objects over several lines, one after the other."""
    text = source.stream.read(MAX_LINE).decode("utf-8", "surrogateescape").removeprefix("\ufeff")
    if source.stream.read(1):
        source.set_aside(1, f"a JSON object longer than {MAX_LINE >> 20} MB; write what it holds one a line")
        return
    at = _skip(text, 0)
    while at < len(text):
        number = text.count("\n", 0, at) + 1
        try:
            value, at = _DECODER.raw_decode(text, at)
        except (ValueError, RecursionError) as error:
            source.set_aside(number, f"broken JSON: {error}; what follows cannot be read")
            return
        yield from _inner(source, number, value)
        at = _skip(text, at)


def _list(source: Source) -> Iterator[Item]:
    """The items of one list, however long: no more than one of them is held."""
    buffer = _Buffer(source)
    buffer.skip("[")
    number = 0
    while not buffer.skip("]"):
        number += 1
        try:
            value = buffer.item()
        except (ValueError, RecursionError) as error:
            source.set_aside(number, f"broken JSON: {error}; what follows cannot be read")
            return
        yield from _inner(source, number, value)


class _Buffer:
    """The text of a source, as much of it as the next item needs."""

    def __init__(self, source: Source) -> None:
        self.stream, self.decode = source.stream, codecs.getincrementaldecoder("utf-8-sig")("surrogateescape").decode
        self.text, self.at, self.is_whole = "", 0, False

    def skip(self, sign: str) -> bool:
        """Move past blanks and commas, and past the sign where it is next."""
        while (at := _skip(self.text, self.at)) == len(self.text) and not self.is_whole:
            self.more()
        self.at = at + self.text.startswith(sign, at)
        return self.at > at

    def more(self) -> None:
        part = self.stream.read(max(len(self.text) - self.at, 1 << 16))
        self.is_whole = not part
        self.text = self.text[self.at :] + self.decode(part, final=self.is_whole)
        self.at = 0

    def item(self) -> Any:
        while True:
            try:
                value, end = _DECODER.raw_decode(self.text, self.at)
                if end < len(self.text) or self.is_whole:
                    self.at = end
                    return value
            except ValueError as error:
                if self.is_whole:
                    raise ValueError("the list is cut off" if self.at == len(self.text) else str(error)) from None
            if len(self.text) - self.at > MAX_LINE:
                raise ValueError(f"no end of the item within {MAX_LINE >> 20} MB")
            self.more()


_DECODER = json.JSONDecoder()


def _skip(text: str, at: int) -> int:
    blank = _BLANK.match(text, at)
    return blank.end() if blank else at


def _load(text: str) -> Any:
    """The value of a text, or the ValueError that says why there is none."""
    try:
        return orjson.loads(text)
    except ValueError:
        try:  # slower, but takes NaN and halves of surrogate pairs, which many files hold
            return json.loads(text)
        except ValueError as error:
            return error
        except RecursionError:
            return ValueError("nested too deep")


def _is_broken_text(line: str) -> bool:
    return any("\udc80" <= letter <= "\udcff" for letter in line)


def _inner(source: Source, number: int, value: Any) -> Iterator[Item]:
    """The object itself, or the objects it only wraps: ``{"results": [...]}``, ``{"id 1": {...}, ...}``."""
    if not isinstance(value, dict):
        source.set_aside(number, f"a JSON {type(value).__name__} where an object is expected")
        return
    lists: list[list[Any]] = [inner for inner in value.values() if isinstance(inner, list) and _are_objects(inner)]
    if any("title" in key.lower() or "abstract" in key.lower() for key in value):
        yield number, value
    elif lists:
        yield from enumerate(sorted(lists, key=len)[-1], start=1)
    elif len(value) > 1 and _are_objects(value.values()):
        for place, (key, item) in enumerate(value.items(), start=1):
            yield place, {"id": key, **item}
    else:
        yield number, value


def _are_objects(values: Collection[Any]) -> bool:
    return bool(values) and all(isinstance(value, dict) for value in values)
