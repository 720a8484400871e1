import gzip
import io
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import zstandard

from kg import readers
from kg.errors import InputError
from kg.readers._fields import FIELDS
from kg.records import Rejected

from .conftest import GOLDEN, Read, read_paths

LINE = '{"title": "T", "abstract": "We measure."}\n'


def test_every_golden_file_is_read_by_the_format_it_is_named_after() -> None:
    named = {path.name.split(".")[0] for path in GOLDEN.iterdir()}
    assert set(readers.formats()) - {"json", "csv", "parquet"} <= named
    for name in named & set(readers.formats()):
        path = next(path for path in GOLDEN.iterdir() if path.stem == name)
        assert read_paths(path) == read_paths(path, format=name) != ([], [])


def test_formats_are_the_modules_of_the_package() -> None:
    files = {path.stem for path in Path(readers.__file__).parent.glob("*.py")}
    assert list(readers.formats()) == sorted(name for name in files if not name.startswith("_"))
    assert all(readers.formats().values())


@pytest.mark.parametrize("name", ["plain", "gzip", "zstd", "zstd in frames"])
def test_read_packed_files_by_their_content(read: Read, name: str) -> None:
    data = LINE.encode() * 3000
    pack = zstandard.ZstdCompressor().compress
    packed = {"plain": data, "gzip": gzip.compress(data), "zstd": pack(data), "zstd in frames": pack(data) * 2}[name]
    records, rejected = read(packed, "no-extension")
    assert len(records) == (6000 if name == "zstd in frames" else 3000)
    assert (records[-1].title, rejected) == ("T", [])


@pytest.mark.parametrize("pack", [gzip.compress, zstandard.ZstdCompressor().compress], ids=["gzip", "zstd"])
def test_packed_file_that_is_cut_off(read: Read, pack: Callable[[bytes], bytes]) -> None:
    lines = "".join(f'{{"abstract": "Abstract number {at * 7919 % 10007}."}}\n' for at in range(10_000))
    packed = pack(lines.encode())
    for end in (len(packed) // 2, len(packed) - 1):
        records, rejected = read(packed[:end])
        assert 0 < len(records) <= 10_000
        assert rejected[-1] == Rejected("input", 1, "packed data is cut off")
    assert read(packed)[1] == []


def test_small_packed_file_that_is_cut_off_keeps_its_whole_lines(read: Read) -> None:
    lines = "".join(f'{{"abstract": "Abstract number {at * 7919 % 10007}."}}\n' for at in range(100))
    records, rejected = read(gzip.compress(lines.encode())[:-200])
    assert 30 < len(records) < 100
    assert rejected == [Rejected("input", 1, "packed data is cut off")]


def test_packed_file_that_is_damaged(read: Read) -> None:
    packed = bytearray(gzip.compress(LINE.encode() * 3000))
    packed[20:40] = bytes(20)
    assert read(bytes(packed))[1][-1].reason.startswith("cannot be read: ")
    assert read(b"\x28\xb5\x2f\xfd" + b"nonsense" * 99)[1][-1].reason.startswith("cannot be read: ")


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    class Slow(io.BytesIO):
        def read1(self, size: int | None = -1) -> bytes:
            return super().read1(1)

    monkeypatch.setattr(sys, "stdin", type("Stdin", (), {"buffer": Slow(LINE.encode() * 2)}))
    rejected: list[Rejected] = []
    assert [record.source for record in readers.read(["-"], reject=rejected.append)] == ["stdin:1", "stdin:2"]
    assert rejected == []


def test_folders_are_read_in_order_and_hidden_files_left_out(tmp_path: Path) -> None:
    for name in ("b.jsonl", "a/z.jsonl", "a/a.jsonl", ".git/x.jsonl", ".hidden.jsonl"):
        (tmp_path / "in" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "in" / name).write_text(LINE)
    (tmp_path / "in" / "notes.md").write_text("Just notes.")
    records, rejected = read_paths(tmp_path / "in")
    assert [record.source for record in records] == ["a.jsonl:1", "z.jsonl:1", "b.jsonl:1"]
    assert [rejection.file for rejection in rejected] == ["notes.md"]


def test_same_bytes_wherever_the_file_lies(tmp_path: Path) -> None:
    found = []
    for folder in ("one", "two/deep"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "x.jsonl").write_text(LINE + "{broken\n")
        found.append(read_paths(tmp_path / folder))
    assert found[0] == found[1]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty file"),
        (b" \n\t\n", "empty file"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" * 50, "binary file"),
        ("title,abstract\nA,B\n".encode("utf-16"), "binary file"),
        (b"Just some notes\nof mine.\n", "no known format; there are: abstract_lines, acl_anthology, "),
    ],
)
def test_file_of_no_known_format_is_named(read: Read, content: bytes, reason: str) -> None:
    records, rejected = read(content, "x.txt")
    assert records == []
    assert len(rejected) == 1
    assert rejected[0].file == "x.txt"
    assert reason in rejected[0].reason


def test_folder_without_files(tmp_path: Path) -> None:
    assert read_paths(tmp_path) == ([], [Rejected(tmp_path.name, 1, "a folder without files")])


def test_file_that_may_not_be_read_does_not_stop_the_rest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.jsonl").write_text(LINE)
    (tmp_path / "b.jsonl").write_text(LINE)
    opened = Path.open

    def refuse(path: Path, *given: str) -> object:
        if path.name == "a.jsonl":
            raise PermissionError(13, "Permission denied")
        return opened(path, *given)

    monkeypatch.setattr(Path, "open", refuse)
    records, rejected = read_paths(tmp_path)
    assert [record.source for record in records] == ["b.jsonl:1"]
    assert rejected == [Rejected("a.jsonl", 1, "cannot be read: Permission denied")]


def test_errors_come_before_anything_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(LINE)
    good = tmp_path / "a.jsonl"

    def fail(rejection: Rejected) -> None:
        raise AssertionError(rejection)

    with pytest.raises(InputError, match=r"no file or folder '.*gone.txt'"):
        readers.read([good, tmp_path / "gone.txt"], reject=fail)
    with pytest.raises(InputError, match=r"no format 'marc'.*abstract_lines, .*, semantic_scholar"):
        readers.read([good], reject=fail, format="marc")
    with pytest.raises(InputError, match=r"no field 'heading'.*title, abstract, id, date, authors, venue, url"):
        readers.read([good], reject=fail, fields={"heading": "T"})


def test_format_may_be_written_with_hyphens(read: Read) -> None:
    records, _ = read('{"id": "1", "title": "T", "abstract": "A b."}\n', format="arxiv-snapshot")
    assert records[0].url == "https://arxiv.org/abs/1"


def test_documentation_names_formats_and_fields() -> None:
    text = (Path(__file__).parents[2] / "docs" / "readers.md").read_text(encoding="utf-8")
    rows = [f"| `{name}` | {doc} |" for name, doc in readers.formats().items()]
    rows += [f"| {name} | {', '.join(keys.split())} |" for name, keys in FIELDS.items()]
    assert [row for row in rows if f"{row}\n" not in text] == []
