"""The pure normaliser of names: what two surface forms must share to be one name."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

# Head words that say what kind of thing a name is, not which one.
HEADS = frozenset(
    "algorithm approach architecture benchmark corpus dataset framework method metric model network score task technique".split()
)
_GREEK = str.maketrans({"α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "λ": "lambda", "μ": "mu", "σ": "sigma", "τ": "tau", "π": "pi"})
_NO_PLURAL = frozenset("aws bias dynamics flops gas kinetics mips nas news ops physics pos series species statistics".split())


@lru_cache(maxsize=200_000)
def key(name: str) -> str:
    """The normal form of a name; two names with one key are one name.

    Folds Unicode (NFKC, Greek letters spelt out), case, hyphens, spaces and quotes, the plural of the last word, a
    bracketed addition at the end, and one trailing head word ("dataset", "model", …) where the rest stays specific (two
    or more words, or a word with a capital inside or a digit). Digits, sizes and suffixes stay: ``GPT-3`` is not ``GPT-4``.
    Characters that make another thing (``+``, ``*``, ``#``, and ``.`` between digits) stay too.
    """
    text = unicodedata.normalize("NFKC", name).strip()
    bare = re.sub(r"\s*\([^()]*\)\s*$", "", text) or text
    words = [singular(word) for word in re.findall(r"[^\W_]+(?:\.\d+)*[+*#]*", bare.translate(_GREEK))]
    if len(words) > 1 and words[-1].casefold() in HEADS and (len(words) > 2 or is_specific(words[0])):
        words.pop()
    return "".join(words).casefold() or text.casefold()


def is_specific(word: str) -> bool:
    """Whether a word looks like a proper name: a digit, or a capital anywhere."""
    return any(character.isdigit() or character.isupper() for character in word)


def singular(word: str) -> str:
    """A word without its plural s: ``LLMs`` and ``networks`` lose it, ``loss``, ``analysis`` and ``bias`` keep it."""
    low = word.casefold()
    if not word.endswith("s") or len(word) < 4 or low in _NO_PLURAL or low.endswith(("ss", "us", "is")):
        return word
    if low.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if low.endswith(("xes", "ches", "shes", "sses")):
        return word[:-2]
    return word[:-1]


def guard(short: str, long: str) -> bool:
    """Whether two names can be one thing as far as their digits go."""
    return re.findall(r"\d+", short) == re.findall(r"\d+", long)


def group(names: Iterable[tuple[str, str | None]]) -> list[str]:
    """For each name of one paper, with the long form the paper gives for it: a key that all names of that thing share."""
    names = list(names)
    longs = {key(name): key(expansion) for name, expansion in names if expansion}
    return [longs.get(key(name), key(name)) for name, _ in names]
