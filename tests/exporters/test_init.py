import subprocess
import sys
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.exporters import export, exporters, suffix
from tests.exporters.sample import lineage


def test_every_module_is_a_format_with_one_line() -> None:
    found = exporters()
    assert {"csv", "cypher", "gexf", "graphml", "html", "json", "parquet"} <= found.keys()
    assert all(0 < len(line) <= 120 for line in found.values())
    assert not any(name.startswith("_") for name in found)


def test_listing_loads_nothing_heavy() -> None:
    code = "import sys, kg.exporters as e; e.exporters(); print({'networkx', 'pyarrow', 'pyvis'} & sys.modules.keys())"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout == "set()\n"


def test_suffixes() -> None:
    assert suffix("graphml") == ".graphml"
    assert suffix("csv") == ""


def test_unknown_format_lists_what_there_is(tmp_path: Path) -> None:
    with pytest.raises(
        InputError, match=r"Unknown export format 'xlsx'; there are csv, cypher, gexf, graphml, html, json"
    ):
        export("xlsx", lineage(), tmp_path / "x")


def test_unknown_option_lists_what_there_is(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"Format cypher has no option 'colour'; it takes dialect, name\."):
        export("cypher", lineage(), tmp_path / "x", colour="red", dialect=None)


def test_a_target_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(InputError, match=r"Cannot write .*file.*graph\.json: Not a directory|File exists"):
        export("json", lineage(), tmp_path / "file" / "graph.json")


@pytest.mark.parametrize("format", exporters())
def test_same_graph_same_bytes(format: str, tmp_path: Path) -> None:
    """Also over what stands there, and with nothing left beside it."""
    tables = lineage()
    for name in ("one", "two", "two"):
        export(format, tables, tmp_path / name)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one", "two"]
    assert contents(tmp_path / "one") == contents(tmp_path / "two") != {}


def contents(target: Path) -> dict[str, bytes]:
    """File name -> bytes, of a file or a folder."""
    files = sorted(target.iterdir()) if target.is_dir() else [target]
    return {path.name if target.is_dir() else "": path.read_bytes() for path in files}


@pytest.mark.parametrize("format", ["csv", "cypher", "gexf", "graphml", "json"])
def test_golden(format: str, tmp_path: Path) -> None:
    """To accept a wanted change, copy what the message names over the golden files."""
    name = f"graph{suffix(format)}" if suffix(format) else "graph_csv"
    export(format, lineage("2402.12354"), tmp_path / name)
    golden = Path(__file__).parent.parent / "golden" / "exporters" / name
    assert contents(tmp_path / name) == contents(golden), f"cp -r {tmp_path / name} {golden.parent}"
