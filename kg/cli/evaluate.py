"""The command eval: how right an extractor or a graph is."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.options import given, graph_option, json_option
from kg.cli.render import plural
from kg.extract.load import DEFAULT

if TYPE_CHECKING:
    from kg.records import Rejected

SHOWN = 5


@click.command()
@click.argument("gold", nargs=-1, metavar="[GOLD]...")
@click.option(
    "--model", metavar="NAME|PATH|PACKAGE", help=f"Shipped extractor ({DEFAULT} if not given), or a pipeline."
)
@click.option(
    "--predicted", type=click.Path(path_type=Path, exists=True), help="Judge this file of `kg extract`; run no model."
)
@click.option("--labels", metavar="NAME|FILE|LABEL=TYPE,...", help="What the labels of GOLD mean (docs/evaluating.md).")
@click.option("--min-score", type=click.FloatRange(0, 1), help="Leave out relations below this score.")
@click.option("--curve", is_flag=True, help="Show precision and recall along the score.")
@click.option("--limit", type=click.IntRange(1), help="Only so many papers of each GOLD.")
@click.option("--workers", type=click.IntRange(1), help="Processes; as many as there are cores if not given.")
@click.option("--strict", is_flag=True, help="Stop at the first line that cannot be used.")
@click.option(
    "--merge",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="PAIRS",
    help="Judge the merges of the graph instead.",
)
@graph_option
@json_option
def eval(
    gold: tuple[str, ...], merge: Path | None, graph: Path, as_json: bool, curve: bool, strict: bool, **options: Any
) -> None:
    """Measure an extractor on annotated papers, or the merges of a graph.

    Each GOLD is a set of its own: JSON lines, plain or packed, or a folder of them. Shapes, labels, measures and the
    keys of --json are in docs/evaluating.md.

    PAIRS are tab-separated: name, name, same or different.

    \b
    Example:
      kg eval dev.jsonl
      kg eval scierc.test.jsonl.gz --model ./my-pipeline --curve
      kg eval mine.jsonl --labels "Algorithm=Method, Corpus=Dataset, Person="
      kg eval --merge pairs.tsv -g graph
    """
    if bool(gold) == bool(merge):
        raise click.UsageError("Give either GOLD, annotated papers, or --merge PAIRS, pairs of names.")
    if merge:
        merges(merge, graph, as_json=as_json, strict=strict)
    else:
        figures(gold, given(**options), as_json=as_json, curve=curve, strict=strict)


def figures(gold: tuple[str, ...], options: dict[str, Any], *, as_json: bool, curve: bool, strict: bool) -> None:
    from kg.api import cores
    from kg.cli.ask import dump
    from kg.cli.progress import progress
    from kg.cli.render_eval import render_set
    from kg.evaluate.run import Options, evaluate
    from kg.records import Rejected

    with progress() as report:
        found = evaluate(gold, Options(**{"workers": cores(), "strict": strict, **options}), report)
    click.echo(dump(found) if as_json else "\n".join(render_set(each, curve=curve) for each in found["sets"]))
    warn([Rejected(**row) for each in found["sets"] for row in each["rejected"]])
    for each in found["sets"]:
        if each["unread"]:
            count = f"{plural(len(each['unread']), 'paper')} (first: {each['unread'][0]})"
            click.echo(f"Warning: {each['gold']}: no prediction for {count}; counted as missed.", err=True)


def merges(pairs: Path, graph: Path, *, as_json: bool, strict: bool) -> None:
    from kg.cli.ask import dump
    from kg.cli.render_eval import render_merges
    from kg.evaluate.merge import judge_merges, read_pairs
    from kg.evaluate.run import gate

    rejected: list[Rejected] = []
    found = judge_merges(read_pairs(pairs, gate(rejected, strict=strict)), graph)
    click.echo(dump(found) if as_json else render_merges(found))
    warn(rejected)


def warn(rejected: "list[Rejected]") -> None:
    """Says what was set aside, the first of it with file, line and reason."""
    for each in rejected[:SHOWN]:
        click.echo(f"Warning: {each.file}, line {each.line}: {each.reason}.", err=True)
    if len(rejected) > SHOWN:
        click.echo(f"Warning: {len(rejected)} lines set aside in all; --json names each.", err=True)
