"""Commands about Neo4j: export neo4j, export neo4j-admin, import neo4j, and neo4j start, stop, drop, fetch."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from kg.cli.options import graph_option

if TYPE_CHECKING:
    from kg.exporters.neo4j.connect import Server

F = TypeVar("F", bound=Callable[..., Any])
URI = "bolt://127.0.0.1:7687"


def login_options(command: F) -> F:
    """Who asks, and which database."""
    options = [
        click.option("--user", envvar="NEO4J_USER", default="neo4j", show_default=True, help="Neo4j user."),
        click.option("--database", default="neo4j", show_default=True, help="Database on the server."),
        click.option("--password-env", default="NEO4J_PASSWORD", show_default=True, metavar="VARIABLE",
                     help="The environment variable that holds the password."),
    ]  # fmt: skip
    for option in reversed(options):
        command = option(command)
    return command


def server_options(command: F) -> F:
    """Which server, and the name of the graph on it."""
    uri = click.option("--uri", envvar="NEO4J_URI", default=URI, show_default=True, help="Address of the server.")
    name = click.option("--name", help="Name of the graph in the database; that of the folder if not given.")
    return uri(login_options(name(command)))


def server(uri: str, user: str, database: str, password_env: str) -> "Server":
    from kg.exporters.neo4j.connect import Server, password

    return Server(uri=uri, user=user, password=password(password_env), database=database)


def graph_name(name: str | None, graph: Path) -> str:
    return graph.resolve().name if name is None else name


@click.command("neo4j")
@graph_option
@server_options
def export_neo4j(graph: Path, name: str | None, **login: str) -> None:
    """Load the graph into a Neo4j server, or bring it up to date there.

    Only what is new or changed is written, and what is gone from the graph is removed; everything else in the database
    stays as it is. The password comes from an environment variable.

    \b
    Example:
      export NEO4J_PASSWORD=...
      docker compose up -d --wait && kg export neo4j
      kg export neo4j --uri neo4j+s://HOST --name peft -g my-graph
    """
    from kg.cli.progress import progress
    from kg.exporters.neo4j.sync import export_graph

    target = server(**login)
    with progress() as report:
        done = export_graph(graph, target, graph_name(name, graph), report)
    created = f"{done.nodes_created:,} nodes and {done.relationships_created:,} relationships created"
    deleted = f"{done.nodes_deleted:,} and {done.relationships_deleted:,} deleted"
    click.echo(f"{target.uri}: {created}, {deleted}, {done.written:,} rows written; counts and checksums agree.")


@click.command("neo4j-admin")
@click.argument("folder", type=click.Path(path_type=Path))
@graph_option
@click.option("--name", help="Name of the graph in the database; that of the folder if not given.")
def export_neo4j_admin(folder: Path, graph: Path, name: str | None) -> None:
    """Write CSV files for Neo4j's bulk import, which needs an empty database and a stopped server.

    Prints the command that imports them, to be run in FOLDER where the server is; FOLDER/import.sh does the same.
    Afterwards start the server and run kg export neo4j once: it adds the constraints and checks what is there.

    \b
    Example:
      kg export neo4j-admin bulk/
    """
    from kg.exporters.neo4j.admin import write

    command = write(graph, folder, graph_name(name, graph))
    click.echo(f"Wrote {folder}. Run this in it while the server is stopped, or sh {folder / 'import.sh'}:", err=True)
    click.echo(command)


@click.command("neo4j")
@graph_option
@server_options
def import_neo4j(graph: Path, name: str | None, **login: str) -> None:
    """Make a graph folder from a graph that `kg export neo4j` has written.

    \b
    Example:
      kg import neo4j --name peft -g copy
    """
    from kg.cli.progress import progress
    from kg.exporters.neo4j.load import import_graph

    with progress() as report:
        changed = import_graph(server(**login), graph_name(name, graph), graph, report)
    click.echo(f"Wrote {graph}.")
    if changed:
        click.echo(f"Warning: not as it was exported, somebody has edited it: {', '.join(changed)}.", err=True)


@click.group()
def neo4j() -> None:
    """Run a Neo4j server without Docker, or remove a graph from a server.

    The server needs Java 17 or newer, and Maven for the first start.

    \b
    Example:
      export NEO4J_PASSWORD=...
      kg neo4j start && kg export neo4j
      kg neo4j stop
    """


def home() -> Path:
    base = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(base) / "kg-papers" / "neo4j"


home_option = click.option(
    "--home", type=click.Path(path_type=Path), default=home, metavar="FOLDER",
    help="The server's folder; ~/.local/share/kg-papers/neo4j if not given.",
)  # fmt: skip


@neo4j.command()
@home_option
@click.option("--port", default=7687, show_default=True, help="Bolt port on 127.0.0.1.")
def start(home: Path, port: int) -> None:
    """Start a server on this machine, with $NEO4J_PASSWORD as the password of a new one.

    The first time it is downloaded (123 MB).
    """
    from kg.exporters.neo4j import server as program
    from kg.exporters.neo4j.connect import password
    from kg.exporters.neo4j.java import cache

    secret = password()
    if not cache().is_dir():
        click.echo("Downloading the server (123 MB) ...", err=True)
    running = program.start(home.resolve(), secret, port)
    click.echo(f"Neo4j answers at {running.uri}; its data is in {home}.")


@neo4j.command()
@home_option
def stop(home: Path) -> None:
    """Stop the server that `kg neo4j start` started."""
    from kg.exporters.neo4j import server as program

    program.stop(home.resolve())
    click.echo("Stopped.")


@neo4j.command(context_settings={"ignore_unknown_options": True})
@home_option
@click.argument("arguments", nargs=-1, required=True)
def admin(home: Path, arguments: tuple[str, ...]) -> None:
    """Run neo4j-admin on the stopped server of `kg neo4j start`.

    \b
    Example:
      NEO4J_ADMIN="kg neo4j admin" sh bulk/import.sh
    """
    from kg.exporters.neo4j.java import admin as run

    click.echo(run(home.resolve(), *arguments))


@neo4j.command()
def fetch() -> None:
    """Download the server without starting it, and print where it lies."""
    from kg.exporters.neo4j.java import fetch as download

    click.echo(download())


@neo4j.command()
@click.argument("name")
@click.option("--uri", envvar="NEO4J_URI", default=URI, show_default=True, help="Address of the server.")
@login_options
def drop(name: str, **login: str) -> None:
    """Remove the graph NAME from a server; what others wrote there stays."""
    from kg.exporters.neo4j.sync import drop_graph

    done = drop_graph(server(**login), name)
    click.echo(f"Removed {done.nodes_deleted:,} nodes and {done.relationships_deleted:,} relationships.")
