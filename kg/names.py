"""The pure normaliser of names: what two surface forms must share to be one name."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

# Trailing words that say what kind of thing a name is, not which one; the nouns are part of it unless it is proper.
KINDS = frozenset(
    ("algorithm", "approach", "benchmark", "corpus", "dataset", "framework", "method", "task", "technique")
)
NOUNS = frozenset(("architecture", "metric", "model", "network", "score"))
_LETTERS = (
    "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda", "mu", "nu", "xi",
    "omicron", "pi", "rho", "sigma", "tau", "upsilon", "phi", "chi", "psi", "omega",
)  # fmt: skip
_GREEK = str.maketrans(dict(zip("αβγδεζηθικλμνξοπρστυφχψω", _LETTERS, strict=True)))
_KEPT = frozenset((
    "alias", "analytics", "atlas", "aws", "bias", "canvas", "dynamics", "economics", "gas", "genomics", "kinetics",
    "lens", "linguistics", "mathematics", "mechanics", "nas", "news", "physics", "pos", "robotics", "semantics",
    "series", "species", "statistics",
))  # fmt: skip
_IRREGULAR = {
    "analyses": "analysis", "biases": "bias", "caches": "cache", "corpora": "corpus", "criteria": "criterion",
    "hypotheses": "hypothesis", "indices": "index", "matrices": "matrix", "movies": "movie", "vertices": "vertex",
}  # fmt: skip
# British spelling: -isation, -ise after the endings of verbs that have -ize too (not "noise", "supervise"), some words.
_ISE = re.compile(
    r"is(?=ation)|(?:(?<=\w(?:al|ar|er|et|il|im|on|or|tr))|(?<=ant|dom|hes|ken)|(?<=dard))is(?=(?:e[drs]?|ing|able)$)"
)
_AMERICAN = {
    "artefact": "artifact", "behaviour": "behavior", "catalogue": "catalog", "centre": "center", "colour": "color",
    "defence": "defense", "dialogue": "dialog", "favour": "favor", "fibre": "fiber", "grey": "gray", "labell": "label",
    "modell": "model", "neighbour": "neighbor", "paediatric": "pediatric", "signall": "signal", "travell": "travel",
    "tumour": "tumor",
}  # fmt: skip
_BRITISH = re.compile("|".join(_AMERICAN))
# A v that only says "version": on its own (v2), small after a capital (VQAv2), the reverse (NetV2), after a long word.
_VERSION = re.compile(r"(?:(?<=[\s-])[vV]|(?<=[A-Z])v|(?<=[a-z])V|(?<=[^\W\d_]{4})v)(?=\d+(?:\.\d+)*\b)")
_ZERO = re.compile(r"(?<=\d)(?:\.0)+(?![\d.])")
_DIGIT = re.compile(r"\d")
_WORD = re.compile(r"[^\W_]+(?:\.\d+)*[+*#]*")
_POSSESSIVE = re.compile(r"['’]s\b")
_BRACKET = re.compile(r"(?<!^)(?:\s*\([^()\d]*\)$|\s\((?:[^()\d]*|[A-Z]\w{0,5}[A-Z]s?)\)(?=[\s-]))")


@lru_cache(maxsize=200_000)
def key(name: str) -> str:
    """The normal form of a name; two names with one key are one name.

    Folds Unicode (NFKC, accents, Greek letters spelt out), case, hyphens, spaces, quotes, ``&``, plurals, possessives,
    British spelling, bracketed additions, and one trailing word that says the kind (``KINDS`` after two
    words or a proper name, ``NOUNS`` after a proper name). Digits, sizes and suffixes stay: ``GPT-3`` is not ``GPT-4``;
    only ``v2``, ``2.0`` and ``2`` are one version. Characters that make another thing (``+``, ``*``, ``#``, and ``.``
    between digits) stay too.
    """
    text = fold(name)
    bare = _BRACKET.sub(" ", text) if "(" in text else text
    found = [singular(word) for word in words(bare)]
    if len(found) > 1 and is_kind(found[-1], found[:-1]):
        found.pop()
    joined = "".join(american(word.casefold()) for word in found).translate(_GREEK)
    return joined or text.casefold()


def fold(name: str) -> str:
    """Unicode compatibility forms and accents folded, ends stripped."""
    if name.isascii():
        return name.strip()
    parts = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", name).strip())
    return unicodedata.normalize("NFKC", "".join(part for part in parts if not "\u0300" <= part <= "\u036f"))


def words(text: str) -> list[str]:
    """The words of a folded name, without a possessive s; one that would run into a number before it keeps a hyphen."""
    if "'" in text or "’" in text:
        text = _POSSESSIVE.sub("", text)
    if _DIGIT.search(text):
        text = _ZERO.sub("", _VERSION.sub("", text))
    found: list[str] = _WORD.findall(text.replace("&", " and "))
    for number in range(1, len(found)):
        if found[number][0].isdigit() and found[number - 1][-1].isdigit():
            found[number] = f"-{found[number]}"
    return found


def is_kind(word: str, rest: list[str]) -> bool:
    """Whether a trailing word only says what kind of thing the rest of the name is."""
    proper = is_specific(rest[0]) or is_specific(rest[-1])
    low = word.casefold()
    return (low in KINDS and (proper or len(rest) > 1)) or (low in NOUNS and proper)


def is_specific(word: str) -> bool:
    """Whether a word looks like a proper name wherever it stands in a sentence: a digit, or a capital inside."""
    return any(character.isdigit() or character.isupper() for character in word[1:]) or word[0].isdigit()


def singular(word: str) -> str:
    """A word without its plural s: ``LLMs``, ``GPs``, ``networks`` lose it, ``loss``, ``analysis``, ``GPS`` keep it."""
    low = word.casefold()
    if low in _IRREGULAR:
        return _IRREGULAR[low]
    if not word.endswith("s") or low in _KEPT or low.endswith(("ss", "ops")) or len(word) < 3:
        return word
    if word[-2].isupper():
        return word[:-1]
    if len(word) < 4 or low.endswith(("us", "is")):
        return word
    if low.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if low.endswith(("xes", "ches", "shes", "sses")):
        return word[:-2]
    return word[:-1]


def american(word: str) -> str:
    """A lower-case word in American spelling: ``optimisation``, ``modelling``, ``colour``."""
    return _BRITISH.sub(lambda found: _AMERICAN[found[0]], _ISE.sub("iz", word))


def group(names: Iterable[tuple[str, str | None, str | None]]) -> list[str]:
    """For each name of one paper, with the long form that the paper gives and another name of the same thing, if it has
    them: a key that all names of that thing share.
    """
    names = list(names)
    longs = {key(name): key(expansion) for name, expansion, _ in names if expansion}
    first = {longs.get(key(name), key(name)): key(other) for name, _, other in names if other}
    keys = [longs.get(key(name), key(name)) for name, _, _ in names]
    return [longs.get(first[each], first[each]) if each in first else each for each in keys]
