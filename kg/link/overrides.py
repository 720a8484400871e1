"""The override file: what a person says about names, read from YAML with the line of every entry.

    merge:  [[LoRA, low-rank adapters]]          the first name's entity takes in the others
    split:  [{name: NAS, from: neural architecture search, as: network-attached storage}]
    retype: {Gym: Dataset}
    drop:   [web]
    rename: {LoRA: Low-Rank Adaptation}

A name stands for the entity that bears it, in each type group where there is one; ``dataset:COCO`` or an entity's id
for the one in that group.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import InputError
from kg.store.folder import OVERRIDES
from kg.types import ENTITY_TYPES

if TYPE_CHECKING:
    from yaml.nodes import Node

ACTIONS = ("split", "merge", "retype", "drop", "rename")
"""In the order in which they are carried out, wherever they stand in the file."""
SHAPES = {
    "merge": "a list of lists of two or more names: `- [LoRA, low-rank adapters]`",
    "split": "a list of `{name: NAME, from: NAME}`, with `as: NAME` where the name alone would lead back",
    "retype": f"a mapping from names to types ({', '.join(ENTITY_TYPES)}): `Gym: Dataset`",
    "drop": "a list of names: `- web`",
    "rename": "a mapping from names to new names: `LoRA: Low-Rank Adaptation`",
}


@dataclass(frozen=True, slots=True)
class Override:
    """One entry; ``names`` are the names it is about, ``to`` is what a split, a retype or a rename makes of them.

    One of the graph's own copy is ``kept``: what it is about may have been retracted since, so it may match nothing.
    """

    action: str
    names: tuple[str, ...]
    to: str | None
    place: str
    kept: bool = False

    def error(self, reason: str) -> InputError:
        """The error that this entry cannot be carried out."""
        return InputError(f"{self.place}: {self.action} {' + '.join(map(repr, self.names))}: {reason}")


@dataclass(frozen=True, slots=True)
class Overrides:
    """A file's text, which the graph folder keeps, and its entries in the order in which they are carried out."""

    text: str = ""
    entries: tuple[Override, ...] = ()

    @property
    def digest(self) -> str | None:
        """The SHA-256 of the text, None of none."""
        return hashlib.sha256(self.text.encode()).hexdigest() if self.text else None


def find_overrides(given: str | Path | None, inputs: Sequence[str | Path], folder: Path) -> Overrides:
    """The overrides of a run: of the file given, else of the one beside the first input, else of the graph's own copy.

    Raises:
        InputError: the file cannot be read, or an entry is not well-formed.
    """
    beside = [Path(first).absolute().parent / OVERRIDES for first in inputs[:1] if first != "-"]
    there = [path for path in (*beside, folder / OVERRIDES) if path.is_file()]
    path = Path(given) if given else next(iter(there), None)
    found = read_overrides(path) if path else Overrides()
    own = path == folder / OVERRIDES
    return replace(found, entries=tuple(replace(entry, kept=True) for entry in found.entries)) if own else found


def read_overrides(path: Path) -> Overrides:
    """The overrides of a file.

    Raises:
        InputError: it cannot be read, or an entry is not well-formed; names line and what would be accepted.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise InputError(f"{path} is not text in UTF-8.") from None
    return Overrides(text, parse(text, path))


def parse(text: str, path: Path) -> tuple[Override, ...]:
    """The entries of a text, ``path`` being where it came from; see :func:`read_overrides`."""
    import yaml

    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        raise InputError(f"{path} is not YAML: {' '.join(str(error).split())}.") from None
    if root is None:
        return ()
    if not isinstance(root, yaml.MappingNode):
        raise InputError(f"{path}: not a mapping from actions ({', '.join(ACTIONS)}) to entries.")
    entries = [entry for action, node in root.value for entry in _entries(path, action, node)]
    return tuple(sorted(entries, key=lambda entry: ACTIONS.index(entry.action)))


def _entries(path: Path, head: "Node", node: "Node") -> Iterator[Override]:
    """The entries under one action; a mapping has one a key, an empty one none."""
    action, place = _plain(head), f"{path}, line {head.start_mark.line + 1}"
    if action not in ACTIONS:
        raise InputError(f"{place}: there is no action {action!r}, only {', '.join(ACTIONS)}.")
    pairs = action in ("retype", "rename")
    if node.value and (isinstance(node.value, str) or isinstance(_plain(node), dict) is not pairs):
        raise InputError(f"{place}: {action} takes {SHAPES[action]}.")
    for item in node.value:
        first = item[0] if isinstance(item, tuple) else item
        place = f"{path}, line {first.start_mark.line + 1}"
        names, to = _entry(action, [_plain(part) for part in item] if first is not item else _plain(item))
        if not names or not all(text.strip() for text in (*names, to or "-")):
            raise InputError(f"{place}: {action} takes {SHAPES[action]}.")
        yield Override(action, names, to, place)


def _entry(action: str, value: Any) -> tuple[tuple[str, ...], str | None]:
    """The names that an entry is about, none if it is not well-formed, and what it makes of them."""
    match action, value:
        case "merge", [str(), str(), *_] if all(isinstance(name, str) for name in value):
            return tuple(value), None
        case "split", {"name": str(name), "from": str(source), "as": str(to)} if len(value) == 3:
            return (name, source), to
        case "split", {"name": str(name), "from": str(source)} if len(value) == 2:
            return (name, source), None
        case "retype", [str(name), str(to)] if to in ENTITY_TYPES:
            return (name,), to
        case "rename", [str(name), str(to)]:
            return (name,), to
        case "drop", str(name):
            return (name,), None
    return (), None


def _plain(node: "Node") -> Any:
    """A node as strings, lists and dicts: a name may look like a number or say "no"."""
    if isinstance(node.value, str):
        return node.value
    pairs = [item for item in node.value if isinstance(item, tuple)]
    return {_plain(left): _plain(right) for left, right in pairs} if pairs else [_plain(item) for item in node.value]
