"""One real graph for all tests that only read: built once a process from the sample papers."""

from importlib.resources import as_file, files
from pathlib import Path

import pytest
from hypothesis import settings

import kg

# Derandomised: a run that passes passes again; machines are noisy, so no example has a deadline.
settings.register_profile("steady", deadline=None, derandomize=True)
settings.load_profile("steady")

DATA = Path(__file__).parent / "data"


@pytest.fixture(scope="session")
def sample() -> Path:
    """Six short papers, written for the tests."""
    return DATA / "papers.jsonl"


@pytest.fixture(scope="session")
def graph(sample: Path, tmp_path_factory: pytest.TempPathFactory) -> "kg.Graph":
    """The graph of the sample papers; never write to it."""
    return kg.build(sample, out=tmp_path_factory.mktemp("sample") / "graph", workers=1)


@pytest.fixture(scope="session")
def demo_graph(tmp_path_factory: pytest.TempPathFactory) -> "kg.Graph":
    """The graph that `kg demo` builds; never write to it."""
    with as_file(files("kg") / "demo" / "papers.jsonl") as papers:
        return kg.build(papers, out=tmp_path_factory.mktemp("demo") / "demo-graph", workers=1)
