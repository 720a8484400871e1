"""Parquet: the tables themselves, exact."""

from pathlib import Path

from kg.exporters._staged import staged_folder
from kg.store.network import Tables
from kg.store.tables import write_table

DOC = "A folder of Parquet files, one per table: everything, exact, smallest."
SUFFIX = ""


def write(tables: Tables, target: Path) -> None:
    """Writes ``<table>.parquet`` for each table given."""
    with staged_folder(target, *(f"{name}.parquet" for name in tables)) as folder:
        for name, table in tables.items():
            write_table(folder / f"{name}.parquet", table)
