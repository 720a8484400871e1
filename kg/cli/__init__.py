"""The command ``kg``: parse, call, print. Errors of the project end as one line on stderr and exit code 1."""

from importlib import import_module
from keyword import iskeyword
from typing import Any

import click

from kg import __version__
from kg.errors import KGError

# Command -> the module that holds it; only the one that is called is imported, so that help is quick.
COMMANDS = {
    "build": "build",
    "add": "build",
    "retract": "change",
    "diff": "change",
    "extract": "build",
    "eval": "evaluate",
    "train": "train",
    "demo": "demo",
    "info": "ask",
    "show": "ask",
    "lineage": "ask",
    "resolve": "explore",
    "suggest": "suggest",
    "neighbors": "explore",
    "path": "explore",
    "leaderboard": "explore",
    "timeline": "explore",
    "compare": "explore",
    "query": "ask",
    "export": "hand_on",
    "import": "hand_on",
    "formats": "hand_on",
    "neo4j": "neo4j",
}


class Commands(click.Group):
    """A group that imports a command's module when the command is named."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"kg.cli.{COMMANDS[cmd_name]}")
        command: click.Command = getattr(module, f"{cmd_name}_" if iskeyword(cmd_name) else cmd_name)
        return command

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except KGError as error:
            raise click.ClickException(str(error)) from error
        except BrokenPipeError:
            ctx.exit(0)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="kg")
def main() -> None:
    """From paper abstracts to a knowledge graph that you can query.

    \b
    Start here:
      kg demo                          a graph of landmark papers, built in seconds
      kg build papers.bib              your own papers -> graph/
      kg show LoRA                     what the graph says about one thing, with the sentences
      kg query "MATCH (m:Method)-[:EVALUATED_ON]->(d:Dataset) RETURN m.name, d.name LIMIT 5"

    Commands work on the folder graph/ unless -g DIR or $KG_GRAPH names another.
    """
