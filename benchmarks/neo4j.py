"""Loading a Neo4j server: nodes and relationships a second, against a bare driver loop that sends the same batches.

    NEO4J_PASSWORD=... python -m benchmarks.neo4j --uri bolt://127.0.0.1:7687 [--papers 8000] [--relationships 500000]

Makes a graph folder of random numbers (seeded) and loads it as ``kg export neo4j`` does, and with nothing but
``session.execute_write`` around the very same batches, which are made before the clock runs. Each run has a process of
its own and a database without the graph; the two take turns in the order ABBA, after one of each to warm the server up.
Says the rates, the processor seconds of this side, the peak memory, and the ratio of the best runs. ``--batches`` tries
sizes of batch instead.
"""

import argparse
import gc
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from subprocess import PIPE
from typing import NamedTuple

from neo4j import ManagedTransaction

from benchmarks.neo4j_graph import make
from kg.exporters.neo4j import statements, sync
from kg.exporters.neo4j.batches import batches
from kg.exporters.neo4j.connect import Server, connect, password
from kg.exporters.neo4j.rows import Row, Source

NAME = "benchmark"


class Run(NamedTuple):
    """Seconds by the clock and of this side's processor, peak memory in MB."""

    seconds: float
    processor: float
    memory: int


def measured(work: Callable[[], None]) -> Run:
    begin, processor = time.perf_counter(), time.process_time()
    work()
    seconds, processor = time.perf_counter() - begin, time.process_time() - processor
    return Run(seconds, processor, peak())


def peak() -> int:
    """Peak memory of this process in MB; ``ru_maxrss`` would count what the parent held when it started this one."""
    found = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
    return int(found.split()[1]) // 1024


def exporter(path: Path, server: Server) -> Run:
    return measured(lambda: void(sync.export_graph(path, server, NAME, sync.nobody)))


def void(_: object) -> None:
    pass


def bare(path: Path, server: Server) -> Run:
    """A driver loop over batches that are there already."""
    ready = list(sent(path))
    gc.freeze()  # or Python would look at all of them again and again
    with connect(server) as driver, driver.session(database=server.database) as session:
        for statement in [*statements.schema(), statements.BEGIN]:
            session.execute_write(send, statement, None)

        def loop() -> None:
            for statement, rows in ready:
                session.execute_write(send, statement, rows)

        return measured(loop)


def sent(path: Path) -> Iterator[tuple[str, list[Row]]]:
    """What the exporter would send, in its order."""
    source = Source(path)
    for part in [*source.nodes(), *source.edges()]:
        for rows, _ in batches(part, statements.BATCH):
            yield statements.put(part), rows


def send(tx: ManagedTransaction, statement: str, rows: list[Row] | None) -> None:
    tx.run(statement, graph=NAME, rows=rows).consume()


RUNS = {"exporter": exporter, "bare": bare}


def run(kind: str, path: Path, server: Server) -> Run:
    """One run in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.neo4j", "--run", kind, str(path), "--uri", server.uri]
    seconds, processor, memory = subprocess.run(command, stdout=PIPE, text=True, check=True).stdout.split()
    return Run(float(seconds), float(processor), int(memory))


def compare(path: Path, server: Server, total: int) -> None:
    best: dict[str, Run] = {}
    for turn, kind in enumerate(("bare", "exporter", "bare", "exporter", "exporter", "bare")):
        found = run(kind, path, server)
        stage, rate = "measured" if turn > 1 else "warm-up", f"{total / found.seconds:,.0f} nodes and relationships/s"
        print(f"{stage}: {kind} {found.seconds:.1f} s ({rate}), processor {found.processor:.1f} s, "
              f"peak {found.memory} MB", flush=True)  # fmt: skip
        if kind == "exporter":
            again = run(kind, path, server)
            print(f"  again, nothing to write: {again.seconds:.1f} s, processor {again.processor:.1f} s", flush=True)
        sync.drop_graph(server, NAME)
        if turn > 1:
            best[kind] = min(found, best.get(kind, found))
    print(f"ratio of the best: {best['bare'].seconds / best['exporter'].seconds:.2f} "
          f"(processor {best['bare'].processor / best['exporter'].processor:.2f})")  # fmt: skip


def sizes(path: Path, server: Server) -> None:
    for size in (1_000, 2_500, 5_000, 10_000, 20_000):
        statements.BATCH = size
        print(f"batches of {size:,}: {bare(path, server).seconds:.1f} s", flush=True)
        sync.drop_graph(server, NAME)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--uri", default="bolt://127.0.0.1:7687")
    parser.add_argument("--papers", type=int, default=8_000)
    parser.add_argument("--entities", type=int, default=92_000)
    parser.add_argument("--relationships", type=int, default=500_000)
    parser.add_argument("--batches", action="store_true")
    parser.add_argument("--run", nargs=2, metavar=("KIND", "FOLDER"), help="one run, as the program starts it itself")
    options = parser.parse_args()
    server = Server(uri=options.uri, password=password())
    if options.run:
        print(*RUNS[options.run[0]](Path(options.run[1]), server))
        return
    with tempfile.TemporaryDirectory() as place:
        path = make(Path(place) / "graph", options.papers, options.entities, options.relationships)
        if options.batches:
            sizes(path, server)
        else:
            compare(path, server, options.papers + options.entities + options.relationships)


if __name__ == "__main__":
    main()
