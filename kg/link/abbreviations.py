"""Long forms of abbreviations: the part that the letters stand for, and what is left of it without its endings."""

import re

from kg.link.guard import FUNCTION_WORDS
from kg.names import american, fold, singular, words

# Nouns that may follow what an abbreviation stands for: "long short-term memory networks (LSTM)".
HEADS = frozenset((
    "algorithm", "approach", "architecture", "benchmark", "classifier", "corpus", "dataset", "framework", "layer",
    "loss", "mechanism", "method", "metric", "model", "module", "network", "paradigm", "score", "setting", "strategy",
    "system", "task", "technique", "unit",
))  # fmt: skip
_TOKEN = re.compile(r"\d+|[^\W\d_]+")
_PIECE = re.compile(r"\d+|[A-Z]|^[a-z]")
_ENDING = re.compile(
    r"(?<=\w{3})(?:ational|ization|ations?|itions?|ative|ators?|ments?|ions?|able|ible|ings?|ives?|ors?|ers?|ied|ed|als?"
    r"|ly|ity|ic|es?|s|y|i)$"
)


def trim(short: str, long: str) -> str:
    """The part of a long form whose initials spell the short form; else that from the word with its first letter.

    "In offline reinforcement learning (RL)" defines "reinforcement learning", "spatio-temporal graph neural networks
    (GNNs)" defines "graph neural networks": what stands before is said of it, and so is one noun of ``HEADS`` after it.
    """
    pieces = [piece.casefold() for piece in _PIECE.findall(short)]
    tokens = list(_TOKEN.finditer(long))
    if len(pieces) < 2:
        return long
    start = _start(pieces, tokens, long)
    if start is None and tokens and singular(tokens[-1][0].casefold()) in HEADS:
        tokens.pop()
        start = _start(pieces, tokens, long)
    if start is None:
        return long if long[:1].casefold() == short[:1].casefold() else _from_letter(short[:1], long)
    return long[start : tokens[-1].end()]


def _from_letter(letter: str, long: str) -> str:
    """A long form from its first word that begins with a letter, all of it if none does."""
    found = re.search(rf"(?i)(?<=\s){re.escape(letter)}", long)
    return long[found.start() :] if found else long


def _start(pieces: list[str], tokens: list[re.Match[str]], text: str) -> int | None:
    """Where the initials begin that spell the pieces up to the last token: the first letter of a word, or None."""
    left, place = list(pieces), len(tokens)
    while left and place:
        place -= 1
        token = tokens[place][0].casefold()
        inside = text[: tokens[place].start()].endswith("-")
        if token == left[-1] or (token[0] == left[-1] and token.isalpha()):
            left.pop()
        elif place == len(tokens) - 1 or not (inside or token in FUNCTION_WORDS):
            return None
    begin = tokens[place].start() if tokens else 0
    return None if left or (begin and not text[begin - 1].isspace()) else begin


def initials(long: str) -> str:
    """The first letters of a long form's words, function words left out."""
    found = [word.casefold() for word in words(fold(long))]
    return "".join(word[0] for word in found if word not in FUNCTION_WORDS)


def stem(long: str) -> str:
    """The words of a long form without function words and endings: equal in "verifiable reward", "verified rewards".

    Too coarse on its own ("generation" is not "generator"), but not between long forms of one abbreviation.
    """
    found = [american(singular(word.casefold())) for word in words(fold(long))]
    return " ".join(_bare(word) for word in found if word not in FUNCTION_WORDS)


def _bare(word: str) -> str:
    while (shorter := _ENDING.sub("", word)) != word:
        word = shorter
    return word
