"""Commands that ask a graph: info, show, lineage, query."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from kg.cli.neo4j import login_options, server
from kg.cli.options import graph_option, json_option, pairs


@click.command()
@graph_option
@json_option
def info(graph: Path, as_json: bool) -> None:
    """Say what a graph holds: counts by type, dates, model, versions.

    \b
    Example:
      kg info --json
    """
    import kg.api
    from kg.cli.render import render_info

    facts = kg.api.open(graph).info()
    click.echo(dump(facts) if as_json else render_info(facts))


@click.command()
@click.argument("name")
@graph_option
@json_option
@click.option(
    "--type", "type_", metavar="TYPE", help="Method, Model, Dataset, Metric or Task, where a name means several things."
)
@click.option("--limit", default=5, show_default=True, help="Edges shown for each type; 0 for all.")
def show(name: str, graph: Path, as_json: bool, type_: str | None, limit: int) -> None:
    """Show one entity with its edges, and the sentences behind them.

    \b
    Example:
      kg show LoRA
      kg show "knowledge distillation" --limit 0 --json
    """
    import kg.api
    from kg.cli.render import render_entity

    found = kg.api.open(graph).show(name, type=type_, limit=limit or None, evidence=None if as_json else 1)
    click.echo(dump(found) if as_json else render_entity(found))


@click.command()
@click.argument("name")
@graph_option
@json_option
@click.option("--up", type=click.IntRange(0, 9), default=2, show_default=True, help="Steps towards the ancestors.")
@click.option("--down", type=click.IntRange(0, 9), default=2, show_default=True, help="Steps towards the descendants.")
@click.option("--since", type=click.IntRange(1900, 2200), metavar="YYYY", help="Leave out descendants that are older.")
@click.option(
    "--edge", "edges", type=click.Choice(["BASED_ON", "IS_A", "USES"], case_sensitive=False), multiple=True,
    metavar="TYPE", help="Only such steps, BASED_ON, IS_A or USES. Repeatable.",
)  # fmt: skip
@click.option(
    "--width", type=click.IntRange(0), default=12, show_default=True, help="Branches of a type at a node; 0 for all."
)
def lineage(
    name: str, graph: Path, as_json: bool, up: int, down: int, since: int | None, edges: tuple[str, ...], width: int
) -> None:
    """Show what a method builds on and what grew out of it.

    Follows BASED_ON and IS_A, and USES from the entity itself. Each step has the sentence that says so; the year is
    that of the oldest paper that names the entity.

    \b
    Example:
      kg lineage LoRA
      kg lineage Transformer --up 0 --down 3 --since 2020
    """
    import kg.api
    from kg.cli.render import render_lineage
    from kg.explore.lineage import STEPS
    from kg.explore.lineage import lineage as trace

    folder = kg.api.open(graph).folder
    found = trace(folder, name, up=up, down=down, since=since, types=edges or STEPS, width=width or None)
    click.echo(dump(found) if as_json else render_lineage(found))


@click.command()
@click.argument("cypher")
@graph_option
@click.option(
    "--format", type=click.Choice(["table", "json", "csv"]), default="table", show_default=True, help="How to print."
)
@click.option(
    "--param",
    "parameters",
    multiple=True,
    callback=pairs,
    metavar="NAME=VALUE",
    help="A $NAME of the query. Repeatable.",
)
@click.option("--neo4j", "uri", metavar="URI", help="Ask this Neo4j server instead of the graph folder.")
@login_options
@click.option("--write", is_flag=True, help="Let the query change the database.")
def query(
    cypher: str, graph: Path, format: str, parameters: dict[str, str], uri: str | None, write: bool, **login: str
) -> None:
    """Ask the graph in Cypher.

    A query that would change it is refused without --write. The first one after `kg add` or `kg retract` loads the
    database, which takes a while on a large graph.

    Nodes: Paper, Method, Model, Dataset, Metric, Task, Result. Edges: docs/schema.md.

    \b
    Example:
      kg query "MATCH (a)-[r:BASED_ON]->(b) RETURN a.name, b.name, r.sentence LIMIT 5"
      kg query "MATCH (m {name: \\$name})-[r]->(n) RETURN label(r), n.name" --param name=LoRA
      kg query --neo4j bolt://127.0.0.1:7687 "MATCH (d:Dataset) RETURN d.name LIMIT 5"
    """
    import kg.api
    from kg.cli.progress import progress
    from kg.cli.render import render_rows

    values = {name: value_of(text) for name, text in parameters.items()}
    rows: Sequence[Sequence[Any]]
    if uri:
        from kg.exporters.neo4j.query import ask

        columns, rows = ask(server(uri, **login), cypher, values, write=write)
    else:
        with progress() as report:
            columns, rows = kg.api.open(graph).ask(cypher, values, write=write, progress=report)
    click.echo(render_rows(columns, rows, format), nl=False)


def value_of(text: str) -> Any:
    """A number, list, true, false or null where the text is one in JSON, else the text itself."""
    try:
        return json.loads(text)
    except json.JSONDecodeError:
        return text


def dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1)
