"""Options that several commands share."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from kg.extract.load import DEFAULT

F = TypeVar("F", bound=Callable[..., Any])

graph_option = click.option(
    "-g", "--graph", type=click.Path(path_type=Path), envvar="KG_GRAPH", default="graph", show_default=True,
    help="The graph folder (or $KG_GRAPH).",
)  # fmt: skip
overrides_option = click.option(
    "--overrides", type=click.Path(path_type=Path), metavar="FILE",
    help="What to merge, split, rename, retype or drop; if not given, overrides.yaml beside the first input or, where "
    "there is none, the one that the graph has.",
)  # fmt: skip
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


def pairs(ctx: click.Context, parameter: click.Parameter, values: tuple[str, ...]) -> dict[str, str]:
    """``name=value`` arguments -> dict.

    Raises:
        click.BadParameter: one has no ``=``.
    """
    for value in values:
        if "=" not in value:
            raise click.BadParameter(f"{value!r} is not of the form NAME=VALUE.")
    return dict(value.split("=", 1) for value in values)


def reading_options(command: F) -> F:
    """What the commands that read papers have in common."""
    options = [
        click.option("--format", metavar="NAME", help="Input format (`kg formats`); found by content if not given."),
        click.option("--field", "fields", multiple=True, callback=pairs, metavar="NAME=COLUMN",
                     help="Which column or key holds title, abstract, id, date, authors, venue or url. Repeatable."),
        click.option("--as-of", type=click.IntRange(1900, 2200), metavar="YYYY",
                     help="The year of dates without one in pasted pages."),
        click.option("--strict", is_flag=True, help="Stop at the first record that cannot be read."),
        click.option("--model", help="Shipped extractor (accurate, fast), or a spaCy pipeline's folder or package; "
                     f"{DEFAULT} if not given, to add and retract that of the graph."),
        click.option("--workers", type=click.IntRange(1), help="Processes; as many as there are cores if not given."),
    ]  # fmt: skip
    for option in reversed(options):
        command = option(command)
    return command


def given(**options: Any) -> dict[str, Any]:
    """The options that have a value."""
    return {name: value for name, value in options.items() if value not in (None, {}, ())}
