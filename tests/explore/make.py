"""Graph folders from tables, without the extractor: small, and with just the names that a test is about."""

import json
from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa

from kg.records import Alias, Entity
from kg.store.folder import MANIFEST
from kg.store.tables import TABLES, to_table, write_table

Tables = dict[str, pa.Table]


def write(folder: Path, tables: Mapping[str, pa.Table] | None = None) -> Path:
    """A graph folder of these tables, empty where none is given."""
    folder.mkdir(parents=True)
    every = {name: (tables or {}).get(name, to_table(record, [])) for name, record in TABLES.items()}
    for name, table in every.items():
        write_table(folder / f"{name}.parquet", table)
    (folder / MANIFEST).write_text(json.dumps({"counts": {name: table.num_rows for name, table in every.items()}}))
    return folder


def named(*rows: tuple[str, str, str, int]) -> Tables:
    """Entities and their aliases from (id, type, surface form, papers); the first form is the name."""
    forms: dict[str, list[tuple[str, str, int]]] = {}
    for id, type, surface, papers in rows:
        forms.setdefault(id, []).append((type, surface, papers))
    entities = [
        Entity(id, own[0][0], own[0][1], tuple(form for _, form, _ in own[1:]), max(n for *_, n in own), 9, None, None,
               (), generic=False)
        for id, own in sorted(forms.items())
    ]  # fmt: skip
    aliases = [Alias(surface, id, "same name", papers) for id, _, surface, papers in rows]
    return {"entities": to_table(Entity, entities), "aliases": to_table(Alias, aliases)}
