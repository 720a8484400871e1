"""Cutting a graph down to the neighbourhood of one entity, the picture-sized part of it."""

from collections.abc import Mapping

import pyarrow as pa
import pyarrow.compute as pc

Tables = Mapping[str, pa.Table]
LOOSE = ("MENTIONS", "PROPOSES", "CO_MENTIONED_WITH")


def focus(tables: Tables, id: str, *, depth: int = 1, nodes: int = 60) -> dict[str, pa.Table]:
    """The tables of the entities within ``depth`` steps of one: at most ``nodes`` of them, the strongest links first.

    Typed edges are followed before co-mentions; generic entities are shown only where they are the focus. Edges among
    the chosen entities stay, papers stay as evidence (without nodes of their own).
    """
    generic = set(tables["entities"].filter(tables["entities"]["generic"])["id"].to_pylist()) - {id}
    between = tables["edges"].filter(
        pc.invert(pc.is_in(tables["edges"]["type"], pa.array(["MENTIONS", "PROPOSES", "REPORTS"])))
    )
    chosen = {id: 0}
    for step in range(1, depth + 1):
        for near in ranked(between, set(chosen)):
            if near not in generic and ":" in near and len(chosen) < nodes:
                chosen.setdefault(near, step)
    return cut(tables, pa.array(sorted(chosen), type=pa.string()))


def ranked(edges: pa.Table, inside: set[str]) -> list[str]:
    """The ids that one edge joins to the set, typed and well-supported edges first."""
    ends = pa.array(sorted(inside), type=pa.string())
    touching = edges.filter(pc.or_(pc.is_in(edges["source"], ends), pc.is_in(edges["target"], ends))).to_pylist()
    touching.sort(
        key=lambda e: (e["type"] in LOOSE, -e["papers"], -(e["npmi"] or 0), -e["score"], e["source"], e["target"])
    )
    return [id for edge in touching for id in (edge["source"], edge["target"]) if id not in inside]


def cut(tables: Tables, ids: pa.Array) -> dict[str, pa.Table]:
    """Only these entities, the edges among them, their evidence, and the papers it points to."""

    def among(name: str) -> pa.Table:
        table = tables[name]
        return table.filter(pc.and_(pc.is_in(table["source"], ids), pc.is_in(table["target"], ids)))

    evidence = among("evidence")
    part = {name: table.slice(0, 0) for name, table in tables.items()}
    part |= {"edges": among("edges"), "evidence": evidence}
    part["entities"] = tables["entities"].filter(pc.is_in(tables["entities"]["id"], ids))
    part["aliases"] = tables["aliases"].filter(pc.is_in(tables["aliases"]["entity"], ids))
    part["papers"] = tables["papers"].filter(
        pc.is_in(tables["papers"]["id"], evidence["paper"].combine_chunks().unique())
    )
    return part
