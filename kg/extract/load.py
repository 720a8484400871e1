"""Finding and opening the extractor: the shipped spaCy pipeline, or any that keeps its contract."""

import hashlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import InputError

if TYPE_CHECKING:
    from spacy.language import Language

MODELS = Path(__file__).parent / "model"
DEFAULT = "fast"


def model_path(model: str) -> Path:
    """The folder of a shipped model by its name, or of a user's own by its path.

    Raises:
        InputError: there is no such model; names the shipped ones.
    """
    for path in (MODELS / model, Path(model)):
        if (path / "config.cfg").is_file():
            return path
    shipped = ", ".join(sorted(path.parent.name for path in MODELS.glob("*/config.cfg")))
    raise InputError(f"No model {model!r}: give the folder of a spaCy pipeline, or one of: {shipped}.")


@cache
def model_digest(model: str) -> str:
    """A hash over every file of a model and the shared weights: extraction is repeated when it changes."""
    path, total = model_path(model), hashlib.sha256()
    for file in [*sorted(p for p in path.rglob("*") if p.is_file()), *sorted(MODELS.glob("*.npz"))]:
        total.update(file.name.encode() + hashlib.sha256(file.read_bytes()).digest())
    return total.hexdigest()[:16]


@cache
def load(model: str) -> "Language":
    """The spaCy pipeline of a model, opened once a process."""
    import spacy

    from kg.extract import components  # noqa: F401  (registers the factories that the config names)

    return spacy.load(model_path(model))
