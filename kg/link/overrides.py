"""The override file: what a person says about names, read from YAML with the line of every entry.

    merge:  [[LoRA, low-rank adapters]]          the first name's entity takes in the others
    split:  [{name: NAS, from: neural architecture search, as: network-attached storage}]
    retype: {Gym: Dataset}
    drop:   [web]
    rename: {LoRA: Low-Rank Adaptation}

A name stands for the entity that bears it, in each type group where there is one; ``dataset:COCO`` or an entity's id
for the one in that group.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import InputError
from kg.types import ENTITY_TYPES

if TYPE_CHECKING:
    from yaml.nodes import MappingNode, Node

FILE = "overrides.yaml"
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
    """One entry; ``names`` are the names it is about, ``to`` is what a split, a retype or a rename makes of them."""

    action: str
    names: tuple[str, ...]
    to: str | None
    place: str

    def error(self, reason: str) -> InputError:
        """The error that this entry cannot be carried out."""
        return InputError(f"{self.place}: {self.action} {' + '.join(map(repr, self.names))}: {reason}")


def read_overrides(path: Path) -> tuple[Override, ...]:
    """The entries of a file in the order in which they are carried out; none where the file is empty.

    Raises:
        InputError: the file cannot be read or an entry is not well-formed; names line and what would be accepted.
    """
    import yaml

    try:
        root = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}.") from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise InputError(f"{path} is not YAML: {' '.join(str(error).split())}.") from None
    if root is None:
        return ()
    if not isinstance(root, yaml.MappingNode):
        raise InputError(f"{path}: not a mapping from actions ({', '.join(ACTIONS)}) to entries.")
    entries = [entry for action, node in root.value for entry in _entries(path, action, node)]
    return tuple(sorted(entries, key=lambda entry: ACTIONS.index(entry.action)))


def _entries(path: Path, action: "Node", node: "Node") -> list[Override]:
    if action.value not in SHAPES:
        raise InputError(f"{_place(path, action)}: no action {action.value!r}; there are {', '.join(ACTIONS)}.")
    pairs = action.value in ("retype", "rename")
    if node.id != ("mapping" if pairs else "sequence"):
        raise InputError(f"{_place(path, node)}: {action.value} takes {SHAPES[action.value]}.")
    return [_entry(path, action.value, *(item if pairs else (item,))) for item in node.value]


def _entry(path: Path, action: str, *nodes: "Node") -> Override:
    """One entry from its nodes: a name and what becomes of it, a list of names, a mapping, or a name."""
    names, to = [node.value for node in nodes[:1]], nodes[1].value if len(nodes) > 1 else None
    if action == "merge" and nodes[0].id == "sequence":
        names = [node.value for node in nodes[0].value] if all(node.id == "scalar" for node in nodes[0].value) else []
    if action == "split" and nodes[0].id == "mapping":
        said = {left.value: right.value for left, right in nodes[0].value}
        names, to = [said.pop("name", ""), said.pop("from", "")], said.pop("as", None)
        names = [] if said else names
    wanted = len(names) > 1 if action in ("merge", "split") else len(names) == 1
    texts = [*names, *([] if to is None else [to])]
    typed = action != "retype" or to in ENTITY_TYPES
    if not (wanted and typed and all(isinstance(text, str) and text.strip() for text in texts)):
        raise InputError(f"{_place(path, nodes[0])}: {action} takes {SHAPES[action]}.")
    return Override(action, tuple(names), to, _place(path, nodes[0]))


def _place(path: Path, node: "Node") -> str:
    return f"{path}, line {node.start_mark.line + 1}"
