"""The linker: mentions, relations and results of many papers -> entities, aliases, edges and their evidence.

``names`` and ``resolve`` say which entity a mention means, ``collect`` describes the entities, ``mention``, ``weigh``,
``relate`` and ``number`` each state facts (one row a sentence), and ``believe`` adds the facts up to edges.
All but ``names`` are Ibis expressions, so that they run on DuckDB here and on any other Ibis backend elsewhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pyarrow as pa

    from kg.link.overrides import Override


def link(
    papers: pa.Table, mentions: pa.Table, relations: pa.Table, results: pa.Table, *, overrides: Sequence[Override] = ()
) -> dict[str, pa.Table]:
    """Links the rows of the four paper tables.

    Returns:
        The tables ``entities``, ``aliases``, ``edges`` and ``evidence`` in the schema of their records, sorted:
        entities by id, aliases by entity, edges by type, source and target, evidence like its edge, best first within.
        A pure function of the rows, whatever their order. Rows of a paper that ``papers`` does not hold are left out.
    """
    from kg.link.run import run

    return run({"papers": papers, "mentions": mentions, "relations": relations, "results": results}, overrides)
