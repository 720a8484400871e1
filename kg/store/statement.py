"""Cypher texts: which of them only read, and what the database's refusals mean in plain words."""

import difflib
import re
from collections.abc import Container
from itertools import pairwise

from kg.errors import QueryError
from kg.types import EDGE_PROPERTIES, NODE_PROPERTIES, PAIRS

READING = frozenset({"CALL", "MATCH", "OPTIONAL", "RETURN", "UNWIND", "WITH"})
PREFIXES = frozenset({"EXPLAIN", "LOGICAL", "PROFILE"})
# Strings, quoted names and comments hide words and semicolons; then words and semicolons themselves.
_TOKEN = re.compile(
    r"""'(?:\\.|[^'\\])*' | "(?:\\.|[^"\\])*" | `[^`]*` | /\*.*?\*/ | //[^\n]* | (?P<word>\$?\w+) | (?P<end>;)""",
    re.VERBOSE | re.DOTALL,
)
_INSTEAD = {
    "TYPE": "label(r)",
    "SHORTESTPATH": "-[:TYPE* SHORTEST 1..5]-",
    "ALLSHORTESTPATHS": "-[:TYPE* ALL SHORTEST 1..5]-",
}


def check_reads(query: str, parameters: Container[str] = ()) -> None:
    """Lets pass one statement that only reads the graph and whose parameters are all given.

    The database's own read-only mode still lets a query write files (COPY … TO), read others (LOAD FROM) and fetch
    extensions over the network (INSTALL), so statements are admitted by their first word.

    Raises:
        QueryError: several statements, an empty one, one that begins with another word, a parameter without a value
            (which the database would take for null).
    """
    tokens = [match for match in _TOKEN.finditer(query) if match.lastgroup]
    while tokens and tokens[-1]["end"]:
        tokens.pop()
    words = [token["word"].upper() if token["word"] else ";" for token in tokens]
    first = next((word for word in words if word not in PREFIXES), None)
    if first is None:
        raise QueryError("The query is empty. Write for example: MATCH (m:Model) RETURN m.name LIMIT 10")
    if ";" in words:
        raise QueryError("One statement at a time: there is text behind the semicolon.")
    if first not in READING or any(pair == ("LOAD", "FROM") for pair in pairwise(words)):
        culprit = first if first not in READING else "LOAD FROM"
        raise QueryError(
            f"{culprit} is not allowed without --write: a query only reads the graph. "
            "Begin with MATCH, WITH, UNWIND, CALL or RETURN."
        )
    missing = sorted({token[0] for token in tokens if token[0].startswith("$") and token[0][1:] not in parameters})
    if missing:
        raise QueryError(f"No value was given for {', '.join(missing)}.")


def explain(message: str) -> str:
    """The database's message as one line that says what, where, and what would be accepted."""
    text = re.sub(r"^\w+ exception: ", "", message.strip())
    for pattern, render in _RENDERERS:
        if match := pattern.search(text):
            return render(match)
    return " ".join(text.split())


def _unknown_table(match: re.Match[str]) -> str:
    return f"There is no label or relationship type {match[1]}. {_nearest(match[1], [*NODE_PROPERTIES, *PAIRS])}"


def _unknown_property(match: re.Match[str]) -> str:
    known = {name for properties in NODE_PROPERTIES.values() for name in properties} | set(EDGE_PROPERTIES)
    return f"{match[2]} has no property {match[1]}. {_nearest(match[1], sorted(known))}"


def _unknown_function(match: re.Match[str]) -> str:
    instead = _INSTEAD.get(match[1].upper())
    return f"There is no function {match[1]}." + (f" Write {instead} instead." if instead else "")


def _syntax(match: re.Match[str]) -> str:
    near = (match["text"].split() or ["the end"])[-1]
    word = re.search(r"[:|]\s*(IN|ON)$", near, re.IGNORECASE)
    hint = f" {word[1]} is a word of Cypher: write `{word[1]}` in backquotes." if word else ""
    return f"Syntax error at line {match['line']}, column {int(match['offset']) + 1}, near {near!r}.{hint}"


def _unexpected(match: re.Match[str]) -> str:
    found = "the end" if match["text"] == "<EOF>" else repr(match["text"])
    return f"Syntax error at line {match['line']}, column {int(match['offset']) + 1}: {found} is not expected here."


def _nearest(name: str, known: list[str]) -> str:
    lowered = {word.casefold(): word for word in known}
    near = difflib.get_close_matches(name.casefold(), lowered, n=3, cutoff=0.5)
    return f"Nearest: {', '.join(lowered[word] for word in near)}." if near else f"Known: {', '.join(known)}."


_RENDERERS = (
    (re.compile(r"Table (.+) does not exist", re.DOTALL), _unknown_table),
    (re.compile(r"Cannot find property (.+) for (.+)\.", re.DOTALL), _unknown_property),
    (re.compile(r"function (\w+) (?:does not exist|is not defined)"), _unknown_function),
    (
        re.compile(r"Invalid input <(?P<text>.*?)>: .*?\(line: (?P<line>\d+), offset: (?P<offset>\d+)\)", re.DOTALL),
        _syntax,
    ),
    (
        re.compile(
            r"(?:mismatched|extraneous) input '(?P<text>.*?)' .*?\(line: (?P<line>\d+), offset: (?P<offset>\d+)\)",
            re.DOTALL,
        ),
        _unexpected,
    ),
    (re.compile(r"write operations in a read-only"), lambda _: "The graph is read-only: --write allows a change."),
)
