"""The command that proposes merges: suggest."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.ask import dump
from kg.cli.options import graph_option, json_option

if TYPE_CHECKING:
    from kg.link.suggest import Suggestion


@click.command()
@graph_option
@json_option
@click.option("--yaml", "as_yaml", is_flag=True, help="Print entries for overrides.yaml; delete those you do not want.")
@click.option("--limit", default=50, show_default=True, help="How many, those of most papers first; 0 for all.")
@click.option("--support", type=click.IntRange(1), default=2, show_default=True, help="Least papers of the rarer name.")
def suggest(graph: Path, as_json: bool, as_yaml: bool, limit: int, support: int) -> None:
    """List likely merges that no rule is sure of, for you to accept.

    \b
    Example:
      kg suggest
      kg suggest --yaml > overrides.yaml    # delete what is wrong, then
      kg add papers.bib --overrides overrides.yaml
    """
    import kg.api
    from kg.link.suggest import suggest as look

    found = look(kg.api.open(graph).folder, support=support)[: limit or None]
    if as_json:
        click.echo(dump([to_json(item) for item in found]))
    else:
        click.echo(render_yaml(found) if as_yaml else render(found), nl=False)


def to_json(item: "Suggestion") -> dict[str, object]:
    names = {end: {"id": name.id, "name": name.name, "papers": name.papers}
             for end, name in (("into", item.into), ("other", item.other))}  # fmt: skip
    return {**names, "reason": item.reason, "support": item.support}


def render(found: "list[Suggestion]") -> str:
    """A table: what would go into what, and why."""
    from kg.cli.render import render_table

    cells = [
        [f"{item.other.name} ({item.other.id})", f"{item.into.name} ({item.into.id})", item.reason, str(item.support)]
        for item in found
    ]
    return render_table(["name", "would go into", "reason", "papers"], cells)


def render_yaml(found: "list[Suggestion]") -> str:
    """Entries of an override file, each with its reason as a remark; JSON strings are YAML strings too."""
    lines = ["merge:"]
    for item in found:
        lines.append(f"  # {item.reason}: {' '.join(item.other.name.split())}, {item.support} papers")
        lines.append(f"  - {json.dumps([item.into.id, item.other.id], ensure_ascii=False)}")
    return "\n".join(lines) + "\n"
