"""The line of LoRA as in the exporters' tests, and a paper that says the opposite of the rest, with numbers."""

from typing import Any

import pyarrow as pa

from kg.records import Alias, Edge, Entity, Evidence, Paper, Result
from kg.store.tables import TABLES, to_table
from tests.exporters.sample import IDS, lineage

ID, DATE = "2405.00001", "2024-05-01"
TITLE = "A Second Look at Adapters"
SENTENCES = (
    "Adapters outperform LoRA on GLUE: an accuracy of 88.1% and a perplexity of 9.5, where LoRA has 87.3% and 9.9.",
    "On GLUE that is a gain of 0.8 points in accuracy, at 1.5x the speed.",
    "LoRA is a kind of Adapters, and Adapters in turn build on LoRA.",
)
TEXT = f"{TITLE}\n{' '.join(SENTENCES)}"
SPANS = [(TEXT.index(sentence), TEXT.index(sentence) + len(sentence)) for sentence in SENTENCES]
# Sentence, head, type, tail.
FACTS = [
    (0, "Adapters", "OUTPERFORMS", "LoRA"), (0, "Adapters", "EVALUATED_ON", "GLUE"),
    (0, "Adapters", "MEASURED_BY", "perplexity"), (2, "LoRA", "IS_A", "Adapters"), (2, "Adapters", "IS_A", "LoRA"),
]  # fmt: skip
# Sentence, value, unit, kind, model, metric; all on GLUE.
NUMBERS = [
    (0, "88.1%", "%", "absolute", "Adapters", "accuracy"), (0, "9.5", None, "absolute", "Adapters", "perplexity"),
    (0, "87.3%", "%", "absolute", "LoRA", "accuracy"), (0, "9.9", None, "absolute", "LoRA", "perplexity"),
    (1, "0.8", "points", "gain", None, "accuracy"), (1, "1.5x", "x", "factor", None, None),
]  # fmt: skip
NAMED = ("Adapters", "LoRA", "GLUE", "accuracy", "perplexity")


def sample() -> dict[str, pa.Table]:
    """All eight tables, the rows of this paper after those of the others."""
    links = [(IDS[head], kind, IDS[tail], sentence) for sentence, head, kind, tail in FACTS]
    links += [end for number in NUMBERS for end in number_ends(*number)]
    links += [(ID, "MENTIONS", IDS[name], 0) for name in NAMED]
    evidence = [Evidence(source, kind, target, ID, *SPANS[at], 0.8, "rules") for source, kind, target, at in links]
    title, abstract = TEXT.split("\n")
    extra: dict[str, list[Any]] = {
        "papers": [Paper(ID, title, abstract, DATE, (), None, None, "sample.txt:1", "digest")],
        "entities": [
            Entity("dataset:adapters", "Dataset", "Adapters", (), 1, 1, None, None, (), False),
            Entity("task:undated", "Task", "undated thing", (), 0, 0, None, None, (), False),
        ],
        "aliases": [
            Alias("Adapters", "dataset:adapters", "normal form", 1),
            Alias("bare", "task:undated", "same name", 1),
        ],
        "results": [result(*number) for number in NUMBERS],
        "evidence": evidence,
        "edges": [Edge(e.source, e.type, e.target, 1, 1, 0.8, None, DATE, DATE) for e in evidence],
    }
    tables = lineage()
    more = {name: to_table(TABLES[name], rows) for name, rows in extra.items()}
    return tables | {name: pa.concat_tables([tables[name], rows]) for name, rows in more.items()}


def number_ends(
    sentence: int, value: str, _unit: str | None, _kind: str, model: str | None, metric: str | None
) -> list[tuple[str, str, str, int]]:
    """The edges of a number."""
    id = f"{ID}#{TEXT.index(value)}"
    named = [(kind, IDS[name]) for kind, name in (("OF", model), ("ON", "GLUE"), ("IN", metric)) if name]
    return [(id, kind, entity, sentence) for kind, entity in named] + [(ID, "REPORTS", id, sentence)]


def result(sentence: int, value: str, unit: str | None, kind: str, _model: str | None, _metric: str | None) -> Result:
    """A number whose ends only the edges know."""
    start = TEXT.index(value)
    read = start, start + len(value), value, float(value.strip("%x")), unit, kind
    return Result(ID, *read, None, None, None, None, None, None, *SPANS[sentence], 0.9, "rules")
