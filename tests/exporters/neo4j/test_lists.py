"""Rows as parallel lists and back."""

from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import GraphError
from kg.exporters.neo4j.lists import OF_ENTITIES, OF_PAPERS, Follower, from_lists, to_lists
from kg.records import Alias, Result
from kg.store.tables import to_table

OFFSETS = st.none() | st.integers(0, 10**6)
RESULTS = st.builds(
    Result,
    paper=st.sampled_from("abc"),
    start=st.integers(0), end=st.integers(0), value=st.text(), number=st.floats(allow_nan=False),
    unit=st.none() | st.text(),
    kind=st.text(), subject_start=OFFSETS, subject_end=OFFSETS, dataset_start=OFFSETS, dataset_end=OFFSETS,
    metric_start=OFFSETS, metric_end=OFFSETS,
    sentence_start=st.integers(0, 9), sentence_end=st.integers(0, 9), score=st.floats(0, 1), by=st.text(),
)  # fmt: skip


@settings(deadline=None)
@given(st.lists(RESULTS.filter(lambda row: row.unit != "␀"), max_size=12), st.integers(1, 5))
def test_from_lists_is_the_inverse_of_to_lists(rows: list[Result], batch: int) -> None:
    rows.sort(key=lambda row: row.paper)
    table = to_table(Result, [row for row in rows if abs(row.start) < 2**63 and abs(row.end) < 2**63])
    found: dict[str, list[Any]] = {name: [] for name in table.schema.names}
    owners = []
    for owner, lists in to_lists(OF_PAPERS[-1], table.to_batches(max_chunksize=batch)):
        owners.append(owner)
        for name, values in from_lists(OF_PAPERS[-1], owner, lists).items():
            found[name].extend(values)
    assert pa.table(found, schema=table.schema).equals(table)
    assert owners == sorted(set(owners))


def test_a_follower_hands_out_rows_in_order_and_notices_strays() -> None:
    rows = [Alias("a1", "a", "key", 1), Alias("a2", "a", "key", 1), Alias("c1", "c", "key", 1)]
    batches = to_table(Alias, rows).to_batches()
    lenient = Follower(OF_ENTITIES, to_lists(OF_ENTITIES, batches), strict=False)
    assert [lenient.of(owner)["alias_surface"] for owner in ("a", "b", "d")] == [["a1", "a2"], [], []]
    strict = Follower(OF_ENTITIES, to_lists(OF_ENTITIES, batches), strict=True)
    assert strict.of("a")["alias_support"] == [1, 1]
    with pytest.raises(GraphError, match="aliases is out of order or has rows of c"):
        strict.of("d")
    with pytest.raises(GraphError, match="rows of c"):
        strict.finish()


def test_lists_of_different_lengths_are_an_error() -> None:
    with pytest.raises(GraphError, match=r"lists alias_\.\.\. of a differ in length"):
        from_lists(OF_ENTITIES, ("a",), {"alias_surface": ["x"], "alias_rule": [], "alias_support": [1]})
