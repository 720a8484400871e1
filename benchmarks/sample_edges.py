"""Edges of a graph drawn at random, with all their evidence, for a person to judge.

    python -m benchmarks.sample_edges graph --types BASED_ON,PROPOSES --count 50 --seed 0

Every edge of a type is as likely as any other. The same graph, types, count and seed give the same edges in the same
order; ``--json`` prints them as lines of JSON instead of text.
"""

import argparse
import json
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pyarrow.compute as pc

from kg.store.folder import check_graph, select

LINK = ("source", "type", "target")
Row = dict[str, Any]


def draw(graph: Path, type: str, count: int, seed: int) -> list[Row]:
    """``count`` edges of a type (all, if there are fewer) in the columns of edges."""
    rows = select(graph, "edges", pc.field("type") == type).sort_by([("source", "ascending"), ("target", "ascending")])
    places = random.Random(f"{seed} {type}").sample(range(rows.num_rows), min(count, rows.num_rows))
    drawn: list[Row] = rows.take(places).to_pylist()
    return drawn


def described(graph: Path, edges: Sequence[Row]) -> Iterator[Row]:
    """The edges with the names of their ends, and ``evidence``: paper, date, title, abstract, sentence, score."""
    ids = {edge[end] for edge in edges for end in ("source", "target")}
    entities = {row["id"]: row for row in select(graph, "entities", pc.field("id").isin(ids)).to_pylist()}
    found = select(graph, "evidence", pc.field("type").isin({edge["type"] for edge in edges})).to_pylist()
    wanted = {tuple(edge[name] for name in LINK): list[Row]() for edge in edges}
    for row in found:
        wanted.get(tuple(row[name] for name in LINK), []).append(row)
    ids |= {row["paper"] for rows in wanted.values() for row in rows}
    papers = {row["id"]: row for row in select(graph, "papers", pc.field("id").isin(ids)).to_pylist()}
    for edge in edges:
        ends = {f"{end}_name": named(entities.get(edge[end])) for end in ("source", "target")}
        evidence = [stated(papers[row["paper"]], row) for row in wanted[tuple(edge[name] for name in LINK)]]
        yield {**edge, **ends, "evidence": evidence}


def named(entity: Row | None) -> str:
    """Name, other names and type of an entity; of a paper, that it is one."""
    if entity is None:
        return "Paper"
    return f"{' = '.join([entity['name'], *entity['aliases'][:4]])} ({entity['type']})"


def stated(paper: Row, row: Row) -> Row:
    """One piece of evidence with its words."""
    text = f"{paper['title']}\n{paper['abstract']}"
    sentence = text[row["start"] : row["end"]] if row["start"] is not None else None
    return {name: paper[name] for name in ("id", "date", "title", "abstract")} | {
        "sentence": sentence,
        "score": row["score"],
    }


def render(number: int, edge: Row) -> str:
    """An edge as text: its claim, then each piece of evidence with the abstract that it is from."""
    claim = f"{edge['source_name']} --{edge['type']}-> {edge['target_name']}"
    lines = [f"#{number} {claim}  [{edge['score']:.2f}, {edge['papers']} paper(s)]"]
    for item in edge["evidence"]:
        lines += [f"  {item['id']} ({item['date']}) {item['title']}  [{item['score']:.2f}]", f"  > {item['sentence']}"]
        lines += [f"  {item['abstract']}"]
    return "\n".join(lines) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("graph", type=Path)
    parser.add_argument("--types", default="BASED_ON,EVALUATED_ON,PROPOSES", help="separated by commas")
    parser.add_argument("--count", type=int, default=50, help="edges of each type")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    graph = check_graph(options.graph)
    edges = [edge for name in options.types.split(",") for edge in draw(graph, name, options.count, options.seed)]
    for number, edge in enumerate(described(graph, edges), 1):
        print(json.dumps(edge, ensure_ascii=False) if options.json else render(number, edge))


if __name__ == "__main__":
    main()
