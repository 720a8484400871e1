"""What a notebook imports: build a graph, open it, ask it, hand it on."""

import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.progress import Progress, silent

if TYPE_CHECKING:
    import networkx as nx
    import pyarrow as pa

    from kg.explore.resolve import Resolved
    from kg.pipeline import Report

Source = str | Path


def cores() -> int:
    """Processes that may run at once here."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def build(inputs: Source | Iterable[Source], out: Source = "graph", **options: Any) -> "Graph":
    """Builds a graph folder from files, folders or ``"-"`` (standard input), and opens it.

    Args:
        inputs: what to read.
        out: the folder; a graph that is there already is replaced, and what it knows of the same papers is kept.
        options: ``model``, ``format``, ``fields``, ``as_of``, ``strict``, ``workers`` as on the command line.

    Raises:
        kg.errors.InputError: nothing could be read, or an option names nothing.
        kg.errors.GraphError: ``out`` is something else than a graph, or in use.
    """
    run(inputs, Path(out), options, silent)
    return open(out)


def run(
    inputs: Source | Iterable[Source], out: Path, options: Mapping[str, Any], progress: Progress, *, add: bool = False
) -> "Report":
    """Builds or adds, and reports; what both the command line and this module call."""
    from kg.pipeline import Options
    from kg.pipeline import build as build_graph

    sources = [inputs] if isinstance(inputs, str | Path) else list(inputs)
    return build_graph(sources, out, Options(**{"workers": cores(), **options}), progress, add=add)


def open(folder: Source = "graph") -> "Graph":
    """Opens a graph folder.

    Raises:
        kg.errors.GraphError: there is no graph in it.
    """
    return Graph(Path(folder))


class Graph:
    """A graph folder, open for questions. It holds no state of its own: two of them on one folder are alike."""

    def __init__(self, folder: Path) -> None:
        if not (folder / "manifest.json").is_file():  # pyarrow would take half the time that a command needs to start
            from kg.store.folder import check_graph

            check_graph(folder)
        self.folder = folder

    def __repr__(self) -> str:
        return f"Graph({str(self.folder)!r})"

    def add(self, inputs: Source | Iterable[Source], **options: Any) -> "Graph":
        """Adds papers; one that is there already costs nothing. Options as in :func:`build`."""
        run(inputs, self.folder, options, silent, add=True)
        return self

    def query(self, cypher: str, **parameters: Any) -> list[dict[str, Any]]:
        """Runs a reading Cypher query; a row is a dict from column to value.

        The first one after :meth:`add` or :meth:`retract` loads the database, which takes a while on a large graph.

        Raises:
            kg.errors.QueryError: the database refuses it.
            kg.errors.GraphError: the database is to be loaded, but the folder is in use or may not be written.
        """
        columns, rows = self.ask(cypher, parameters)
        return [dict(zip(columns, row, strict=True)) for row in rows]

    def ask(
        self, cypher: str, parameters: Mapping[str, Any], *, write: bool = False, progress: Progress = silent
    ) -> tuple[Sequence[str], Sequence[Sequence[Any]]]:
        """Like :meth:`query`, but gives column names and rows apart: two columns may share a name.

        With ``write`` the statement may change the database, but not the tables that the next build makes it from.
        """
        from kg.store.database import open_database

        with open_database(self.folder, progress, write=write) as database:
            result = database.query(cypher, parameters)
            return result.columns, result.rows

    def info(self) -> dict[str, Any]:
        """Counts by type, dates, model and versions."""
        from kg.explore.info import info

        return info(self.folder)

    def resolve(self, *names: str) -> "list[Resolved]":
        """Which entity each name means and why, what else it could mean, near misses where nothing is called so; see
        :func:`kg.explore.resolve.resolve`.
        """
        from kg.explore.resolve import resolve

        return resolve(self.folder, *names)

    def show(self, name: str, **options: Any) -> dict[str, Any]:
        """An entity with aliases, years and edges, each with its sentences; see
        :func:`kg.explore.describe.describe`.
        """
        from kg.explore.describe import describe

        return describe(self.folder, name, **options)

    def lineage(self, name: str, **options: Any) -> "nx.DiGraph":
        """What an entity builds on and what builds on it, edges from child to parent; see
        :func:`kg.explore.lineage.lineage` for the options and :func:`kg.explore.lineage.to_tree` for the attributes.
        """
        from kg.explore.lineage import lineage, to_tree

        return to_tree(lineage(self.folder, name, **options))

    def neighbors(self, name: str, **options: Any) -> dict[str, Any]:
        """What stands next to an entity, a row an edge; see :func:`kg.explore.neighbors.neighbors`."""
        from kg.explore.neighbors import neighbors

        return neighbors(self.folder, name, **options)

    def path(self, start: str, goal: str, **options: Any) -> dict[str, Any]:
        """The shortest ways between two entities, each step with its sentence; see :func:`kg.explore.path.path`."""
        from kg.explore.path import path

        return path(self.folder, start, goal, **options)

    def leaderboard(self, dataset: str, *, metric: str | None = None) -> dict[str, Any]:
        """The numbers reported on a dataset, absolute values, gains and factors apart, the best first; see
        :func:`kg.explore.leaderboard.leaderboard`.
        """
        from kg.explore.leaderboard import leaderboard

        return leaderboard(self.folder, dataset, metric=metric)

    def timeline(self, name: str, **options: Any) -> dict[str, Any]:
        """How many papers name an entity each year, and what with; see :func:`kg.explore.timeline.timeline`."""
        from kg.explore.timeline import timeline

        return timeline(self.folder, name, **options)

    def compare(self, one: str, other: str) -> dict[str, Any]:
        """What two entities share, what each has alone, and who is said to beat whom; see
        :func:`kg.explore.compare.compare`.
        """
        from kg.explore.compare import compare

        return compare(self.folder, one, other)

    def tables(self, focus: str | None = None, *, depth: int = 1, nodes: int = 60) -> "dict[str, pa.Table]":
        """The tables, whole or cut down to the neighbourhood of one entity."""
        from kg.store.folder import read_tables

        tables = read_tables(self.folder)
        if focus is None:
            return tables
        from kg.explore.focus import focus as cut_to
        from kg.explore.resolve import known

        return cut_to(tables, known(self.folder, focus).id, depth=depth, nodes=nodes)

    def to_networkx(self, focus: str | None = None, *, depth: int = 1, nodes: int = 60) -> "nx.MultiDiGraph":
        """The graph, or a neighbourhood of it, for networkx; see :mod:`kg.store.network`."""
        from kg.store.network import to_networkx

        return to_networkx(self.tables(focus, depth=depth, nodes=nodes))

    def export(
        self, format: str, target: Source, *, focus: str | None = None, depth: int = 1, nodes: int = 60, **own: Any
    ) -> Path:
        """Writes the graph, or a neighbourhood of it, in another format; ``own`` are options of that format alone.

        Raises:
            kg.errors.InputError: there is no such format; names those there are.
        """
        from kg.exporters import export

        if focus and format == "html":
            from kg.explore.resolve import known

            own["focus"] = known(self.folder, focus).id
        export(format, self.tables(focus, depth=depth, nodes=nodes), Path(target), **own)
        return Path(target)

    def retract(self, *papers: str, files: Sequence[Source] = (), whole: bool = False, **options: Any) -> "Graph":
        """Takes papers out, by id or address, or those of files; see :func:`kg.pipeline.retract`.

        Raises:
            kg.errors.InputError: one means no paper of the graph, or none would be left; nothing is changed then.
        """
        from kg.pipeline import Options, retract

        chosen = Options(**{"workers": cores(), **options})
        retract(papers, self.folder, chosen, silent, files=files, whole=whole)
        return self

    def diff(self, other: "Graph | Source", *, limit: int | None = 10) -> dict[str, Any]:
        """What ``other`` has that this graph has not, and the other way round; see :func:`kg.explore.diff.diff`."""
        from kg.explore.diff import diff

        return diff(self.folder, other.folder if isinstance(other, Graph) else Path(other), limit=limit)
