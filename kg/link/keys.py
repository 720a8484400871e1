"""The distinct names of a corpus and their keys: the one step of linking that looks inside names, in plain Python."""

import hashlib
import re

import pyarrow as pa
import pyarrow.compute as pc

from kg.names import guard, key

LONGEST = 80


def surfaces(mentions: pa.Table) -> pa.Table:
    """Every surface form that is no blank, mentioned or given as an expansion, with its key: ``surface, key``."""
    texts = pa.chunked_array([*mentions["text"].chunks, *mentions["expansion"].chunks], type=pa.string())
    names = sorted(name for name in pc.unique(texts).to_pylist() if name and name.strip())
    return pa.table({"surface": names, "key": [slug(key(name)) for name in names]}, schema=_strings("surface", "key"))


def expansions(mentions: pa.Table) -> pa.Table:
    """The pairs of abbreviation and long form that may be one thing: ``surface, expansion, long`` (its key)."""
    rows = mentions.select(["text", "expansion"]).group_by(["text", "expansion"], use_threads=False).aggregate([])
    pairs = zip(rows["text"].to_pylist(), rows["expansion"].to_pylist(), strict=True)
    kept = sorted((short, long, slug(key(long))) for short, long in pairs if long and guard(short, long))
    columns = [[row[column] for row in kept] for column in range(3)]
    return pa.table(columns, schema=_strings("surface", "expansion", "long"))


def slug(text: str) -> str:
    """A key as it stands in an id: marks and blanks as ``%<code>.``, and a long one cut and told apart by a digest."""
    safe = re.sub(r"[^\w.+*#-]", lambda mark: f"%{ord(mark[0]):x}.", text)
    if len(safe) <= LONGEST:
        return safe
    return f"{safe[: LONGEST - 17]}-{hashlib.blake2b(text.encode(), digest_size=8).hexdigest()}"


def _strings(*names: str) -> pa.Schema:
    return pa.schema([(name, pa.string()) for name in names])
