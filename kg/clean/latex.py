"""What LaTeX debris in an abstract stands for: the edits that turn ``PanGu-$\\alpha$`` into ``PanGu-α``.

An abstract is not a TeX document: most of them hold a few macros, some of which lost their backslash or their braces on
the way, beside prices, code and set braces that must stay. So nothing is parsed as TeX; every rule is local.
"""

import html
import re
from collections.abc import Callable, Iterable, Iterator
from html.entities import html5

from kg.clean.macros import blanks_before, control_sign, control_word, wrapped
from kg.clean.scan import Edit, Scan
from kg.clean.symbols import POINTERS, STYLES, SUPERSCRIPTS, SYMBOLS

_TOKEN = re.compile(
    r"""(?=[\\_^{`'~&<]) (?:
      (?P<word>\\{1,2}[A-Za-z]+) | (?P<sign>\\.) | (?P<script>[_^]) | (?P<brace>\{) | (?P<quote>``|'')
    | (?P<tie>(?<=[^\W\d_]{2})~(?=[^\W_]|[(\[\\$]) | (?<=[.,;:)\]}])~(?=[\w(\[\\$]) | (?<=\d)~(?=[^\W\d_]|[(\[\\$]))
    | (?P<entity>&(?:amp;)*(?P<name>\#\d{2,7}|\#[xX][0-9a-fA-F]{2,6}|[A-Za-z]+\d*);)
    | (?P<tag></?(?:jats:[a-z]+|i|b|em|strong|sub|sup|br|scp)\s*/?>) )""",
    re.X | re.S,
)
_LOST_SIGNS = {
    "arrow": re.compile(r"(?:[Ll]eft[Rr]ight|[Ll]eft|[Rr]ight|up|down)arrow(?![A-Za-z])"),
    "times": re.compile(r"(?<=\d)times(?![A-Za-z])|(?<=\d )times(?= \d)"),
    **{word: re.compile(rf"{word}(?![A-Za-z])") for word in ("infty", "propto", "cdot")},
}
"""Signs that lost their backslash, none of them the end of an English word."""
_LOST_STYLES = STYLES - {"text", "bm"} | {"cite", "citep", "citet", "footnote", "href"}
_LOST_STYLE = re.compile(r"(?<![A-Za-z\\])[a-z]+\Z")
_LOST_SWITCH = re.compile(r"\{(?:em|it|bf|tt|sc|rm|sl|cal|small)\s+")
_GROUPING = re.compile(r"\{[,=–—-]?\}|\{\\(?![{}])|\{\w\}(?=[a-z])")
_BARE_SCRIPT = re.compile(r"\d+|\+|\\circ(?![A-Za-z])|")


def edits(text: str) -> Iterator[Edit]:
    """The edits of one pass over a text, in any order; of two that overlap the first and longest counts."""
    scan = Scan(text)
    for token in _TOKEN.finditer(text):
        yield from _RULES[token.lastgroup or ""](scan, token)
    for word in (word for word in _LOST_SIGNS if word in text):
        for found in _LOST_SIGNS[word].finditer(text):
            yield *found.span(), SYMBOLS.get(found[0], found[0])
    for formula in scan.formulas:
        yield from _formula(text, *formula)


def _formula(text: str, opening: int, start: int, end: int, after: int) -> Iterator[Edit]:
    """Away go the dollar signs, the space inside them, and the braces that only group."""
    content = text[start:end]
    yield opening, end - len(content.lstrip()), ""
    yield start + len(content.rstrip()), after, ""
    for brace in re.finditer(r"(?<!\\)[{}]", content):
        yield start + brace.start(), start + brace.end(), ""


def _script(scan: Scan, token: re.Match[str]) -> Iterator[Edit]:
    """``_{stack}`` loses its braces; in a formula digits go up (``R²``) or stay level (``F1``)."""
    start, end = token.span()
    last = scan.closing.get(end)
    bare = _BARE_SCRIPT.match(scan.text, end)
    content = scan.text[end + 1 : last] if last is not None else bare[0] if bare else ""
    stop = last + 1 if last is not None else end + len(content)
    if token[0] == "^" and content.strip() == "\\circ":
        yield start, stop, "°"
    elif re.fullmatch(r"[+−-]?\d+[+−-]?|\+", content) and scan.in_maths(start):
        yield start, stop, content.translate(SUPERSCRIPTS) if token[0] == "^" else content
    elif last is not None and token[0] == "^" and content in ("th", "st", "nd", "rd"):
        yield start, stop, content
    elif last is not None and scan.text[start - 1 : start].strip():
        yield from scan.group(end, round_if_long=True)


def _brace(scan: Scan, token: re.Match[str]) -> Iterator[Edit]:
    """Braces stay, save after a lost macro, round a macro, a letter of a word, a thousands comma, an address again."""
    start = token.start()
    last = scan.closing.get(start, -1)
    if last < 0:
        return
    style = _LOST_STYLE.search(scan.text[max(start - 14, 0) : start])
    if style and style[0] in _LOST_STYLES:
        yield from _lost_style(scan, style[0], start)
    elif switch := _LOST_SWITCH.match(scan.text, start):
        yield *switch.span(), ""
        yield last, last + 1, ""
    elif _GROUPING.match(scan.text, start):
        yield from scan.group(start)
    elif scan.text.startswith("http", start + 1) and scan.text.endswith(scan.text[start + 1 : last], 0, start):
        yield start, last + 1, ""


def _lost_style(scan: Scan, name: str, brace: int) -> Iterator[Edit]:
    """A style that lost its backslash: ``textit{O}``."""
    if name in POINTERS:
        yield blanks_before(scan.text, brace - len(name)), scan.closing[brace] + 1, ""
    else:
        yield from wrapped(scan, name, brace - len(name), brace)


def _quote(scan: Scan, token: re.Match[str]) -> Iterator[Edit]:
    if not scan.in_maths(token.start()):
        yield *token.span(), '"'


def _entity(_: Scan, token: re.Match[str]) -> Iterator[Edit]:
    name = f"{token['name']};"
    if name.startswith("#") or name in html5:
        yield *token.span(), html.unescape(f"&{name}")


_RULES: dict[str, Callable[[Scan, re.Match[str]], Iterable[Edit]]] = {
    "word": lambda scan, token: control_word(scan, *token.span()),
    "sign": lambda scan, token: control_sign(scan, *token.span()),
    "script": _script,
    "brace": _brace,
    "quote": _quote,
    "tie": lambda _, token: [(*token.span(), " ")],
    "entity": _entity,
    "tag": lambda _, token: [(*token.span(), " " if token[0].startswith("<br") else "")],
}
