"""Loading a Neo4j server: nodes and relationships a second, against a bare driver loop that sends the same batches.

    NEO4J_PASSWORD=... python -m benchmarks.neo4j --uri bolt://127.0.0.1:7687 [--papers 8000] [--relationships 500000]

Makes a graph folder of random numbers (seeded), loads it as ``kg export neo4j`` does, then sends the very same batches
with nothing but ``session.execute_write`` around them. Says the rates, their ratio and the exporter's peak memory,
measured in a process of its own. ``--batches`` tries sizes of batch instead.
"""

import argparse
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from neo4j import ManagedTransaction

from kg.exporters.neo4j import sync
from kg.exporters.neo4j.connect import Server, connect, password
from kg.exporters.neo4j.rows import Row, Source
from kg.records import Edge, Entity, Evidence, Paper
from kg.store import folder
from kg.store.tables import TABLES, to_table
from kg.types import ENTITY_TYPES

ABSTRACT = "A sentence about one thing and another thing, as long as those of real abstracts tend to be. " * 12
SENTENCE = ABSTRACT.index(".") + 1
PIECES = 1.4  # evidence per co-mention, as in a real corpus


def make(path: Path, papers: int, entities: int, relationships: int) -> Path:
    """A graph folder with so many nodes and CO_MENTIONED_WITH relationships."""
    rng = random.Random(0)
    ids = sorted(f"system:name{number}" for number in range(entities))
    paper_ids = [f"{2000 + number % 25}.{number:05}" for number in range(papers)]
    pairs: set[tuple[str, str]] = set()
    while len(pairs) < relationships:
        source, target = sorted((rng.choice(ids), rng.choice(ids)))
        if source != target:
            pairs.add((source, target))
    edges, evidence = [], []
    for source, target in sorted(pairs):
        pieces = 1 + (rng.random() < PIECES - 1)
        edges.append(Edge(source, "CO_MENTIONED_WITH", target, pieces, pieces, 0.5, 0.25, "2020", "2024"))
        for paper in rng.sample(paper_ids, pieces):
            evidence.append(Evidence(source, "CO_MENTIONED_WITH", target, paper, 7, 7 + SENTENCE, 0.9, "link"))
    rows: dict[str, list[Any]] = {
        "papers": [
            Paper(id, "A title", ABSTRACT, "2020-01-01", ("A. Author",), None, None, "x:1", id) for id in paper_ids
        ],
        "entities": [
            Entity(id, rng.choice(ENTITY_TYPES), id, (f"{id} too",), 3, 7, "2020", "2024", (), False) for id in ids
        ],
        "edges": edges,
        "evidence": evidence,
    }
    tables = {name: to_table(record, rows.get(name, [])) for name, record in TABLES.items()}
    with folder.locked(path):
        folder.replace(path, tables, {"counts": {}}, lambda _: None)
    return path


def batches(path: Path) -> Iterator[tuple[str, list[Row]]]:
    """What the exporter would send, in its order."""
    source = Source(path)
    for part in [*source.nodes(), *source.edges()]:
        statement = sync.edge_statement(part) if part.source else sync.node_statement(part.name)
        for rows, _ in sync.batches(part):
            yield statement, rows


def send(tx: ManagedTransaction, statement: str, name: str, rows: list[Row]) -> None:
    tx.run(statement, graph=name, rows=rows).consume()


def bare(path: Path, server: Server, name: str) -> float:
    """Seconds that a driver loop takes for the batches, which are made before the clock runs."""
    ready = list(batches(path))
    with connect(server) as driver, driver.session(database=server.database) as session:
        begin = time.perf_counter()
        for statement, rows in ready:
            session.execute_write(send, statement, name, rows)
        return time.perf_counter() - begin


def exported(path: Path, server: Server, name: str) -> tuple[float, int]:
    """Seconds and peak memory (MB) of the exporter, run in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.neo4j", "--run", str(path), name, "--uri", server.uri]
    done = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    return float(done[0]), int(done[1])


def run(path: Path, server: Server, name: str) -> None:
    begin = time.perf_counter()
    sync.export_graph(path, server, name, sync.nobody)
    print(time.perf_counter() - begin, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)


def clear(server: Server, *names: str) -> None:
    for name in names:
        sync.drop_graph(server, name)


def compare(path: Path, server: Server, nodes: int, relationships: int) -> None:
    """Exporter and bare loop in turn; the first pair of runs only warms the server up."""
    for turn in ("warm-up", "measured"):
        seconds, memory = exported(path, server, "exported")
        loop = bare(path, server, "bare")
        total = nodes + relationships
        print(f"{turn}: exporter {seconds:.1f} s ({total / seconds:,.0f} nodes and relationships/s, peak {memory} MB); "
              f"bare loop {loop:.1f} s ({total / loop:,.0f}/s); ratio {loop / seconds:.2f}", flush=True)  # fmt: skip
        print(f"  again: {exported(path, server, 'exported')[0]:.1f} s, nothing to write", flush=True)
        with connect(server) as driver:
            driver.execute_query("MERGE (g:KnowledgeGraph {graph: 'bare'})")
        clear(server, "exported", "bare")


def sizes(path: Path, server: Server) -> None:
    for size in (1_000, 2_500, 5_000, 10_000, 20_000):
        sync.BATCH = size
        print(f"batches of {size:,}: {bare(path, server, f'size {size}'):.1f} s", flush=True)
        with connect(server) as driver:
            driver.execute_query("MERGE (g:KnowledgeGraph {graph: $name})", name=f"size {size}")
        clear(server, f"size {size}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--uri", default="bolt://127.0.0.1:7687")
    parser.add_argument("--papers", type=int, default=8_000)
    parser.add_argument("--entities", type=int, default=92_000)
    parser.add_argument("--relationships", type=int, default=500_000)
    parser.add_argument("--batches", action="store_true")
    parser.add_argument("--run", nargs=2, metavar=("FOLDER", "NAME"))
    options = parser.parse_args()
    server = Server(uri=options.uri, password=password())
    if options.run:
        run(Path(options.run[0]), server, options.run[1])
        return
    with tempfile.TemporaryDirectory() as place:
        path = make(Path(place) / "graph", options.papers, options.entities, options.relationships)
        if options.batches:
            sizes(path, server)
        else:
            compare(path, server, options.papers + options.entities, options.relationships)


if __name__ == "__main__":
    main()
