"""Records and tables are inverse, and the same rows give the same bytes."""

from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.records import Edge, Evidence, Paper, Result
from kg.store.tables import TABLES, from_table, read_table, schema_of, to_table, write_table

text = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
edges = st.builds(
    Edge,
    text,
    text,
    text,
    st.integers(0, 9),
    st.integers(0, 9),
    st.floats(0, 1),
    st.none() | st.floats(-1, 1),
    st.none() | text,
    st.none() | text,
)


@given(st.lists(edges, max_size=5))
def test_records_and_tables_are_inverse(rows: list[Edge]) -> None:
    assert list(from_table(Edge, to_table(Edge, rows))) == rows


@pytest.mark.parametrize("name", TABLES)
def test_an_empty_table_has_the_schema(name: str) -> None:
    assert to_table(TABLES[name], []).schema == schema_of(TABLES[name])


def test_nullable_means_may_be_none() -> None:
    assert schema_of(Evidence).field("start").nullable
    assert not schema_of(Evidence).field("paper").nullable
    assert schema_of(Paper).field("authors").type == pa.list_(pa.string())
    assert schema_of(Result).field("number").type == pa.float64()


def test_the_same_rows_give_the_same_bytes(tmp_path: Path) -> None:
    rows = [Edge("a", "USES", str(i), 1, 1, 0.5, None, "2020", None) for i in range(1000)]
    whole = to_table(Edge, rows)
    pieces = pa.concat_tables([to_table(Edge, rows[:300]), to_table(Edge, rows[300:])])
    write_table(tmp_path / "a", whole)
    write_table(tmp_path / "b", pieces)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    assert read_table(tmp_path / "a", Edge).equals(whole)
