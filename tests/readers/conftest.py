"""What every reader's test needs: the records of some text, and the golden files."""

import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from kg import readers
from kg.records import Record, Rejected

GOLDEN = Path(__file__).parents[1] / "golden" / "readers"
Read = Callable[..., tuple[list[Record], list[Rejected]]]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Records and rejections of a text (or bytes) in a file, whose format is told by its content unless given."""

    def read(content: str | bytes, name: str = "input", **options: Any) -> tuple[list[Record], list[Rejected]]:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read_paths(path, **options)

    return read


def read_paths(*paths: Path, **options: Any) -> tuple[list[Record], list[Rejected]]:
    rejected: list[Rejected] = []
    return list(readers.read(paths, reject=rejected.append, **options)), rejected


@pytest.fixture
def check_golden() -> Callable[[str], None]:
    """Read a file of tests/golden/readers, and compare with the ``.expected.json`` beside it."""

    def check(name: str) -> None:
        records, rejected = read_paths(GOLDEN / name)
        found = {
            "records": [{key: value for key, value in asdict(record).items() if value} for record in records],
            "rejected": [asdict(rejection) for rejection in rejected],
        }
        expected = json.loads((GOLDEN / f"{name}.expected.json").read_text(encoding="utf-8"))
        assert json.loads(json.dumps(found)) == expected

    return check
