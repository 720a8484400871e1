"""Tables -> labelled nodes and edges with the properties that the schema declares, as graph databases want them."""

from collections.abc import Iterable, Iterator, Mapping
from functools import reduce
from types import MappingProxyType
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow.dataset import Dataset

from kg.errors import GraphError
from kg.types import EDGE_PROPERTIES, ENTITY_TYPES, NODE_PROPERTIES, PAIRS

ARROW = {
    "string": pa.string(),
    "strings": pa.list_(pa.string()),
    "int": pa.int64(),
    "float": pa.float64(),
    "bool": pa.bool_(),
}
Tables = Mapping[str, pa.Table | Dataset]
"""The tables of a graph, in memory or on the disk; edges and evidence sorted as the linker gives them."""
ENDS = ["source", "target"]
SAID = ("sentence", "paper")
"""The properties of an edge that its best evidence has."""


class Edges(NamedTuple):
    """Edges of one type between two labels; columns ``from``, ``to`` (ids) and the edge properties."""

    type: str
    source: str
    target: str
    table: pa.Table


def nodes(tables: Tables) -> Iterator[tuple[str, pa.Table]]:
    """Each label with its nodes, in the columns of ``NODE_PROPERTIES``."""
    papers, entities = to_table(tables["papers"]), to_table(tables["entities"])
    yield "Paper", _shape(NODE_PROPERTIES["Paper"], papers.append_column("year", _year(papers["date"])))
    entities = entities.append_column("first_year", _year(entities["first_date"]))
    for label in ENTITY_TYPES:
        yield label, _shape(NODE_PROPERTIES[label], entities.filter(pc.equal(entities["type"], label)))
    yield "Result", _shape(NODE_PROPERTIES["Result"], results(papers, to_table(tables["results"])))


def results(papers: pa.Table, rows: pa.Table) -> pa.Table:
    """The result nodes, by paper and offset; of several rows about one number the surest gives the properties."""
    rows = rows.filter(pc.is_in(rows["paper"], value_set=papers["id"])).sort_by(
        [
            ("paper", "ascending"),
            ("start", "ascending"),
            ("score", "descending"),
            ("kind", "ascending"),
            ("value", "ascending"),
        ]
    )
    ids = pc.binary_join_element_wise(rows["paper"], rows["start"].cast(pa.string()), "#")
    rows = rows.append_column("id", ids).append_column(
        "sentence", Sentences(papers)(rows, "sentence_start", "sentence_end")
    )
    rows = rows.set_column(rows.schema.get_field_index("unit"), "unit", pc.fill_null(rows["unit"], ""))
    return rows.filter(_changes(rows, ["id"]))


def edges(tables: Tables, types: Iterable[str] = PAIRS) -> Iterator[Edges]:
    """The edges by type and labels of their ends, each with the sentence and the paper of its best evidence.

    One type after the other, so that of tables on the disk no more than one is in memory.
    """
    entities = to_table(tables["entities"])
    labels, ids = pc.index_in(entities["type"], value_set=pa.array(ENTITY_TYPES)), entities["id"]
    cut = Sentences(to_table(tables["papers"]))
    for name in types:
        rows = of_type(tables["edges"], name, *ENDS, *(column for column in EDGE_PROPERTIES if column not in SAID))
        best = of_type(tables["evidence"], name, *ENDS, "paper", "start", "end")
        best = best.filter(_changes(best, ENDS))
        if not best.select(ENDS).equals(rows.select(ENDS)):
            raise GraphError("The tables edges and evidence do not belong together. Build the graph anew.")
        rows = rows.append_column("paper", best["paper"]).append_column("sentence", cut(best, "start", "end"))
        del best  # hundreds of megabytes that would stay while the edges are taken up
        for end in ENDS:
            rows = rows.append_column(f"{end}_type", labels.take(pc.index_in(rows[end], value_set=ids)))
        for pair in PAIRS[name] if rows.num_rows else ():
            found = _between(rows, pair)
            if found.num_rows:
                yield Edges(name, *pair, _shape(EDGE_PROPERTIES, found, {"source": "from", "target": "to"}))


def to_table(table: pa.Table | Dataset) -> pa.Table:
    return table if isinstance(table, pa.Table) else table.to_table()


def of_type(table: pa.Table | Dataset, name: str, *columns: str) -> pa.Table:
    """These columns of the edges or pieces of evidence of one type; of a table that is sorted by type a slice."""
    if not isinstance(table, pa.Table):
        return table.to_table(columns=list(columns), filter=pc.field("type") == name)
    mask = pc.equal(table["type"], name)
    part = table.slice(max(pc.index(mask, True).as_py(), 0), pc.sum(mask).as_py() or 0)
    part = part if pc.all(pc.equal(part["type"], name)).as_py() else table.filter(mask)
    return part.select(columns)


def _between(rows: pa.Table, pair: tuple[str, str]) -> pa.Table:
    """The rows whose ends are of these types; of Paper and Result, which the type of an edge implies, all are."""
    types = {end: ENTITY_TYPES.index(label) for end, label in zip(ENDS, pair, strict=True) if label in ENTITY_TYPES}
    masks = [pc.equal(rows[f"{end}_type"], number) for end, number in types.items()]
    return rows.filter(reduce(pc.and_, masks)) if masks else rows


class Sentences:
    """What stands where in the texts of papers.

    Args:
        papers: the papers; offsets are those of ``Paper.text``.
    """

    def __init__(self, papers: pa.Table) -> None:
        pairs = zip(papers["title"].to_pylist(), papers["abstract"].to_pylist(), strict=True)
        self._ids, self._texts = papers["id"], ["\n".join(pair) for pair in pairs]

    def __call__(self, rows: pa.Table, start: str, end: str) -> pa.DictionaryArray:
        """The text at ``paper, start, end`` of each row, null where the offsets are."""
        # Many edges rest on one sentence; paper, start and end in one number find each of them once.
        size = max(pc.max(rows[offset]).as_py() or 0 for offset in (start, end)) + 1
        spots = pc.index_in(rows["paper"], value_set=self._ids).cast(pa.int64())
        for offset in (start, end):
            spots = pc.add(pc.multiply(spots, size), rows[offset])
        spots = spots.combine_chunks().dictionary_encode()
        places = ((*divmod(spot // size, size), spot % size) for spot in spots.dictionary.to_pylist())
        cut = [self._texts[paper][begin:stop] for paper, begin, stop in places]
        return pa.DictionaryArray.from_arrays(spots.indices, pa.array(cut, pa.string()))


def _changes(rows: pa.Table, columns: list[str]) -> pa.Array:
    """True at the first row of each run of equal values."""
    if not rows.num_rows:
        return pa.array([], pa.bool_())
    changed = pa.repeat(False, rows.num_rows - 1)
    for chunked in rows.select(columns).combine_chunks().itercolumns():
        column = chunked.chunk(0)
        changed = pc.or_(changed, pc.not_equal(column[1:], column[:-1]))
    return pa.concat_arrays([pa.array([True]), changed])


def _shape(properties: Mapping[str, str], table: pa.Table, ends: Mapping[str, str] = MappingProxyType({})) -> pa.Table:
    schema = pa.schema(
        [(name, pa.string()) for name in ends] + [(name, ARROW[kind]) for name, kind in properties.items()]
    )
    return table.select(schema.names).cast(schema).rename_columns([ends.get(name, name) for name in schema.names])


def _year(dates: pa.ChunkedArray) -> pa.ChunkedArray:
    return pc.utf8_slice_codeunits(dates, 0, 4).cast(pa.int64())
