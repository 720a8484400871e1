"""The version guard: which names must never be joined, whatever else speaks for it."""

import re
from collections import Counter

from kg.names import fold, key, words

# Words that make another size, edition or direction of a thing; single letters do so too (ViT-B, ViT-L).
EDITIONS = frozenset((
    "base", "chat", "cross", "fast", "faster", "flash", "full", "giant", "gigantic", "hard", "huge", "ii", "iii",
    "inner", "instruct", "intra", "inter", "iv", "large", "larger", "light", "lite", "long", "macro", "max", "medium",
    "micro", "mini", "multi", "nano", "negative", "non", "offline", "online", "outer", "plus", "positive", "pro",
    "semi", "short", "small", "smaller", "tiny", "turbo", "ultra", "un", "verified", "weighted", "xl", "xs", "xxl",
))  # fmt: skip
# Words of a long form that its abbreviation need not stand for.
FUNCTION_WORDS = frozenset((
    "a", "an", "and", "as", "at", "between", "by", "for", "from", "in", "into", "its", "most", "of", "on", "or", "our",
    "over", "per", "the", "this", "to", "under", "using", "via", "with", "without",
))  # fmt: skip
_NUMBER = re.compile(r"\d+(?:\.\d+)*")
_SHORT = re.compile(r"[\w.+*/&\- ]*")


def guard(short: str, long: str) -> bool:
    """Whether an abbreviation and a long form can be one thing: the long one is longer and has the same numbers.

    A long form that has the short one as a word is a kind of it ("macro F1" of "F1") and another thing; one that begins
    with "of" or "the", or has many more words than the short one has letters, was cut wrongly. Every number must stand
    in both, but a short form may count repeated initials (``C4``, ``T5``, ``3CM``) or write "to", "into" and "for" as 2
    and 4 between letters (``seq2seq``).
    """
    spelt = [word.casefold() for word in words(fold(long))]
    if not spelt or spelt[0] in FUNCTION_WORDS or "_" in short or not _SHORT.fullmatch(fold(short)):
        return False
    if len(long.split()) > min(len(short) + 5, 2 * len(short) + 1):
        return False
    if len(key(long)) <= len(key(short)) or key(short) in map(key, spelt):
        return False
    numbers = Counter(_numbers(short))
    numbers.subtract(_numbers(long))
    initials = Counter(word[0] for word in spelt)
    for digit, sounds in (("2", {"to", "into"}), ("4", {"for"})):
        if sounds & set(spelt) and re.search(rf"(?i)(?<=[a-z]){digit}(?=[a-z])", short):
            numbers[digit] -= 1
    letters = fold(short).casefold()
    after = [(letter, digit) for digit, letter in re.findall(r"(?<!\d)(\d)([a-z])", letters)]
    for letter, digit in [*re.findall(r"([a-z])(\d)(?!\d)", letters), *after]:
        if numbers[digit] > 0 and initials[letter] == int(digit):
            numbers[digit] -= 1
    return not any(numbers.values())


def same_version(one: str, other: str) -> bool:
    """Whether two spellings could be of one version: the same numbers, marks, sizes and editions, in any order."""
    return versions(one) == versions(other)


def versions(name: str) -> Counter[str]:
    """What in a name tells versions apart: numbers, marks (``+ * #``), single letters, words like "large", "macro"."""
    found = words(fold(name))
    telling = [
        word.casefold()
        for word in found
        if word.casefold() in EDITIONS or (len(word) == 1 and word.isalpha() and word not in "as")
    ]
    return Counter([*_numbers(name), *(mark for word in found for mark in re.findall(r"[+*#]+", word)), *telling])


def _numbers(name: str) -> list[str]:
    return _NUMBER.findall(" ".join(words(fold(name))))
