"""The Cypher of the export. Labels and types come from the schema; everything else is a parameter."""

from importlib.resources import files

from kg.exporters.neo4j.rows import Part, base
from kg.types import ENTITY_TYPES, EdgeType

BATCH = 5_000  # rows a transaction; measured in benchmarks/neo4j.py
PIECES = "x.checksum % 32, collect(x.checksum)"
ALL_NODES = f"MATCH (x:Paper|Entity|Result) WHERE x.graph = $graph RETURN labels(x), {PIECES}"
ALL_EDGES = f"MATCH ()-[x]->() WHERE x.graph = $graph RETURN [type(x)], {PIECES}"
BEGIN = "MERGE (g:KnowledgeGraph {graph: $graph}) SET g.complete = false"
END = """MATCH (g:KnowledgeGraph {graph: $graph})
SET g.complete = true, g.manifest = $manifest, g.rejected = $rejected"""
# Relationships go first, as a transaction that deletes many of them at once needs more memory than a small server has.
DROP = (
    f"MATCH ()-[x:{'|'.join(f'`{kind}`' for kind in EdgeType)}]->() WHERE x.graph = $graph "
    f"WITH x LIMIT {BATCH} DELETE x",
    f"MATCH (x:Paper|Entity|Result|KnowledgeGraph) WHERE x.graph = $graph WITH x LIMIT {BATCH} DETACH DELETE x",
)


def schema() -> list[str]:
    """The constraints and indexes; each says IF NOT EXISTS."""
    text = (files(__package__) / "schema.cypher").read_text(encoding="utf-8")
    return [line.rstrip(";") for line in text.splitlines() if line.startswith("CREATE")]


def pattern(part: Part) -> str:
    """Matches the part's elements as x."""
    return f"()-[x:`{part.name}`]->()" if part.source else f"(x:`{part.name}`)"


def put(part: Part) -> str:
    """Creates or updates the elements of ``$rows``."""
    return put_edges(part) if part.source else put_nodes(part.name)


def put_nodes(label: str) -> str:
    """An entity that has changed its type keeps its node and its relationships."""
    others = [other for other in ENTITY_TYPES if other != label] if label in ENTITY_TYPES else []
    forget = f" REMOVE x:{':'.join(others)}" if others else ""
    return f"UNWIND $rows AS row MERGE (x:{base(label)} {{graph: $graph, id: row.id}}) SET x:{label}, x += row{forget}"


def put_edges(part: Part) -> str:
    """The hints matter: on an empty database the planner would rather scan all nodes, and keep that plan for long."""
    found = " ".join(
        f"MATCH ({x}:{label} {{graph: $graph, id: row.{end}}}) USING INDEX SEEK {x}:{label}(graph, id)"
        for x, label, end in (("a", part.source, "source"), ("b", part.target, "target"))
    )
    return f"UNWIND $rows AS row {found} MERGE (a)-[x:`{part.name}` {{graph: $graph}}]->(b) SET x += row.properties"


def remove(part: Part) -> str:
    """Takes away the elements whose checksum is one of ``$checksums``."""
    delete = "DELETE" if part.source else "DETACH DELETE"
    return f"MATCH {pattern(part)} WHERE x.graph = $graph AND x.checksum IN $checksums {delete} x"
