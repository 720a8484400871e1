"""Commands that hand a graph on: export, formats."""

from pathlib import Path

import click

from kg.cli.options import graph_option


@click.command()
@click.argument("format")
@graph_option
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="File or folder to write.")
@click.option("--focus", metavar="NAME", help="Only the neighbourhood of this entity.")
@click.option("--depth", type=click.IntRange(1, 5), default=1, show_default=True, help="Steps from the focus.")
@click.option("--nodes", type=click.IntRange(2), default=60, show_default=True, help="At most so many entities around the focus.")
def export(format: str, graph: Path, output: Path, focus: str | None, depth: int, nodes: int) -> None:
    """Write the graph in another format; `kg formats` lists them.

    \b
    Example:
      kg export html --focus LoRA --depth 1 -o lora.html
      kg export graphml -o graph.graphml
    """
    import kg.api

    kg.api.open(graph).export(format, output, focus=focus, depth=depth, nodes=nodes)
    click.echo(f"Wrote {output}.", err=True)


@click.command()
def formats() -> None:
    """List the formats that can be read and written.

    \b
    Example:
      kg formats
    """
    from kg import exporters, readers

    for title, found in (("Read (--format NAME)", readers.formats()), ("Write (kg export NAME)", exporters.exporters())):
        click.echo(title)
        for name, line in found.items():
            click.echo(f"  {name:<18} {line}")
