"""Commands that read papers: build, add, extract."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.options import given, graph_option, overrides_option, reading_options

if TYPE_CHECKING:
    from kg.pipeline import Report

files_argument = click.argument("files", nargs=-1, required=True, metavar="FILE...")


@click.command()
@files_argument
@graph_option
@overrides_option
@reading_options
def build(files: tuple[str, ...], graph: Path, **options: Any) -> None:
    """Build a graph from files of abstracts.

    Reads pasted pages, JSON, CSV, Parquet, BibTeX, RIS, arXiv, OpenAlex and more (`kg formats`), plain or compressed,
    folders too, `-` for standard input. A graph that is there is replaced; papers it knows are not read by the
    extractor again.

    \b
    Example:
      kg build papers.bib notes/*.txt
      kg build dump.csv.gz --field title=Name --field abstract=Text -g my-graph
    """
    work(files, graph, options, add=False)


@click.command()
@files_argument
@graph_option
@overrides_option
@reading_options
def add(files: tuple[str, ...], graph: Path, **options: Any) -> None:
    """Add papers to a graph; one that is in it already costs nothing.

    \b
    Example:
      kg add new.jsonl
    """
    work(files, graph, options, add=True)


def work(files: tuple[str, ...], graph: Path, options: dict[str, Any], *, add: bool) -> None:
    from kg.api import run
    from kg.cli.progress import progress

    with progress() as report:
        done = run(files, graph, given(**options), report, add=add)
    print_report(done, graph)


def print_report(report: "Report", graph: Path) -> None:
    """Two lines: what is in the graph now, and what was set aside."""
    from kg.extract.inputs import summary

    new = f"{report.new:,} new" if report.changed else "nothing new"
    if report.new > report.records:  # what was there already had to be read again
        new = f"{report.new:,} read by {model(graph)}, since another model had made the graph"
    click.echo(f"{graph}: {report.papers:,} papers ({new}), {totals(report)}.")
    if report.rejected:
        click.echo(f"Warning: {summary(report.rejected)} All of them: {graph / 'rejected.jsonl'}", err=True)


def model(graph: Path) -> str:
    from kg.store.folder import read_manifest

    return str(read_manifest(graph)["model"]["name"])


def totals(report: "Report") -> str:
    return ", ".join(f"{report.counts[name]:,} {name}" for name in ("mentions", "entities", "edges"))


@click.command()
@files_argument
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, allow_dash=True),
    default="-",
    help="File; standard output if not given.",
)
@click.option("--min-score", type=click.FloatRange(0, 1), default=0.0, help="Leave out relations below this score.")
@reading_options
def extract(files: tuple[str, ...], output: Path, min_score: float, **options: Any) -> None:
    """Print what the extractor finds, one JSON record a paper.

    Entities with type, forms, offsets and score, relations, reported numbers. Offsets count characters of title,
    newline, abstract as they came in.

    \b
    Example:
      kg extract papers.bib -o records.jsonl
    """
    from kg.cli.progress import progress
    from kg.extract.stream import write_records

    with progress() as report:
        rejected = write_records(files, output, given(**options), report, min_score=min_score)
    if rejected:
        from kg.extract.inputs import summary

        click.echo(f"Warning: {summary(rejected)}", err=True)
    if str(output) != "-":
        click.echo(f"Wrote {output}.", err=True)
    sys.stdout.flush()
