"""Speed and memory of linking, and of loading the database, on made-up tables of any size.

    python benchmarks/link.py --papers 60000 --load

Every paper names one system of its own and draws the rest from a pool in which the n-th name is about n times as rare
as the first (Zipf), as names in real papers are; every name has a short form, which a tenth of the papers define.
"""

import argparse
import itertools
import json
import random
import resource
import sys
import tempfile
import time
from pathlib import Path

import pyarrow as pa

from kg.link import link
from kg.records import Mention, Paper, Relation, Result
from kg.store.cypher import load
from kg.store.tables import to_table
from kg.types import ENTITY_TYPES, PAIRS

SYLLABLES = [a + b for a in "bdfgklmnprstvz" for b in "aeiou"]
TYPED = [(edge, pair) for edge, pairs in PAIRS.items() for pair in pairs if set(pair) <= set(ENTITY_TYPES)]
TYPED = [(edge, pair) for edge, pair in TYPED if edge != "CO_MENTIONED_WITH"]
SENTENCES, DISTINCT, REPEATS = 8, 9, 17


def name(rng: random.Random) -> tuple[str, str]:
    """A long and a short form."""
    words = ["".join(rng.choices(SYLLABLES, k=rng.randint(2, 3))) for _ in range(rng.randint(2, 3))]
    short = "".join(word[0] for word in words).upper() + str(rng.randint(2, 9999))
    return " ".join(words) + short[len(words) :], short


def make_tables(papers: int, seed: int = 0) -> dict[str, pa.Table]:
    """The four tables of ``papers`` papers with about 17 mentions, 3 relations and half a result each."""
    rng = random.Random(seed)
    pool = [(*name(rng), rng.choice(ENTITY_TYPES)) for _ in range(papers)]
    weights = list(itertools.accumulate(1 / (rank + 10) for rank in range(papers)))
    rows: dict[type, list[object]] = {Paper: [], Mention: [], Relation: [], Result: []}
    for number in range(papers):
        own = (*name(rng), rng.choice(("Method", "Model")))
        for row in paper_rows(rng, number, [own, *rng.choices(pool, cum_weights=weights, k=DISTINCT - 1)]):
            rows[type(row)].append(row)
    names = {Paper: "papers", Mention: "mentions", Relation: "relations", Result: "results"}
    return {names[record]: to_table(record, found) for record, found in rows.items()}


def paper_rows(
    rng: random.Random, number: int, things: list[tuple[str, str, str]]
) -> list[Paper | Mention | Relation | Result]:
    """The rows of one paper about ``things``; the text is only as long as the offsets need."""
    paper, spells = f"p{number:06}", rng.random() < 0.1
    mentions = []
    for spot, thing in enumerate(
        sorted([*range(len(things)), *rng.choices(range(len(things)), k=REPEATS - len(things))])
    ):
        long, short, kind = things[thing]
        text = short if spells or rng.random() < 0.5 else long
        role = "proposed" if thing == 0 else None
        sentence = rng.randrange(SENTENCES) * 120
        span = spot * 50, spot * 50 + len(text)
        expansion = long if spells and text == short else None
        mentions.append(
            Mention(
                paper,
                *span,
                text,
                kind,
                rng.randint(500, 999) / 1000,
                sentence,
                sentence + 119,
                role,
                expansion,
                "bench",
            )
        )
    rows: list[Paper | Mention | Relation | Result] = [
        Paper(paper, f"Title {number}", "word " * 200, f"{rng.randint(2000, 2025)}", (), None, None, "bench", paper),
        *mentions,
    ]
    for head, tail in (rng.sample(mentions, 2) for _ in range(3)):
        edge = rng.choice([edge for edge, pair in TYPED if pair == (head.type, tail.type)] or ["USES"])
        rows.append(
            Relation(
                paper,
                head.start,
                head.end,
                edge,
                tail.start,
                tail.end,
                head.sentence_start,
                head.sentence_end,
                0.8,
                "bench",
            )
        )
    if rng.random() < 0.5:
        head = mentions[0]
        rows.append(
            Result(
                paper,
                30,
                34,
                "93.1",
                93.1,
                "%",
                "absolute",
                head.start,
                head.end,
                None,
                None,
                None,
                None,
                0,
                119,
                0.7,
                "bench",
            )
        )
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--papers", type=int, default=60_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--load", action="store_true", help="load the database too")
    options = parser.parse_args()
    tables = make_tables(options.papers, options.seed)
    report: dict[str, object] = {name: table.num_rows for name, table in tables.items()} | {"start_mb": peak()}
    begin = time.perf_counter()
    graph = link(**tables)
    report |= {name: table.num_rows for name, table in graph.items()}
    report |= {"link_s": round(time.perf_counter() - begin, 1), "link_mb": peak()}
    if options.load:
        with tempfile.TemporaryDirectory() as folder:
            begin, path = time.perf_counter(), Path(folder) / "graph.lbug"
            load(path, tables | graph)
            report |= {
                "load_s": round(time.perf_counter() - begin, 1),
                "load_mb": peak(),
                "file_mb": path.stat().st_size >> 20,
            }
    json.dump(report, sys.stdout, indent=2)
    print()


def peak() -> int:
    """The most memory this process has held so far, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10


if __name__ == "__main__":
    main()
