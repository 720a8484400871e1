"""The sample as a graph folder."""

from pathlib import Path

import pytest

from tests.explore.make import write
from tests.explore.sample import sample


@pytest.fixture(scope="session")
def line_of_lora(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The line of LoRA, with a paper that contradicts it; never write to it."""
    return write(tmp_path_factory.mktemp("sample") / "graph", sample())


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graph without a paper."""
    return write(tmp_path_factory.mktemp("empty") / "graph")
