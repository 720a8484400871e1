"""SQL over the tables of a graph folder: a question reads the rows and columns that it needs, and no others."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb

from kg.errors import GraphError

# Those of kg.store.tables that questions are asked of; importing them from there would bring pyarrow in, which takes as
# long to load as answering.
TABLES = ("papers", "results", "entities", "aliases", "edges", "evidence")
Database = duckdb.DuckDBPyConnection
Row = dict[str, Any]


@contextmanager
def connect(folder: Path) -> Iterator[Database]:
    """A connection in which each table of the folder is a view.

    Raises:
        GraphError: a table is missing or cannot be read.
    """
    with duckdb.connect() as db:
        try:
            for name in TABLES:
                path = str(folder / f"{name}.parquet").replace("'", "''")
                db.execute(f"CREATE VIEW {name} AS SELECT * FROM read_parquet('{path}')")
            yield db
        except (duckdb.IOException, duckdb.InvalidInputException) as error:
            raise GraphError(f"{folder} cannot be read: {str(error).splitlines()[0]} Build the graph anew.") from error


def rows(db: Database, sql: str, **parameters: Any) -> list[Row]:
    """The rows that a statement gives, as dicts; ``$name`` in it is a parameter.

    ``IN $name`` takes a list that is spelt out: unlike a join with its items it lets whole row groups be skipped.
    """
    result = db.execute(*spell_out(sql, parameters))
    columns = [column[0] for column in result.description or ()]
    return [dict(zip(columns, row, strict=True)) for row in result.fetchall()]


def spell_out(sql: str, parameters: dict[str, Any]) -> tuple[str, dict[str, Any] | None]:
    """The statement with a parameter for each item of a list behind IN."""
    given: dict[str, Any] = {}
    for name, value in parameters.items():
        items = {f"{name}_{place}": item for place, item in enumerate(value)} if f"IN ${name}" in sql else {}
        sql = sql.replace(f"IN ${name}", f"IN ({', '.join(f'${item}' for item in items) or 'NULL'})")
        given |= items
        if re.search(rf"\${name}\b", sql):
            given[name] = value
    return sql, given or None
