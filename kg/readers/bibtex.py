"""BibTeX entries that have an abstract."""

import logging
import re
from collections.abc import Iterator, Mapping

from bibtexparser.entrypoint import parse_string
from bibtexparser.model import Entry

from kg.readers import _fields
from kg.readers._source import MAX_LINE, Source
from kg.records import Record

DOC = "BibTeX with abstracts"
_START = re.compile(r"\s*@\s*([A-Za-z]+)\s*[{(]")
_NO_ENTRIES = ("comment", "preamble")
_TOKEN = re.compile(r"\\[A-Za-z]+\*?|\\.|[{}^_$]", re.DOTALL)
logging.getLogger("bibtexparser").addHandler(logging.NullHandler())


def sniff(head: str) -> int:
    return 80 if re.search(r"^\s*@\s*[A-Za-z]+\s*[{(]\s*[^\s,{}]+\s*[,=]", head, re.MULTILINE) else 0


def read(source: Source) -> Iterator[Record]:
    strings = ""
    for line, kind, block in _blocks(source):
        if kind == "string":
            strings += block
        elif kind not in _NO_ENTRIES:
            yield from _entries(source, line, strings + block)


def _blocks(source: Source) -> Iterator[tuple[int, str, str]]:
    """First line, kind and text of each block; each is parsed alone, so that a broken one harms none beside it."""
    start, kind, lines, size = 0, "", list[str](), 0
    for number, line in source.lines():
        if found := _START.match(line):
            if kind:
                yield start, kind, "".join(lines)
            start, kind, lines, size = number, found[1].lower(), [], 0
        size += len(line)
        if kind and size < MAX_LINE:
            lines.append(line + "\n")
    if kind:
        yield start, kind, "".join(lines)


def _entries(source: Source, line: int, text: str) -> Iterator[Record]:
    library = parse_string(text)
    for block in library.failed_blocks:
        reason = getattr(block.error, "abort_reason", None) or str(block.error)
        source.set_aside(line, f"broken BibTeX: {' '.join(reason.split()).rstrip('.')}")
    for entry in library.entries:
        yield from _record(source, line, entry)


def _record(source: Source, line: int, entry: Entry) -> Iterator[Record]:
    fields = {name.lower(): _bare(str(field.value)) for name, field in entry.fields_dict.items()}
    doi = fields.get("doi", "").removeprefix("https://doi.org/")
    yield from source.record(
        line,
        key=entry.key,
        title=fields.get("title", ""),
        abstract=fields.get("abstract", ""),
        id=_arxiv(fields) or doi or None,
        date=fields.get("date") or _date(fields),
        authors=_fields.authors(fields.get("author")),
        venue=fields.get("journal") or fields.get("booktitle"),
        url=fields.get("url") or (f"https://doi.org/{doi}" if doi else None),
    )


def _arxiv(fields: Mapping[str, str]) -> str | None:
    is_arxiv = fields.get("archiveprefix", fields.get("eprinttype", "")).lower() == "arxiv"
    return fields.get("eprint") if is_arxiv else None


def _date(fields: Mapping[str, str]) -> str | None:
    month, year = fields.get("month", ""), fields.get("year")
    return (f"{year}-{month}" if month.isdigit() else f"{month} {year}") if year else None


def _bare(text: str) -> str:
    """A text without the braces that only keep capitals or names together; those that TeX needs stay."""
    drop: set[int] = set()
    stack: list[tuple[int, bool]] = []
    needs_group = -1
    in_maths = False
    for token in _TOKEN.finditer(text):
        if token[0] == "{":
            is_tex = in_maths or needs_group == token.start() or text.startswith("\\", token.end())
            stack.append((token.start(), is_tex))
        elif token[0] == "}" and stack:
            start, is_tex = stack.pop()
            needs_group = token.end() if is_tex else -1
            drop |= set() if is_tex else {start, token.start()}
        elif token[0] == "$":
            in_maths = not in_maths
        elif token[0] not in (r"\{", r"\}", r"\%", r"\&", r"\$", r"\_", r"\#"):
            needs_group = token.end()
    return "".join(letter for at, letter in enumerate(text) if at not in drop) if drop else text
