"""The graph of benchmarks/neo4j.py: random (seeded), with texts and evidence as long as those of real papers."""

import random
from pathlib import Path
from typing import Any

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
