"""What LaTeX debris in an abstract stands for: the edits that turn ``PanGu-$\\alpha$`` into ``PanGu-α``.

An abstract is not a TeX document: most of them hold a few macros, some of which lost their backslash or their braces on
the way, beside prices, code and set braces that must stay. So nothing is parsed as TeX; every rule is local.
"""

import html
import re
import unicodedata
from collections.abc import Iterator
from html.entities import html5

from kg.clean.symbols import ACCENTS, ESCAPES, OPERATORS, POINTERS, SECOND, STYLES, SUPERSCRIPTS, SWITCHES, SYMBOLS

Edit = tuple[int, int, str]
"""Replace ``text[start:end]`` by the string."""

_TOKEN = re.compile(
    r"""(?=[\\_^{`'~&<]) (?:
      (?P<macro>\\{1,2}[A-Za-z]+) | (?P<escape>\\.) | (?P<script>[_^]) | (?P<brace>\{) | (?P<quote>``|'')
    | (?P<tie>(?<=[^\W\d_]{2})~(?=[^\W_]|[(\[\\$]) | (?<=[.,;:)\]}])~(?=[\w(\[\\$]) | (?<=\d)~(?=[^\W\d_]|[(\[\\$]))
    | (?P<entity>&(?:amp;)*(?P<name>\#\d{2,7}|\#[xX][0-9a-fA-F]{2,6}|[A-Za-z]+\d*);)
    | (?P<tag></?(?:jats:[a-z]+|i|b|em|strong|sub|sup|br|scp)\s*/?>) )""",
    re.X | re.S,
)
_WORDS = {
    "arrow": re.compile(r"(?:[Ll]eft[Rr]ight|[Ll]eft|[Rr]ight|up|down)arrow(?![A-Za-z])"),
    "times": re.compile(r"(?<=\d)times(?![A-Za-z])|(?<=\d )times(?= \d)"),
    **{word: re.compile(rf"{word}(?![A-Za-z])") for word in ("infty", "propto", "cdot")},
}
"""Signs that lost their backslash, none of them the end of an English word."""
_LOST = STYLES - {"text", "bm"} | {"cite", "citep", "citet", "footnote", "href"}
_LOST_BEFORE = re.compile(r"(?<![A-Za-z\\])[a-z]+\Z")
_PAIRED = re.compile(r"\\.|\$\$?|[{}]", re.S)
_GROUPING = re.compile(r"\{[,=–—-]?\}|\{\\(?![{}])|\{\w\}(?=[a-z])")
_PROSE = re.compile(r"[A-Za-z]{2,}[,;.]?\s+[A-Za-z]{2,}")
_WRAPPED = re.compile(r"\\[A-Za-z]+(?:\{([^{}]*)\})?")
_ARGUMENT = re.compile(r"\*?(?:\[[^][{}]{0,80}\])*(?=\{)")
_LETTER = re.compile(r"\s?(\{?)\s*(?:\\([ij])(?![A-Za-z])|([^\W\d_]))")
_ESCAPED_TWICE = re.compile(r"\\\\[{}%]")
_APOSTROPHE = re.compile(r"(?<=\w)\\'s(?!\w)")  # escaped, as in JSON or code
_SWITCH_END = re.compile(r"(?<=left)\.|(?<=right)\.|\s*")


def edits(text: str) -> Iterator[Edit]:
    """The edits of one pass over a text, in any order; of two that overlap the first and longest counts."""
    return _Scan(text).edits()


def is_maths(content: str, after: str) -> bool:
    """Whether the text between two dollar signs is a formula and not what lies between two prices.

    A formula has no run of plain words in it. Without any mark of TeX it must also touch both signs, and no digit may
    follow the second (the rule of Pandoc's Markdown).
    """
    if not content.strip() or len(content) > 1000 or _PROSE.search(_WRAPPED.sub("", content)):
        return False
    if re.search(r"[\\^_{}]", content) or re.fullmatch(r"\s+[^\W\d_]\s+|[^\w\s]+", content):
        return True
    return not content[0].isspace() and not content[-1].isspace() and not after.isdigit()


class _Scan:
    """One pass over one text: which brace closes which, where the formulas are, and what each token turns into."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.closing: dict[int, int] = {}
        stack: list[int] = []
        dollars: list[tuple[int, int]] = []
        for found in _PAIRED.finditer(text):
            if found[0] == "{":
                stack.append(found.start())
            elif found[0] == "}" and stack:
                self.closing[stack.pop()] = found.start()
            elif found[0][0] == "$":
                dollars.append(found.span())
        self.formulas = list(self._pairs(dollars))
        self.in_maths = False

    def _pairs(self, dollars: list[tuple[int, int]]) -> Iterator[tuple[int, int, int, int]]:
        """Start, end of the opening and start, end of the closing dollar sign of each formula."""
        at = 0
        while at + 1 < len(dollars):
            (_, start), (end, after) = dollars[at], dollars[at + 1]
            is_pair = is_maths(self.text[start:end], self.text[after : after + 1])
            if is_pair:
                yield *dollars[at], *dollars[at + 1]
            at += 2 if is_pair else 1

    def edits(self) -> Iterator[Edit]:
        pending = iter([*self.formulas, (len(self.text) + 1,) * 4])
        formula = next(pending)
        for token in _TOKEN.finditer(self.text):
            while token.start() >= formula[3]:
                formula = next(pending)
            self.in_maths = token.start() >= formula[0]
            yield from getattr(self, f"_{token.lastgroup}")(token)
        for word in (word for word in _WORDS if word in self.text):
            for found in _WORDS[word].finditer(self.text):
                yield *found.span(), SYMBOLS.get(found[0], found[0])
        for formula in self.formulas:
            yield from self._formula(*formula)

    def _formula(self, opening: int, start: int, end: int, after: int) -> Iterator[Edit]:
        """Away go the dollar signs, the space inside them, and the braces that only group."""
        content = self.text[start:end]
        yield opening, end - len(content.lstrip()), ""
        yield start + len(content.rstrip()), after, ""
        for brace in re.finditer(r"(?<!\\)[{}]", content):
            yield start + brace.start(), start + brace.end(), ""

    def _macro(self, token: re.Match[str]) -> Iterator[Edit]:
        name, start, end = token[0].lstrip("\\"), token.start(), token.end()
        brace = self._argument(end)
        last = self.closing.get(brace, -1)
        group = self.text[brace + 1 : last] if brace >= 0 else ""
        if group and len(name) == 1 and name + group in SYMBOLS:  # \b{eta}: a JSON escape took the b of \beta
            yield start, last + 1, SYMBOLS[name + group]
        elif name == "unicode" and re.fullmatch(r"x[0-9a-fA-F]{2,5}", group):
            yield start, last + 1, chr(int(group[1:], 16))
        elif name in POINTERS:
            yield self._blanks_before(start), max(end, last + 1), ""
        elif name in ACCENTS and (brace >= 0 or len(name) > 1) and (accented := self._accent(name, start, end)):
            yield from accented
        elif name in ("frac", "tfrac", "dfrac", "nicefrac"):
            yield from self._fraction(start, end, brace)
        elif name in SYMBOLS and not (self.in_maths and len(name) == 1):
            yield start, end, SYMBOLS[name]
            yield from self._group(brace, round_if_long=name == "sqrt")
        elif name in SWITCHES:
            stop = _SWITCH_END.match(self.text, end)
            yield start, stop.end() if stop else end, ""
        elif name in OPERATORS:
            is_glued = self.text[start - 1 : start].isalnum() or self.text[start - 1 : start] == ")"
            yield start, end, f"{' ' * is_glued}{name}{' ' * (brace >= 0)}"
            yield from self._group(brace)
        elif group:
            yield from self._wrapped(name, start, brace)
        elif self.in_maths or name not in (
            "n",
            "t",
            "r",
        ):  # outside of maths these are the escapes of line ends and tabs
            yield from self._unknown(name, start, end)

    def _lost(self, name: str, brace: int) -> Iterator[Edit]:
        """A style that lost its backslash: ``textit{O}``."""
        if name in POINTERS:
            yield self._blanks_before(brace - len(name)), self.closing[brace] + 1, ""
        else:
            yield from self._wrapped(name, brace - len(name), brace)

    def _wrapped(self, name: str, start: int, brace: int) -> Iterator[Edit]:
        """A macro around a group leaves the group; with an argument before the text (a colour, an address) the text."""
        last = self.closing[brace]
        content = self.text[brace + 1 : last]
        if name in SECOND and last + 1 in self.closing:
            yield start, last + 2, ""
            yield self.closing[last + 1], self.closing[last + 1] + 1, ""
        elif name == "textsuperscript":
            yield start, last + 1, content.translate(SUPERSCRIPTS)
        else:
            is_note = name == "footnote"
            yield start, brace + 1, " (" if is_note else ""
            yield last, last + 1, ")" if is_note else ""

    def _unknown(self, name: str, start: int, end: int) -> Iterator[Edit]:
        """A macro of the authors' own keeps its name; ``\\mathcalO`` lost its braces."""
        style = name[:-1] if name[:-1] in STYLES | {"sqrt"} and name[-1].isupper() else name if name in STYLES else ""
        blanks = 1 if name == style and self.text[end : end + 1] == " " else 0
        yield start, end - len(name) + len(style) + blanks, SYMBOLS.get(style, "")

    def _fraction(self, start: int, end: int, brace: int) -> Iterator[Edit]:
        second = self.closing.get(brace, -2) + 1
        if second in self.closing:
            yield start, end, ""
            yield from self._group(brace, round_if_long=True)
            yield from self._group(second, round_if_long=True, before="/")
        elif bare := re.compile(r"\s*(\w)\s*(\w)").match(self.text, end):
            yield start, bare.end(), f"{bare[1]}/{bare[2]}"
        else:
            yield start, end, ""

    def _group(self, brace: int, *, round_if_long: bool = False, before: str = "") -> Iterator[Edit]:
        """Drop the braces of a group, or make them round where it would read otherwise; nothing when brace is -1."""
        if brace < 0:
            return
        last = self.closing[brace]
        content = _WRAPPED.sub(lambda macro: macro[1] or "x", self.text[brace + 1 : last])
        is_round = round_if_long and not re.fullmatch(r"[+−-]?[\w.*]*|\d+[:-]\d+", content)
        yield brace, brace + 1, before + "(" * is_round
        yield last, last + 1, ")" * is_round

    def _escape(self, token: re.Match[str]) -> Iterator[Edit]:
        mark, start, end = token[0][1], token.start(), token.end()
        if _ESCAPED_TWICE.match(self.text, start) or _APOSTROPHE.match(self.text, start):
            yield start, start + 1, ""
        elif mark in ACCENTS and (accented := self._accent(mark, start, end)):
            yield from accented
        else:
            yield start, end, ESCAPES.get(mark, mark)

    def _accent(self, name: str, start: int, end: int) -> list[Edit]:
        """``\\'e``, ``\\'{e}``, ``\\c{c}``, ``\\tilde{O}`` as one character; nothing where Unicode has none."""
        letter = _LETTER.match(self.text, end)
        last = self.closing.get(letter.start(1), -1) if letter and letter[1] else None
        if not letter or last == -1:
            return []
        whole = unicodedata.normalize("NFC", (letter[2] or letter[3]) + ACCENTS[name])
        if len(whole) > 1:
            return []
        return [(start, letter.end(), whole), *([] if last is None else [(last, last + 1, "")])]

    def _script(self, token: re.Match[str]) -> Iterator[Edit]:
        """``_{stack}`` loses its braces; in a formula digits go up (``R²``) or stay level (``F1``)."""
        start, end = token.start(), token.end()
        last = self.closing.get(end)
        bare = re.compile(r"\d+|\+|\\circ(?![A-Za-z])|").match(self.text, end)
        content = self.text[end + 1 : last] if last is not None else bare[0] if bare else ""
        stop = last + 1 if last is not None else end + len(content)
        if token[0] == "^" and content.strip() == "\\circ":
            yield start, stop, "°"
        elif self.in_maths and re.fullmatch(r"[+−-]?\d+[+−-]?|\+", content):
            yield start, stop, content.translate(SUPERSCRIPTS) if token[0] == "^" else content
        elif last is not None and token[0] == "^" and content in ("th", "st", "nd", "rd"):
            yield start, stop, content
        elif last is not None and self.text[start - 1 : start].strip():
            yield from self._group(end, round_if_long=True)

    def _brace(self, token: re.Match[str]) -> Iterator[Edit]:
        """Braces in a text stay, save round a macro, a letter of a word, a thousands comma, an address given twice."""
        start = token.start()
        last = self.closing.get(start, -1)
        content = self.text[start + 1 : last]
        if last < 0:
            return
        lost = _LOST_BEFORE.search(self.text[max(start - 14, 0) : start])
        if lost and lost[0] in _LOST:
            yield from self._lost(lost[0], start)
        elif switch := re.match(r"(?:em|it|bf|tt|sc|rm|sl|cal|small)\s+", content):
            yield start, start + 1 + switch.end(), ""
            yield last, last + 1, ""
        elif _GROUPING.match(self.text, start):
            yield from self._group(start)
        elif content.startswith("http") and self.text.endswith(content, 0, start):
            yield start, last + 1, ""

    def _tie(self, token: re.Match[str]) -> Iterator[Edit]:
        yield *token.span(), " "

    def _quote(self, token: re.Match[str]) -> Iterator[Edit]:
        if not self.in_maths:
            yield *token.span(), '"'

    def _entity(self, token: re.Match[str]) -> Iterator[Edit]:
        name = f"{token['name']};"
        if name.startswith("#") or name in html5:
            yield *token.span(), html.unescape(f"&{name}")

    def _tag(self, token: re.Match[str]) -> Iterator[Edit]:
        yield *token.span(), " " if token[0].startswith("<br") else ""

    def _argument(self, end: int) -> int:
        """Where the argument of a macro that ends here opens, past ``*`` and ``[options]``; -1 when it has none."""
        found = _ARGUMENT.match(self.text, end)
        return found.end() if found and found.end() in self.closing else -1

    def _blanks_before(self, start: int) -> int:
        while start and self.text[start - 1] in " ~":
            start -= 1
        return start
