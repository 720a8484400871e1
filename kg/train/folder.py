"""The pipeline that is trained: opened to be changed, and written as a folder."""

import shutil
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language

from kg.errors import InputError
from kg.extract import components  # noqa: F401  (registers what the config names)
from kg.extract.entities import EntityTagger
from kg.extract.load import model_path

MARK = "kg_train"


def open_pipeline(model: str) -> tuple[Language, EntityTagger]:
    """A pipeline of its own, with its entity tagger.

    Raises:
        InputError: there is no such model, or it has no tagger that can be trained here.
    """
    path = model_path(model)
    try:
        nlp = spacy.load(path)
    except Exception as error:  # whatever a pipeline of other people raises
        raise InputError(f"The pipeline {model!r} cannot be opened: {error}") from error
    for _, component in nlp.pipeline:
        if isinstance(component, EntityTagger):
            return nlp, component
    raise InputError(
        f"The model {model!r} cannot be fine-tuned here: only fast, and what kg train made of it. The encoder of "
        "accurate is trained with torch, by training/encoder.py; training/README.md says how."
    )


def check(out: Path) -> None:
    """Whether a pipeline may be written there: the folder is new, empty, or an earlier one of `kg train`.

    Raises:
        InputError: it holds something else.
    """
    if out.exists() and not out.is_dir():
        raise InputError(f"{out} is a file. Give a new folder.")
    if out.is_dir() and any(out.iterdir()) and not is_ours(out):
        raise InputError(f"{out} holds something else. Give a new folder, or one that kg train has written.")


def is_ours(out: Path) -> bool:
    meta = out / "meta.json"
    return meta.is_file() and f'"{MARK}"' in meta.read_text(encoding="utf-8")


def write_pipeline(nlp: Language, out: Path, facts: dict[str, Any]) -> None:
    """Writes the folder as a whole or not at all; ``facts`` go into its meta.json."""
    nlp.meta[MARK] = facts
    unfinished, old = (out.with_name(f".{out.name}.{state}") for state in ("partial", "old"))
    for folder in (unfinished, old):
        shutil.rmtree(folder, ignore_errors=True)
    out.parent.mkdir(parents=True, exist_ok=True)
    nlp.to_disk(unfinished)
    if out.exists():
        out.rename(old)
    unfinished.rename(out)
    shutil.rmtree(old, ignore_errors=True)
