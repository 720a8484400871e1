"""Records from objects whose keys are not known beforehand: JSON objects, rows of CSV and Parquet."""

import re
from ast import literal_eval
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from kg.errors import InputError
from kg.readers._source import Source

FIELDS = {
    "title": "title paper_title article_title",
    "abstract": "abstract abstract_text paper_abstract summary description text",
    "id": "id arxiv_id paper_id doi corpus_id pmid",
    "date": "date publication_date published published_at published_date pub_date created update_date updated year",
    "authors": "authors author author_names creators",
    "venue": "venue journal booktitle conference container_title journal_ref journal_name",
    "url": "url link paper_url html_url pdf_url entry_id uri",
}
"""The fields of a record, and the keys that hold them in the files people have, the likeliest first."""


def values(item: Mapping[str, Any], fields: Mapping[str, str]) -> dict[str, Any]:
    """The arguments of a record that an object holds; ``fields`` says which key holds a field, the rest is guessed."""
    keys = _keys(tuple(item), tuple(sorted(fields.items())))
    return normal({name: _first(item, keys[name]) for name in FIELDS})


def normal(found: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments of a record, made of whatever values a file gave them."""
    texts = {name: text(value) for name, value in found.items() if name != "authors"}
    if isinstance(paragraphs := found.get("abstract"), list):
        texts["abstract"] = "\n\n".join(filter(None, map(text, paragraphs)))
    whole = {"title": texts.pop("title", None) or "", "abstract": texts.pop("abstract", None) or ""}
    return {**whole, **texts, "authors": authors(found.get("authors"))}


def columns(present: Iterable[str], fields: Mapping[str, str]) -> list[str]:
    """Those of the columns that a record can come from."""
    return list(
        dict.fromkeys(key for keys in _keys(tuple(present), tuple(sorted(fields.items()))).values() for key in keys)
    )


def check(source: Source, present: Iterable[str]) -> bool:
    """Whether a table with these columns can hold abstracts; if not, the source has word of it.

    Raises:
        InputError: a column that was asked for is not among them.
    """
    there = tuple(dict.fromkeys(present))
    if missing := [column for column in source.fields.values() if column not in there]:
        raise InputError(f"{source.name} has no column {missing[0]!r}. It has: {', '.join(there)}.")
    has_abstracts = bool(_keys(there, tuple(sorted(source.fields.items())))["abstract"])
    if not has_abstracts:
        source.set_aside(1, f"no column is known to hold abstracts; give one of {', '.join(there)} as that field")
    return has_abstracts


@lru_cache(maxsize=4096)
def _keys(present: tuple[str, ...], fields: tuple[tuple[str, str], ...]) -> dict[str, list[str]]:
    """The keys of each field that an object with these keys has, the likeliest first."""
    plain = {_plain(key): key for key in reversed(present)}
    chosen = dict(fields)
    return {
        name: [chosen[name]] if name in chosen else [plain[key] for key in map(_plain, guesses.split()) if key in plain]
        for name, guesses in FIELDS.items()
    }


def _plain(key: str) -> str:
    return re.sub(r"[\W_]+", "", key).casefold()


def _first(item: Mapping[str, Any], keys: Sequence[str]) -> Any:
    return next((item[key] for key in keys if item.get(key) not in (None, "", [], {})), None)


def text(value: Any) -> str | None:
    """One text of what may be a number, a date, a list (the first counts) or an object around it; None if none."""
    if isinstance(value, Mapping):
        value = next((value[key] for key in ("value", "name", "display_name", "text") if key in value), None)
    elif isinstance(value, (list, tuple)):
        return text(value[0]) if value else None
    if isinstance(value, bytes):
        return value.decode("utf-8", "surrogateescape")
    if isinstance(value, float):
        value = int(value) if value.is_integer() else None
    if value is None or isinstance(value, (bool, Mapping, list)):
        return None
    return str(value) or None


def authors(value: Any) -> tuple[str, ...]:
    """Names out of a list of names, of objects with a name, or of one text: ``A B and C D``, ``B, A; D, C``."""
    if isinstance(value, str) and value.startswith("["):
        try:
            value = literal_eval(value)
        except (ValueError, SyntaxError, MemoryError, RecursionError):
            value = value.strip("[]")
    if isinstance(value, str):
        return tuple(map(name_in_order, _split(value)))
    if isinstance(value, Mapping):
        value = value.get("value", [value])
    return tuple(name for part in value or () if (name := _name(part)))


def _name(value: Any) -> str | None:
    if isinstance(value, Mapping):
        given, family = (next((value[key] for key in keys if value.get(key)), None) for keys in (_GIVEN, _FAMILY))
        whole = value.get("name") or value.get("display_name") or value.get("author") or value.get("raw_author_name")
        return " ".join(filter(None, (given, family))) if given or family else _name(whole)
    return name_in_order(value) if isinstance(value, str) else None


_GIVEN = ("given", "first", "first_name", "firstname", "forename")
_FAMILY = ("family", "last", "last_name", "lastname", "surname")


def name_in_order(name: str) -> str:
    """``Ada Lovelace`` of ``Lovelace, Ada``."""
    family, comma, given = (part.strip() for part in name.partition(","))
    return f"{given} {family}" if comma and given else family


def _split(names: str) -> list[str]:
    """The names in one text. A comma between words of which one stands alone is that of ``Lovelace, Ada``."""
    parts = re.split(" and |;|&", " ".join(names.split()))
    split = [name for part in parts for name in (part.split(",") if _is_list(part) else [part])]
    return [stripped for name in split if (stripped := name.strip(" ,")) and stripped != "others"]


def _is_list(part: str) -> bool:
    names = [name.split() for name in part.strip(" ,").split(",")]
    return len(names) > 2 or all(len(name) > 1 for name in names)
