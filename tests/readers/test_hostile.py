"""Every format against damaged files: nothing raises, and what stands before the damage is kept."""

import gzip
import random
from pathlib import Path

import pytest

from kg import readers

from .conftest import GOLDEN, Read, read_paths

FORMATS = {"table": "csv", "json_lines": "json", "json_list": "json"}
FILES = sorted(path for path in GOLDEN.iterdir() if not path.name.endswith(".expected.json"))
EACH_FILE = pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)


@EACH_FILE
def test_file_cut_off_anywhere_keeps_what_stands_before(read: Read, path: Path) -> None:
    content = path.read_bytes()
    whole, _ = read_paths(path)
    for end in range(1, len(content), max(1, len(content) // 40)):
        records, rejected = read(content[:end], path.name, format=FORMATS.get(path.stem, path.stem))
        assert records or rejected
        assert records[:-1] == whole[: len(records[:-1])]


@EACH_FILE
def test_file_with_bytes_changed(read: Read, path: Path) -> None:
    content = path.read_bytes()
    chance = random.Random(7)
    for count in (1, 3, 20) * 10:
        damaged = bytearray(content)
        for _ in range(count):
            damaged[chance.randrange(len(damaged))] = chance.choice(b'\0\n"{}[]<>&,\\@\xff\xc3 ')
        records, rejected = read(bytes(damaged), path.name)
        assert records or rejected


@pytest.mark.parametrize("name", sorted(readers.formats()))
def test_forced_format_meets_nonsense(read: Read, name: str) -> None:
    for part in (b"\0", b"PAR1", b"{", b"[", b"<a>", b'"', b"@a{", b"TY  - \n", b"Abstract:\n", b"\xff\xfe\xfd"):
        records, rejected = read(part * 5_000, format=name)
        assert records or rejected
    assert read(gzip.compress(b""), format=name)[1][0].reason == "empty file"
