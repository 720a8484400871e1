"""From mentions to the entities that they mean: resolve, merge, override, in this order."""

from collections.abc import Mapping, Sequence

import pyarrow as pa
from ibis.backends.duckdb import Backend
from ibis.expr.types import Table

from kg.link import apply, collect, introduce, keys, merge, resolve
from kg.link.engine import discard, keep, read
from kg.link.overrides import Override


def names(
    backend: Backend, rows: Mapping[str, Table], mentions: pa.Table, overrides: Sequence[Override]
) -> tuple[Table, Table, Table]:
    """The mentions with their entities; each name in each paper; what overrides say of entities.

    Raises:
        InputError: an override matches nothing.
    """
    surfaces, expansions = keys.surfaces(mentions), keys.expansions(mentions)
    spelt, longs = read(backend, "surfaces", surfaces), read(backend, "expansions", expansions)
    spans = keep(backend, "spans", resolve.spans(rows["papers"], rows["mentions"], spelt))
    senses = resolve.senses(spans, resolve.definitions(spans, longs))
    senses = keep(backend, "senses", resolve.vote(senses, read(backend, "homes", keys.homes())))
    discard(backend, "spans")
    defined, counts = backend.to_pyarrow(resolve.defined(senses)), backend.to_pyarrow(resolve.counted(senses))
    merges = read(backend, "merges", merge.merges(counts, surfaces, defined, expansions))
    given = keep(backend, "given", collect.given(senses, longs, merges))
    merged = keep(backend, "merged", resolve.merged(senses, merges))
    discard(backend, "senses")
    resolved = keep(backend, "resolved", resolve.resolve(merged, resolve.majority(merged)))
    discard(backend, "merged")
    said = apply.SAID.empty_table()
    if overrides:
        names = apply.carry_out(overrides, backend.to_pyarrow(collect.held(resolved, given)))
        moves, said = read(backend, "moves", names.moves()), names.said()
        resolved = keep(backend, "moved", resolve.override(resolved, moves))
        given = resolve.override(given, moves)
        discard(backend, "resolved")
    introduced = keep(backend, "introduced", introduce.introductions(resolved))
    discard(backend, resolved.get_name())
    return introduced, keep(backend, "uses", collect.uses(introduced, given)), read(backend, "said", said)
