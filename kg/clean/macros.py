"""What control words (``\\emph``) and control signs (``\\%``) turn into."""

import re
import unicodedata
from collections.abc import Iterator

from kg.clean.scan import Edit, Scan
from kg.clean.symbols import ACCENTS, ESCAPES, OPERATORS, POINTERS, SECOND, STYLES, SUPERSCRIPTS, SWITCHES, SYMBOLS

_LETTER = re.compile(r"\s?(\{?)\s*(?:\\([ij])(?![A-Za-z])|([^\W\d_]))")
_ESCAPED_TWICE = re.compile(r"\\\\[{}%]")
_APOSTROPHE = re.compile(r"(?<=\w)\\'s(?!\w)")  # escaped, as in JSON or code
_SWITCH_END = re.compile(r"(?<=left)\.|(?<=right)\.|\s*")
_TWO_LETTERS = re.compile(r"\s*(\w)\s*(\w)")
_LINE_ENDS = frozenset("nrt")


def control_word(scan: Scan, start: int, end: int) -> Iterator[Edit]:
    """The edits for the control word in ``[start, end)``, with one backslash or two, and for its argument."""
    name = scan.text[start:end].lstrip("\\")
    brace = scan.argument(end)
    last = scan.closing.get(brace, -1)
    if sign := _sign(name, scan.text[brace + 1 : last] if brace >= 0 else ""):
        yield start, last + 1, sign
    elif name in POINTERS:
        yield blanks_before(scan.text, start), max(end, last + 1), ""
    elif name in ACCENTS and (brace >= 0 or len(name) > 1) and (accented := _accent(scan, name, start, end)):
        yield from accented
    elif name in ("frac", "tfrac", "dfrac", "nicefrac"):
        yield from _fraction(scan, start, end, brace)
    elif name in SYMBOLS and not (len(name) == 1 and scan.in_maths(start)):
        yield start, end, SYMBOLS[name]
        yield from scan.group(brace, round_if_long=name == "sqrt")
    elif name in SWITCHES:
        stop = _SWITCH_END.match(scan.text, end)
        yield start, stop.end() if stop else end, ""
    elif name in OPERATORS:
        yield start, end, f"{' ' * _is_glued(scan.text, start)}{name}{' ' * (brace >= 0)}"
        yield from scan.group(brace)
    elif brace >= 0 and last > brace + 1:
        yield from wrapped(scan, name, start, brace)
    elif name not in _LINE_ENDS or scan.in_maths(start):
        yield from _unknown(scan, name, start, end)


def wrapped(scan: Scan, name: str, start: int, brace: int) -> Iterator[Edit]:
    """A macro around a group leaves the group; with an argument before the text (a colour, an address) the text."""
    last = scan.closing[brace]
    if name in SECOND and last + 1 in scan.closing:
        yield start, last + 2, ""
        yield scan.closing[last + 1], scan.closing[last + 1] + 1, ""
    elif name == "textsuperscript":
        yield start, last + 1, scan.text[brace + 1 : last].translate(SUPERSCRIPTS)
    else:
        is_note = name == "footnote"
        yield start, brace + 1, " (" if is_note else ""
        yield last, last + 1, ")" if is_note else ""


def control_sign(scan: Scan, start: int, end: int) -> Iterator[Edit]:
    """The edits for the backslash and the sign in ``[start, end)``."""
    mark = scan.text[start + 1 : end]
    if _ESCAPED_TWICE.match(scan.text, start) or _APOSTROPHE.match(scan.text, start):
        yield start, start + 1, ""
    elif mark in ACCENTS and (accented := _accent(scan, mark, start, end)):
        yield from accented
    else:
        yield start, end, ESCAPES.get(mark, mark)


def blanks_before(text: str, start: int) -> int:
    """Where the blanks and ties before a place start."""
    while start and text[start - 1] in " ~":
        start -= 1
    return start


def _sign(name: str, argument: str) -> str:
    """The sign that a macro and its argument spell together, if they do."""
    if name == "unicode" and re.fullmatch(r"x[0-9a-fA-F]{2,5}", argument):
        return chr(int(argument[1:], 16))
    is_torn = argument and len(name) == 1  # \b{eta}: taken for the escape of a backspace, \beta lost its b
    return SYMBOLS.get(name + argument, "") if is_torn else ""


def _is_glued(text: str, start: int) -> bool:
    before = text[start - 1 : start]
    return before.isalnum() or before == ")"


def _unknown(scan: Scan, name: str, start: int, end: int) -> Iterator[Edit]:
    """A macro of the authors' own keeps its name; ``\\mathcalO`` lost its braces; two backslashes may end a line."""
    is_torn = name[:-1] in STYLES | {"sqrt"} and name[-1].isupper()
    style = name[:-1] if is_torn else name if name in STYLES else ""
    blanks = 1 if name == style and scan.text.startswith(" ", end) else 0
    between = " " if not style and scan.text.startswith("\\\\", start) and not scan.in_maths(start) else ""
    yield start, end - len(name) + len(style) + blanks, SYMBOLS.get(style, between)


def _fraction(scan: Scan, start: int, end: int, brace: int) -> Iterator[Edit]:
    second = scan.closing.get(brace, -2) + 1
    if second in scan.closing:
        yield start, end, ""
        yield from scan.group(brace, round_if_long=True)
        yield from scan.group(second, round_if_long=True, before="/")
    elif bare := _TWO_LETTERS.match(scan.text, end):
        yield start, bare.end(), f"{bare[1]}/{bare[2]}"
    else:
        yield start, end, ""


def _accent(scan: Scan, name: str, start: int, end: int) -> list[Edit]:
    """``\\'e``, ``\\'{e}``, ``\\c{c}``, ``\\tilde{O}`` as one character; nothing where Unicode has none."""
    letter = _LETTER.match(scan.text, end)
    last = scan.closing.get(letter.start(1), -1) if letter and letter[1] else None
    if not letter or last == -1:
        return []
    whole = unicodedata.normalize("NFC", (letter[2] or letter[3]) + ACCENTS[name])
    if len(whole) > 1:
        return []
    return [(start, letter.end(), whole), *([] if last is None else [(last, last + 1, "")])]
