"""Commands that hand a graph on: export, import, formats."""

from importlib import import_module
from pathlib import Path
from typing import Any

import click

from kg.cli.options import graph_option

# Formats with options of their own -> what they are, in one line; the commands are in kg.cli.neo4j.
EXPORTS = {
    "neo4j": "A Neo4j server: loads the graph, or brings it up to date.",
    "neo4j-admin": "A folder of CSV files for neo4j-admin database import, for very large graphs.",
}
IMPORTS = {"neo4j": "A Neo4j server that `kg export neo4j` has loaded."}


# Options that one file format alone takes, by its name.
OWN: dict[str, list[click.Parameter]] = {
    "cypher": [
        click.Option(
            ["--dialect"], type=click.Choice(["neo4j", "ladybug"]), default="neo4j", show_default=True, help="Database."
        ),
        click.Option(["--name"], default="graph", show_default=True, help="Name of the graph in Neo4j."),
    ],
}


class Exports(click.Group):
    """One sub-command a format, so that each shows the options that it takes."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        from kg.exporters import exporters

        return [*exporters(), *EXPORTS]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command:
        return from_neo4j_module("export", cmd_name) if cmd_name in EXPORTS else to_file(cmd_name)


class Imports(click.Group):
    """One sub-command a source."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(IMPORTS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        return from_neo4j_module("import", cmd_name) if cmd_name in IMPORTS else None


def from_neo4j_module(verb: str, name: str) -> click.Command:
    command: click.Command = getattr(import_module("kg.cli.neo4j"), f"{verb}_{name}".replace("-", "_"))
    return command


def to_file(format: str) -> click.Command:
    """The command that writes a format.

    Raises:
        InputError: there is no such format.
    """
    from kg.exporters import exporters, suffix

    name = f"graph{suffix(format)}"

    @click.command(
        name=format, help=f"{exporters()[format]}\n\n\b\nExample:\n  kg export {format} --focus LoRA -o {name}"
    )
    @graph_option
    @click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="File or folder to write.")
    @click.option("--focus", metavar="NAME", help="Only the neighbourhood of this entity.")
    @click.option("--depth", type=click.IntRange(1, 5), default=1, show_default=True, help="Steps from the focus.")
    @click.option(
        "--nodes",
        type=click.IntRange(2),
        default=60,
        show_default=True,
        help="At most so many entities around the focus.",
    )
    def command(graph: Path, output: Path, focus: str | None, depth: int, nodes: int, **own: Any) -> None:
        import kg.api

        kg.api.open(graph).export(format, output, focus=focus, depth=depth, nodes=nodes, **own)
        click.echo(f"Wrote {output}.", err=True)

    command.params += OWN.get(format, [])
    return command


@click.group(cls=Exports)
def export() -> None:
    """Write the graph in another format, or into a Neo4j server.

    \b
    Example:
      kg export html --focus LoRA --depth 1 -o lora.html
      kg export graphml -o graph.graphml
      kg export neo4j --uri bolt://127.0.0.1:7687
    """


@click.group("import", cls=Imports)
def import_() -> None:
    """Make a graph folder from what an export wrote.

    \b
    Example:
      kg import neo4j --uri bolt://127.0.0.1:7687 -g copy
    """


@click.command()
def formats() -> None:
    """List the formats that can be read and written.

    \b
    Example:
      kg formats
    """
    from kg import exporters, readers

    writers = exporters.exporters() | EXPORTS
    for title, found in (("Read (--format NAME)", readers.formats()), ("Write (kg export NAME)", writers)):
        click.echo(title)
        for name, line in found.items():
            click.echo(f"  {name:<18} {line}")
