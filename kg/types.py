"""Derived from schemas/graph.yaml by `make schemas`; do not edit."""

from enum import StrEnum


class NodeType(StrEnum):
    PAPER = "Paper"
    """A title and an abstract, dated."""

    METHOD = "Method"
    """Technique, algorithm, loss, mechanism, module, training or inference procedure."""

    MODEL = "Model"
    """Something that is a model: named checkpoint or family, architecture, model class."""

    DATASET = "Dataset"
    """Named dataset, corpus, benchmark, environment."""

    METRIC = "Metric"
    """Named measure of quality or cost."""

    TASK = "Task"
    """Named problem."""

    RESULT = "Result"
    """One reported number: what reached it, on which dataset, in which metric."""


class EdgeType(StrEnum):
    MENTIONS = "MENTIONS"
    """The paper names the entity."""

    PROPOSES = "PROPOSES"
    """The paper introduces the entity."""

    REPORTS = "REPORTS"
    """The paper reports the number."""

    OF = "OF"
    """The number is about this method or model."""

    ON = "ON"
    """The number was measured on this dataset."""

    IN = "IN"
    """The number is in this metric."""

    CO_MENTIONED_WITH = "CO_MENTIONED_WITH"
    """Named together in a paper: a co-occurrence, not a claim. Stored once, from the smaller id to the greater."""

    USED_FOR = "USED_FOR"
    """Is applied to, solves."""

    EVALUATED_ON = "EVALUATED_ON"
    """Is tested on."""

    TRAINED_ON = "TRAINED_ON"
    """Is trained or pre-trained on."""

    MEASURED_BY = "MEASURED_BY"
    """Its quality is reported in."""

    BENCHMARK_FOR = "BENCHMARK_FOR"
    """Exists to test."""

    BASED_ON = "BASED_ON"
    """Extends, adapts, fine-tunes, is a variant of: research lineage."""

    USES = "USES"
    """Has it as a component, ingredient or step."""

    IS_A = "IS_A"
    """Is a kind of."""

    OUTPERFORMS = "OUTPERFORMS"
    """Is said to beat."""

    COMPARED_WITH = "COMPARED_WITH"
    """Compared, with no winner said."""

    SUBTASK_OF = "SUBTASK_OF"
    """Is part of or a case of."""


SCHEMA_VERSION = 2
ENTITY_TYPES: tuple[str, ...] = ("Method", "Model", "Dataset", "Metric", "Task")
SYMMETRIC: frozenset[str] = frozenset({"CO_MENTIONED_WITH"})
COLOURS: dict[str, str] = {
    "Paper": "#6b7280",
    "Method": "#0072b2",
    "Model": "#d55e00",
    "Dataset": "#009e73",
    "Metric": "#cc79a7",
    "Task": "#e69f00",
    "Result": "#56b4e9",
}
SHAPES: dict[str, str] = {
    "Paper": "square",
    "Method": "dot",
    "Model": "diamond",
    "Dataset": "triangle",
    "Metric": "star",
    "Task": "hexagon",
    "Result": "triangleDown",
}
NODE_PROPERTIES: dict[str, dict[str, str]] = {
    "Paper": {
        "id": "string",
        "title": "string",
        "abstract": "string",
        "date": "string",
        "year": "int",
        "authors": "strings",
        "venue": "string",
        "url": "string",
        "source": "string",
    },
    "Method": {
        "id": "string",
        "name": "string",
        "aliases": "strings",
        "papers": "int",
        "mentions": "int",
        "first_date": "string",
        "last_date": "string",
        "first_year": "int",
        "proposed_by": "strings",
        "generic": "bool",
    },
    "Model": {
        "id": "string",
        "name": "string",
        "aliases": "strings",
        "papers": "int",
        "mentions": "int",
        "first_date": "string",
        "last_date": "string",
        "first_year": "int",
        "proposed_by": "strings",
        "generic": "bool",
    },
    "Dataset": {
        "id": "string",
        "name": "string",
        "aliases": "strings",
        "papers": "int",
        "mentions": "int",
        "first_date": "string",
        "last_date": "string",
        "first_year": "int",
        "proposed_by": "strings",
        "generic": "bool",
    },
    "Metric": {
        "id": "string",
        "name": "string",
        "aliases": "strings",
        "papers": "int",
        "mentions": "int",
        "first_date": "string",
        "last_date": "string",
        "first_year": "int",
        "proposed_by": "strings",
        "generic": "bool",
    },
    "Task": {
        "id": "string",
        "name": "string",
        "aliases": "strings",
        "papers": "int",
        "mentions": "int",
        "first_date": "string",
        "last_date": "string",
        "first_year": "int",
        "proposed_by": "strings",
        "generic": "bool",
    },
    "Result": {
        "id": "string",
        "value": "string",
        "number": "float",
        "unit": "string",
        "kind": "string",
        "paper": "string",
        "sentence": "string",
        "score": "float",
    },
}
EDGE_PROPERTIES: dict[str, str] = {
    "papers": "int",
    "sentences": "int",
    "score": "float",
    "npmi": "float",
    "first_date": "string",
    "last_date": "string",
    "sentence": "string",
    "paper": "string",
}
PAIRS: dict[str, tuple[tuple[str, str], ...]] = {
    "MENTIONS": (
        ("Paper", "Method"),
        ("Paper", "Model"),
        ("Paper", "Dataset"),
        ("Paper", "Metric"),
        ("Paper", "Task"),
    ),
    "PROPOSES": (
        ("Paper", "Method"),
        ("Paper", "Model"),
        ("Paper", "Dataset"),
        ("Paper", "Metric"),
        ("Paper", "Task"),
    ),
    "REPORTS": (
        ("Paper", "Result"),
    ),
    "OF": (
        ("Result", "Method"),
        ("Result", "Model"),
    ),
    "ON": (
        ("Result", "Dataset"),
    ),
    "IN": (
        ("Result", "Metric"),
    ),
    "CO_MENTIONED_WITH": (
        ("Method", "Method"),
        ("Method", "Model"),
        ("Method", "Dataset"),
        ("Method", "Metric"),
        ("Method", "Task"),
        ("Model", "Method"),
        ("Model", "Model"),
        ("Model", "Dataset"),
        ("Model", "Metric"),
        ("Model", "Task"),
        ("Dataset", "Method"),
        ("Dataset", "Model"),
        ("Dataset", "Dataset"),
        ("Dataset", "Metric"),
        ("Dataset", "Task"),
        ("Metric", "Method"),
        ("Metric", "Model"),
        ("Metric", "Dataset"),
        ("Metric", "Metric"),
        ("Metric", "Task"),
        ("Task", "Method"),
        ("Task", "Model"),
        ("Task", "Dataset"),
        ("Task", "Metric"),
        ("Task", "Task"),
    ),
    "USED_FOR": (
        ("Method", "Task"),
        ("Model", "Task"),
    ),
    "EVALUATED_ON": (
        ("Method", "Dataset"),
        ("Model", "Dataset"),
    ),
    "TRAINED_ON": (
        ("Method", "Dataset"),
        ("Model", "Dataset"),
    ),
    "MEASURED_BY": (
        ("Method", "Metric"),
        ("Model", "Metric"),
        ("Task", "Metric"),
        ("Dataset", "Metric"),
    ),
    "BENCHMARK_FOR": (
        ("Dataset", "Task"),
    ),
    "BASED_ON": (
        ("Method", "Method"),
        ("Method", "Model"),
        ("Model", "Method"),
        ("Model", "Model"),
    ),
    "USES": (
        ("Method", "Method"),
        ("Method", "Model"),
        ("Model", "Method"),
        ("Model", "Model"),
    ),
    "IS_A": (
        ("Method", "Method"),
        ("Model", "Model"),
        ("Dataset", "Dataset"),
        ("Metric", "Metric"),
        ("Task", "Task"),
        ("Method", "Model"),
        ("Model", "Method"),
    ),
    "OUTPERFORMS": (
        ("Method", "Method"),
        ("Method", "Model"),
        ("Model", "Method"),
        ("Model", "Model"),
    ),
    "COMPARED_WITH": (
        ("Method", "Method"),
        ("Method", "Model"),
        ("Model", "Method"),
        ("Model", "Model"),
    ),
    "SUBTASK_OF": (
        ("Task", "Task"),
    ),
}
