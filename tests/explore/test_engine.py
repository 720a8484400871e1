"""SQL over the tables of a folder."""

import subprocess
import sys
from pathlib import Path

import pytest

from kg.errors import GraphError
from kg.explore.engine import TABLES, connect, rows
from kg.store import tables
from tests.explore.make import named, write


def test_it_knows_the_tables_that_the_store_writes() -> None:
    assert set(TABLES) == set(tables.TABLES) - {"mentions", "relations"}


@pytest.mark.parametrize(("wanted", "found"), [(["a", "c"], ["a", "c"]), (["x'); DROP"], []), ([], [])])
def test_lists_behind_in_are_spelt_out(tmp_path: Path, wanted: list[str], found: list[str]) -> None:
    folder = write(tmp_path / "g", named(*((name, "Method", name, 1) for name in "abc")))
    with connect(folder) as db:
        sql = "SELECT id FROM entities WHERE id IN $ids ORDER BY list_position($ids, id)"
        assert [row["id"] for row in rows(db, sql, ids=wanted)] == found


def test_a_missing_table_is_named(tmp_path: Path) -> None:
    folder = write(tmp_path / "g")
    (folder / "evidence.parquet").unlink()
    with pytest.raises(GraphError, match="evidence"), connect(folder):
        pass


def test_a_question_loads_nothing_heavy(line_of_lora: Path) -> None:
    """Each of these alone would take as long to load as the answer may take."""
    commands = [
        ["show", "LoRA"], ["lineage", "LoRA"], ["resolve", "LoRA"], ["path", "LoRA", "SVD"], ["leaderboard", "GLUE"],
        ["neighbors", "LoRA"], ["timeline", "LoRA"], ["compare", "LoRA", "DoRA"],
    ]  # fmt: skip
    code = f"""if True:
        import sys
        from kg.cli import main
        for command in {commands}:
            main([*command, "-g", {str(line_of_lora)!r}], standalone_mode=False)
        print("loaded", *sys.modules)
    """
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    heavy = {"pyarrow", "pandas", "numpy", "networkx", "ibis", "ladybug", "spacy", "rich"}
    assert not heavy & set(out.splitlines()[-1].split())
