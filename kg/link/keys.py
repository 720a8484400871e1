"""The distinct names of a corpus and their keys: the step of linking that looks inside names, in plain Python."""

import hashlib
import re

import pyarrow as pa
import pyarrow.compute as pc

from kg.link import known
from kg.link.abbreviations import stem, trim
from kg.link.guard import guard
from kg.names import fold, is_kind, key, singular, words

LONGEST = 80
SHORT = 5
SURFACES = pa.schema([("surface", pa.string()), ("key", pa.string()), ("look", pa.int64()), ("short", pa.bool_())])
ORDINARY, PROPER, ACRONYM, TAGGED = range(4)


def surfaces(mentions: pa.Table) -> pa.Table:
    """Every surface form that is no blank, mentioned or given as an expansion: ``surface, key, look, short``.

    ``short`` says whether it is written as an abbreviation is: two capitals or more, or one and how often it counts
    (S4), and none of a formula's marks.
    """
    texts = pa.chunked_array([*mentions["text"].chunks, *mentions["expansion"].chunks], type=pa.string())
    names = sorted(name for name in pc.unique(texts).to_pylist() if name and name.strip())
    columns = [names, *([make(name) for name in names] for make in (name_key, look, is_short))]
    return pa.table(columns, schema=SURFACES)


def name_key(name: str) -> str:
    """The key of a name as it stands in an id."""
    return slug(key(name))


def is_short(name: str) -> bool:
    capitals = sum(map(str.isupper, name)) > 1 or re.fullmatch("[A-Z][2-5]", name)
    return bool(capitals) and not re.search(r"[_^=]", name)


def look(name: str) -> int:
    """How well a name alone tells what is meant: ordinary words do, a proper name mostly, an acronym may be anything.

    A tagged name says itself what kind of thing it is, though its key does not ("LoRA method").
    """
    found = words(fold(name))
    if len(found) > 1 and is_kind(singular(found[-1]), found[:-1]):
        return TAGGED
    if len(name) <= SHORT:
        return ACRONYM
    ordinary = all(word[1:].islower() or len(word) < 2 for word in found)
    return ORDINARY if ordinary and not re.search(r"\d", name) else PROPER


def expansions(mentions: pa.Table) -> pa.Table:
    """The pairs of abbreviation and long form that may be one thing: ``surface, expansion, spelt, long, stem``.

    ``spelt`` is the part of the expansion that the letters stand for, ``long`` its key.
    """
    rows = mentions.select(["text", "expansion"]).group_by(["text", "expansion"], use_threads=False).aggregate([])
    pairs = zip(rows["text"].to_pylist(), rows["expansion"].to_pylist(), strict=True)
    found = sorted((short, given, trim(short, given)) for short, given in pairs if given)
    kept = [(*row, name_key(row[2]), stem(row[2])) for row in found if guard(row[0], row[2])]
    columns = [[row[column] for row in kept] for column in range(5)]
    return pa.table(columns, schema=_strings("surface", "expansion", "spelt", "long", "stem"))


def homes() -> pa.Table:
    """The type groups that the alias list knows names to belong to: ``name, home``."""
    rows = sorted((slug(name), group) for name, group in known.homes().items())
    return pa.table([[row[column] for row in rows] for column in range(2)], schema=_strings("name", "home"))


def slug(text: str) -> str:
    """A key as it stands in an id: marks and blanks as ``%<code>.``, and a long one cut and told apart by a digest."""
    safe = re.sub(r"[^\w.+*#-]", lambda mark: f"%{ord(mark[0]):x}.", text)
    if len(safe) <= LONGEST:
        return safe
    return f"{safe[: LONGEST - 17]}-{hashlib.blake2b(text.encode(), digest_size=8).hexdigest()}"


def _strings(*names: str) -> pa.Schema:
    return pa.schema([(name, pa.string()) for name in names])
