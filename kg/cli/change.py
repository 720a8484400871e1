"""Commands about change: retract, diff."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.options import given, graph_option, json_option, reading_options
from kg.cli.render import plural

if TYPE_CHECKING:
    from kg.pipeline import Retraction

Row = dict[str, Any]
SIGNS = {"added": "+", "removed": "-", "changed": "~"}
LINES: dict[str, Callable[[Row], str]] = {
    "papers": lambda row: f"{row['id']}  {row['title']}  ({row['date'] or 'no date'})",
    "entities": lambda row: f"{row['name']}  ({row['type']}; {plural(row['papers'], 'paper')})",
    "edges": lambda row: f"{row['source_name']} {row['type']} {row['target_name']}  ({plural(row['papers'], 'paper')})",
    "aliases": lambda row: f"“{row['surface']}” is {row['name']}  ({row['rule']}; {plural(row['support'], 'paper')})",
}
TOLD = 10


@click.command()
@click.argument("papers", nargs=-1, metavar="PAPER...")
@click.option(
    "--from",
    "files",
    multiple=True,
    metavar="FILE",
    help="A list, one PAPER a line (- for standard input), or the file of papers that was added. Repeatable.",
)
@click.option("--all", "whole", is_flag=True, help="Their duplicates and other versions too, so that none comes back.")
@graph_option
@reading_options
def retract(papers: tuple[str, ...], files: tuple[str, ...], whole: bool, graph: Path, **options: Any) -> None:
    """Take papers out of a graph.

    PAPER is an id, an address or an arXiv number; one that the graph does not know is an error, and nothing is changed
    then. Where a duplicate or an older version of the paper was added too, that comes back in its place.

    \b
    Example:
      kg retract 2106.09685 https://arxiv.org/abs/2305.14314
      kg retract --from more.jsonl
    """
    from kg.api import cores
    from kg.cli.build import totals
    from kg.cli.progress import progress
    from kg.pipeline import Options
    from kg.pipeline import retract as take_out

    if not papers and not files:
        raise click.UsageError("Name the papers, or give a file of them with --from FILE.")
    chosen = Options(**{"workers": cores(), **given(**options)})
    with progress() as report:
        done = take_out(papers, graph, chosen, report, files=files, whole=whole)
    print_retraction(done)
    click.echo(f"{graph}: {done.report.papers:,} papers, {totals(done.report)}.")


def print_retraction(done: "Retraction") -> None:
    """What went, and what came back in its place."""
    for verb, papers in (("Retracted", done.gone), ("Back in its place", done.back)):
        for paper in papers[:TOLD]:
            click.echo(f"{verb}: {paper.id}  {paper.title}  ({paper.source})")
        if len(papers) > TOLD:
            click.echo(f"{verb}: {len(papers) - TOLD:,} more")


@click.command()
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@json_option
@click.option(
    "--limit", type=click.IntRange(0), default=10, show_default=True, help="Rows for each kind of change; 0 for all."
)
def diff(old: Path, new: Path, as_json: bool, limit: int) -> None:
    """Say what distinguishes two graphs: papers, entities, edges and aliases.

    Counts first, then what came (+), went (-) and changed (~), the most telling first.

    \b
    Example:
      kg diff graph-before graph
    """
    from kg.cli.ask import dump
    from kg.explore.diff import diff as compare

    found = compare(old, new, limit=limit or None)
    click.echo(dump(found) if as_json else render_diff(found))


def render_diff(found: Row) -> str:
    """Counts as a table, then a line a row."""
    lines = [f"{found['old']} -> {found['new']}", f"{'':<10}" + "".join(f"{name:>10}" for name in SIGNS)]
    for name, counts in found["counts"].items():
        more = f"  ({counts['reweighed']:,} more only in their weights)" if counts.get("reweighed") else ""
        lines.append(f"{name:<10}" + "".join(f"{counts[change]:>10,}" for change in SIGNS) + more)
    for name in LINES:
        lines += ["", name, *(render_row(name, row) for row in found[name])] if found[name] else []
    return "\n".join(lines)


def render_row(name: str, row: Row) -> str:
    """One line: what it is, and where it changed, from what to what."""
    before = row.get("before", {})
    changes = ", ".join(render_change(column, value, row[column]) for column, value in before.items())
    verb, elsewhere = "was" if row["change"] == "added" else "is now", row.get("elsewhere", [])
    more = f" and {len(elsewhere) - 3} others" if len(elsewhere) > 3 else ""
    others = f"; the name {verb} with {', '.join(elsewhere[:3])}{more}" if elsewhere else ""
    return f"  {SIGNS[row['change']]} {LINES[name](row)}{others}" + (f": {changes}" if changes else "")


def render_change(column: str, old: Any, new: Any) -> str:
    """The values of a column where they are short, what came and went of a list, else the name of the column alone."""
    if isinstance(old, list):
        items = [f"+{item}" for item in new if item not in old] + [f"-{item}" for item in old if item not in new]
        return f"{column} {' '.join(items[:6])}" + (" …" if len(items) > 6 else "")
    values = [render_value(value) for value in (old, new)]
    return f"{column} {' → '.join(values)}" if max(map(len, values)) <= 60 else column


def render_value(value: Any) -> str:
    return "none" if value is None else str(value)
