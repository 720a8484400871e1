"""The alias list: common names of one thing, written by hand in ``aliases.txt`` beside this file."""

from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from kg.names import key


@cache
def canonical() -> dict[tuple[str, str], str]:
    """(type group, key) of every listed name -> the key of the first name of its line."""
    return {(group, key(name)): key(names[0]) for group, names in lines() for name in names}


@cache
def homes() -> dict[str, str]:
    """The key of every name that is listed in one type group alone -> that group."""
    groups: dict[str, set[str]] = defaultdict(set)
    for group, name in canonical():
        groups[name].add(group)
    return {name: min(found) for name, found in groups.items() if len(found) == 1}


def lines() -> Iterator[tuple[str, list[str]]]:
    """Each line of the list: its type group and the names of one thing."""
    group = ""
    for line in files("kg.link").joinpath("aliases.txt").read_text("utf-8").splitlines():
        if line.startswith("["):
            group = line.strip("[]")
        elif line and not line.startswith("#"):
            yield group, line.split(" = ")


def known(group: str, name: str) -> str:
    """The key that the list gives a key of this group, or the key itself."""
    return canonical().get((group, name), name)
