"""Finding and opening the extractor: the shipped spaCy pipeline, or any that keeps its contract."""

import hashlib
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import InputError

if TYPE_CHECKING:
    from spacy.language import Language

CODE = Path(__file__).parent
MODELS = CODE / "model"
DEFAULT = "accurate"


def model_path(model: str) -> Path:
    """The folder of a shipped model by its name, or of a user's own by its path or its installed package.

    Raises:
        InputError: there is no such model; names the shipped ones.
    """
    for path in (MODELS / model, Path(model), *packaged(model)):
        if (path / "config.cfg").is_file():
            return path
    shipped = ", ".join(sorted(path.parent.name for path in MODELS.glob("*/config.cfg")))
    raise InputError(f"No model {model!r}: give the folder or package of a spaCy pipeline, or one of: {shipped}.")


def packaged(name: str) -> list[Path]:
    """The folders of pipelines inside an installed package, as `spacy package` makes it."""
    try:
        spec = find_spec(name) if name.isidentifier() else None
    except (ImportError, ValueError):  # a module that is no package of its own, such as __main__
        return []
    folders = spec.submodule_search_locations if spec else None
    return [path.parent for folder in folders or () for path in sorted(Path(folder).glob("*/config.cfg"))]


@cache
def model_digest(model: str) -> str:
    """A hash over every file of a model, the shipped weights and our code: extraction is repeated when it changes."""
    path, total = model_path(model), hashlib.sha256()
    shared = [*MODELS.rglob("*"), *CODE.glob("*.py"), CODE.parent / "names.py"]  # one shipped model may ask another
    files = list(filter(Path.is_file, [*sorted(path.rglob("*")), *sorted(shared)]))
    digests = {file: hashlib.sha256(file.read_bytes()).digest() for file in set(files)}  # a shipped model comes twice
    for file in files:
        total.update(file.name.encode() + digests[file])
    return total.hexdigest()[:16]


@cache
def load(model: str) -> "Language":
    """The spaCy pipeline of a model, opened once a process.

    Raises:
        InputError: it cannot be opened, or does not keep the contract of :mod:`kg.extract.contract`.
    """
    import spacy

    from kg.extract import components, contract  # noqa: F401  (the first registers the factories that configs name)

    path = model_path(model)
    if path.parent == MODELS:
        return spacy.load(path)
    try:
        if path in packaged(model):
            import_module(model)  # registers components of its own
        nlp = spacy.load(path)
    except Exception as error:  # whatever a pipeline of other people raises
        reason = str(error).splitlines()[0] if str(error) else repr(error)
        raise InputError(f"The pipeline {model!r} cannot be opened: {reason}") from error
    contract.adapt(nlp, model)
    return nlp
