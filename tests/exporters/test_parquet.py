from pathlib import Path

from kg.exporters import export
from kg.store.tables import TABLES, read_table
from tests.exporters.sample import hostile


def test_the_tables_come_back_exactly(tmp_path: Path) -> None:
    tables = hostile()
    export("parquet", tables, tmp_path / "graph")
    for name, record in TABLES.items():
        assert read_table(tmp_path / "graph" / f"{name}.parquet", record).equals(tables[name])
