"""The distinct names of a corpus and their keys; the only step of linking that looks inside a name, and no expression."""

import hashlib

import pyarrow as pa
import pyarrow.compute as pc

from kg.names import guard, key

LONGEST = 80


def surfaces(mentions: pa.Table) -> pa.Table:
    """Every surface form that is no blank, mentioned or given as an expansion, with its key: ``surface, key``."""
    texts = pa.chunked_array([*mentions["text"].chunks, *mentions["expansion"].chunks], type=pa.string())
    names = sorted(name for name in pc.unique(texts).to_pylist() if name and name.strip())
    return pa.table(
        {"surface": names, "key": [bounded(key(name)) for name in names]}, schema=_strings("surface", "key")
    )


def expansions(mentions: pa.Table) -> pa.Table:
    """The pairs of abbreviation and long form that may name one thing: ``surface, expansion, long`` (the key of the latter).

    Pairs whose versions differ and pairs that share their key anyway are left out.
    """
    rows = mentions.select(["text", "expansion"]).group_by(["text", "expansion"], use_threads=False).aggregate([])
    pairs = sorted(
        (short, long) for short, long in zip(*rows.to_pydict().values(), strict=True) if long and long.strip()
    )
    kept = [
        (short, long, bounded(key(long))) for short, long in pairs if key(short) != key(long) and guard(short, long)
    ]
    columns = [[row[column] for row in kept] for column in range(3)]
    return pa.table(columns, schema=_strings("surface", "expansion", "long"))


def bounded(text: str) -> str:
    """A key short enough for an id; a longer one keeps its head and is told apart by a digest of the whole."""
    if len(text) <= LONGEST:
        return text
    return f"{text[: LONGEST - 17]}-{hashlib.blake2b(text.encode(), digest_size=8).hexdigest()}"


def _strings(*names: str) -> pa.Schema:
    return pa.schema([(name, pa.string()) for name in names])
