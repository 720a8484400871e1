"""A graph folder as rows for Neo4j, streamed from its Parquet files: what each node and relationship will carry."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import lru_cache, partial
from hashlib import blake2b
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from sys import intern
from typing import Any, NamedTuple

import orjson
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from kg.errors import GraphError
from kg.exporters.neo4j.lists import (
    NO_NUMBER,
    NO_TEXT,
    OF_EDGES,
    OF_ENTITIES,
    OF_PAPERS,
    Follower,
    Lists,
    Rows,
    to_lists,
)
from kg.records import Paper
from kg.store.folder import MANIFEST, REJECTED
from kg.store.tables import TABLES, read_table, schema_of
from kg.types import ENTITY_TYPES, NODE_PROPERTIES, PAIRS, EdgeType

Row = dict[str, Any]
BATCH = 5_000  # rows read at a time
TEXTS = 20_000  # texts of papers kept at hand, some 30 MB
TOP = 3  # evidence sentences in full on each edge
TIES = ("result_kind", "result_value")  # what decides between two equally sure rows about one number
LONGEST = 2_000  # bytes of an id that an index of Neo4j can surely hold


class Part(NamedTuple):
    """All nodes of a label, or all relationships of a type between nodes of two base labels (else empty)."""

    name: str
    source: str
    target: str
    rows: Callable[[], Iterator[Row]]


def base(label: str) -> str:
    """The label under which an id is unique: entities of all types share one."""
    return "Entity" if label in ENTITY_TYPES else label


def ends(kind: str) -> tuple[str, str]:
    """The base labels of the two ends of a relationship; the schema leaves no choice."""
    (pair,) = {(base(source), base(target)) for source, target in PAIRS[kind]}
    return pair


def node_id(id: str) -> str:
    """The id as Neo4j can index it: itself, or for a monster its beginning and a hash."""
    if len(id) <= LONGEST // 4 or len(id.encode()) <= LONGEST:
        return id
    return f"{id[: LONGEST // 8]}…{blake2b(id.encode(), digest_size=16).hexdigest()}"


def checksum(row: Any) -> int:
    """A hash of all that a row says, as Neo4j's integer: what has the same need not be written again."""
    return int.from_bytes(blake2b(orjson.dumps(row), digest_size=8).digest(), signed=True)


class Source:
    """The nodes and relationships of a graph folder; papers are kept in memory, everything else streams."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.papers = read_table(folder / "papers.parquet", Paper)
        self._places = {id: place for place, id in enumerate(self.papers["id"].to_pylist())}
        self._columns = self.papers["title"], self.papers["abstract"]
        self._text = lru_cache(TEXTS)(self._read_text)

    def nodes(self) -> list[Part]:
        """The nodes, label by label."""
        rows = {"Paper": self._paper_rows, "Result": self._result_rows}
        rows |= {label: partial(self._entity_rows, label) for label in ENTITY_TYPES}
        return [Part(label, "", "", partial(_sealed, _sealed_node, rows[label], label)) for label in NODE_PROPERTIES]

    def edges(self) -> list[Part]:
        """The relationships, type by type."""
        rows = {kind: partial(self._edge_rows, kind) for kind in EdgeType} | {EdgeType.MENTIONS: self._mention_rows}
        return [Part(kind, *ends(kind), partial(_sealed, _sealed_edge, rows[kind], kind)) for kind in sorted(EdgeType)]

    def about(self) -> Row:
        """What the node of the graph as a whole carries: the manifest, and what was set aside when it was built."""
        rejected = self.folder / REJECTED
        notes = rejected.read_text(encoding="utf-8") if rejected.exists() else None
        return {"manifest": (self.folder / MANIFEST).read_text(encoding="utf-8"), "rejected": notes}

    def _read_text(self, paper: str) -> str:
        place = self._places[paper]
        return "\n".join([column[place].as_py() for column in self._columns])

    def _batches(self, table: str, kind: str | None = None) -> Iterator[pa.RecordBatch]:
        """The rows of a table (of one type) in its order, a few thousand in memory at a time.

        pyarrow's dataset scanner would do the same with twice the memory.
        """
        schema = schema_of(TABLES[table])
        with pq.ParquetFile(self.folder / f"{table}.parquet", pre_buffer=False) as file:
            groups = [group for group in range(file.num_row_groups) if _may_hold(file.metadata.row_group(group), kind)]
            for batch in file.iter_batches(BATCH, row_groups=groups, columns=schema.names, use_threads=False):
                found = batch if kind is None else batch.filter(pc.equal(batch["type"], kind))
                if found.num_rows:
                    yield found.cast(schema)

    def _follow(self, rows: Rows, kind: str | None = None, *, strict: bool = True) -> Follower:
        return Follower(rows, to_lists(rows, self._batches(rows.table, kind)), strict=strict)

    def _paper_rows(self) -> Iterator[Row]:
        """Papers by id, each with its place in the table and the rows about it."""
        followers = [self._follow(rows) for rows in OF_PAPERS]
        order = pc.sort_indices(self.papers["id"])
        for start in range(0, len(order), 100):
            places = order[start : start + 100]
            for place, paper in zip(places.to_pylist(), self.papers.take(places).to_pylist(), strict=True):
                row = paper | {"year": _year(paper["date"]), "position": place}
                for follower in followers:
                    row |= follower.of(paper["id"])
                yield row
        for follower in followers:
            follower.finish()

    def _entity_rows(self, label: str) -> Iterator[Row]:
        aliases = self._follow(OF_ENTITIES, strict=False)
        for batch in self._batches("entities", label):
            for row in batch.drop_columns("type").to_pylist():
                yield row | {"first_year": _year(row["first_date"])} | aliases.of(row["id"])

    def _result_rows(self) -> Iterator[Row]:
        """One node a number; of several rows about it the surest gives the properties."""
        for (paper,), lists in to_lists(OF_PAPERS[-1], self._batches("results")):
            rows = [dict(zip(lists, values, strict=True)) for values in zip(*lists.values(), strict=True)]
            rows.sort(
                key=lambda row: (row["result_start"], -row["result_score"], row["result_kind"], row["result_value"])
            )
            for start, (row, *_) in groupby(rows, key=itemgetter("result_start")):
                sentence = self._text(paper)[row["result_sentence_start"] : row["result_sentence_end"]]
                row["result_unit"] = row["result_unit"].replace(NO_TEXT, "")
                kept = {name: row[f"result_{name}"] for name in ("value", "number", "unit", "kind", "score")}
                yield {"id": f"{paper}#{start}", "paper": paper, "sentence": sentence} | kept

    def _edge_rows(self, kind: str) -> Iterator[Row]:
        """Relationships by source and target, each with all of its evidence and the best sentences in full."""
        evidence = self._follow(OF_EDGES, kind)
        for batch in self._batches("edges", kind):
            for row in batch.drop_columns("type").to_pylist():
                source, target = row.pop("source"), row.pop("target")
                lists = evidence.of(kind, source, target)
                found = self._sentences(lists)
                row["sentence"], row["paper"] = found[0], lists["evidence_paper"][0]
                row["evidence"] = [sentence for sentence in dict.fromkeys(found) if sentence is not None]
                row.update(lists)
                yield {"source": source, "target": target, "properties": row}
        evidence.finish()

    def _sentences(self, lists: Lists) -> list[str | None]:
        """The sentences of the best evidence; None where the whole abstract is meant."""
        if not lists["evidence_paper"]:
            raise GraphError("An edge has no evidence: the tables do not belong together. Build the graph anew.")
        text = self._text
        best = zip(lists["evidence_paper"][:TOP], lists["evidence_start"], lists["evidence_end"], strict=False)
        return [None if start == NO_NUMBER else text(paper)[start:end] for paper, start, end in best]

    def _mention_rows(self) -> Iterator[Row]:
        """The relationships from papers to what they name, each with the offsets of every mention."""
        surfaces, types = self._surfaces(), self._types()
        mentions = self._follow(OF_PAPERS[0], strict=False)
        for paper, edges in groupby(self._edge_rows(EdgeType.MENTIONS), key=itemgetter("source")):
            rows = {row["target"]: row for row in edges}
            for row in rows.values():
                row["properties"] |= {"starts": [], "ends": []}
            lists = mentions.of(paper)
            spans = zip(*(lists[f"mention_{name}"] for name in ("text", "type", "start", "end")), strict=True)
            for text, kind, start, end in spans:
                named = sorted(surfaces.get(text, set()) & rows.keys(), key=lambda id: (types[id] != kind, id))
                for properties in (rows[id]["properties"] for id in named[:1]):
                    properties["starts"].append(start)
                    properties["ends"].append(end)
            yield from rows.values()

    def _surfaces(self) -> dict[str, set[str]]:
        """Surface form -> the entities it is a name of."""
        found: dict[str, set[str]] = defaultdict(set)
        for batch in self._batches("aliases"):
            for surface, entity in zip(batch["surface"].to_pylist(), batch["entity"].to_pylist(), strict=True):
                found[surface].add(intern(entity))
        return found

    def _types(self) -> dict[str, str]:
        return {
            id: kind
            for batch in self._batches("entities")
            for id, kind in zip(batch["id"].to_pylist(), batch["type"].to_pylist(), strict=True)
        }


def _may_hold(group: pq.RowGroupMetaData, kind: str | None) -> bool:
    """Whether a part of a Parquet file can hold rows of this type, as far as its statistics tell."""
    if kind is None:
        return True
    columns = (group.column(place) for place in range(group.num_columns))
    found = next(column.statistics for column in columns if column.path_in_schema == "type")
    return found is None or not found.has_min_max or found.min <= kind <= found.max


def _sealed(seal: Callable[[Row, str], Row], rows: Callable[[], Iterator[Row]], name: str) -> Iterator[Row]:
    return (seal(row, name) for row in rows())


def _sealed_node(row: Row, label: str) -> Row:
    """A node's row as it is sent: with an id that can be indexed, and its checksum."""
    id = row["id"]
    row |= {"id": node_id(id), "full_id": None if node_id(id) == id else id}
    return row | {"checksum": checksum([label, row])}


def _sealed_edge(row: Row, kind: str) -> Row:
    row["source"], row["target"] = node_id(row["source"]), node_id(row["target"])
    row["properties"]["checksum"] = checksum([kind, row])
    return row


def _year(date: str | None) -> int | None:
    return int(date[:4]) if date else None
