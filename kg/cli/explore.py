"""Commands that follow names through a graph: resolve, neighbors, path, leaderboard, timeline, compare."""

from dataclasses import asdict
from pathlib import Path

import click

from kg.cli.ask import dump
from kg.cli.options import graph_option, json_option
from kg.types import ENTITY_TYPES, EdgeType

EDGES = click.Choice([name for name in EdgeType if name != EdgeType.MENTIONS], case_sensitive=False)


@click.command()
@click.argument("names", nargs=-1, required=True, metavar="NAME...")
@graph_option
@json_option
def resolve(names: tuple[str, ...], graph: Path, as_json: bool) -> None:
    """Say which entity a name is, and why.

    Tells what else the name could mean, and near misses where nothing is called so.

    \b
    Example:
      kg resolve LoRA "low-rank adaptation"
      kg resolve SAM --json
    """
    import kg.api
    from kg.cli.render_explore import render_resolved

    found = kg.api.open(graph).resolve(*names)
    click.echo(dump([asdict(one) for one in found]) if as_json else render_resolved(found))


@click.command()
@click.argument("name")
@graph_option
@json_option
@click.option(
    "--type", "type_", type=click.Choice(ENTITY_TYPES, case_sensitive=False), help="Only neighbours of this type."
)
@click.option("--edge", type=EDGES, metavar="TYPE", help="Only over edges of this type (docs/schema.md).")
@click.option("--limit", default=10, show_default=True, help="Neighbours for each edge type and direction; 0 for all.")
def neighbors(name: str, graph: Path, as_json: bool, type_: str | None, edge: str | None, limit: int) -> None:
    """List what stands next to an entity, a line each.

    Generic entities come last, and as co-mentions only with --limit 0.

    \b
    Example:
      kg neighbors LoRA --type Dataset
      kg neighbors ImageNet --edge EVALUATED_ON --limit 0
    """
    import kg.api
    from kg.cli.render_explore import render_neighbors

    told = 1 if as_json else 0
    found = kg.api.open(graph).neighbors(name, type=type_, edge=edge, limit=limit or None, evidence=told)
    click.echo(dump(found) if as_json else render_neighbors(found))


@click.command()
@click.argument("start", metavar="A")
@click.argument("goal", metavar="B")
@graph_option
@json_option
@click.option("--steps", type=click.IntRange(1, 9), default=4, show_default=True, help="At most so many steps.")
@click.option("--limit", type=click.IntRange(1), default=3, show_default=True, help="At most so many ways.")
@click.option("--edge", "edges", type=EDGES, metavar="TYPE", multiple=True, help="Only such edges. Repeatable.")
def path(start: str, goal: str, graph: Path, as_json: bool, steps: int, limit: int, edges: tuple[str, ...]) -> None:
    """Show the shortest ways from one entity to another, each step with its sentence.

    Follows typed edges in either direction, around generic entities; only where there is no such way, the first and
    the last step may be a co-mention. Of equally short ways those over rarer entities come first.

    \b
    Example:
      kg path QLoRA BERT
      kg path "Stable Diffusion" DDPM --edge BASED_ON --edge USES
    """
    import kg.api
    from kg.cli.render_explore import render_path

    found = kg.api.open(graph).path(start, goal, steps=steps, limit=limit, types=edges or None)
    click.echo(dump(found) if as_json else render_path(found, steps))


@click.command()
@click.argument("dataset")
@graph_option
@json_option
@click.option("--metric", metavar="NAME", help="Only numbers in this metric.")
@click.option("--limit", default=10, show_default=True, help="Numbers printed for each metric; 0 for all, as in JSON.")
def leaderboard(dataset: str, graph: Path, as_json: bool, metric: str | None, limit: int) -> None:
    """List the numbers that papers report on a dataset, the best first.

    Absolute values, gains and factors apart, each with its sentence: papers differ in splits and settings. Lower is
    better where the metric's name says so (error, loss, perplexity, FID, WER, latency and the like: docs/explore.md).

    \b
    Example:
      kg leaderboard ImageNet --metric "top-1 accuracy"
      kg leaderboard GLUE --json
    """
    import kg.api
    from kg.cli.render_explore import render_leaderboard

    found = kg.api.open(graph).leaderboard(dataset, metric=metric)
    click.echo(dump(found) if as_json else render_leaderboard(found, limit or None))


@click.command()
@click.argument("name")
@graph_option
@json_option
def timeline(name: str, graph: Path, as_json: bool) -> None:
    """Show how many papers name an entity each year, and what with.

    \b
    Example:
      kg timeline LoRA
      kg timeline ImageNet --json
    """
    import kg.api
    from kg.cli.render_explore import render_timeline

    found = kg.api.open(graph).timeline(name)
    click.echo(dump(found) if as_json else render_timeline(found))


@click.command()
@click.argument("one", metavar="A")
@click.argument("other", metavar="B")
@graph_option
@json_option
def compare(one: str, other: str, graph: Path, as_json: bool) -> None:
    """Put two entities side by side.

    Which datasets, tasks and metrics they share, what each has alone, and who is said to beat whom.

    \b
    Example:
      kg compare LoRA AdaLoRA
      kg compare BERT RoBERTa --json
    """
    import kg.api
    from kg.cli.render_explore import render_comparison

    found = kg.api.open(graph).compare(one, other)
    click.echo(dump(found) if as_json else render_comparison(found))
