"""The command train: fine-tune the shipped extractor on one's own annotations."""

from pathlib import Path
from typing import Any

import click

from kg.cli.evaluate import warn
from kg.cli.options import given
from kg.cli.render import plural


@click.command()
@click.argument("gold", nargs=-1, required=True, metavar="GOLD...")
@click.option(
    "--out", type=click.Path(path_type=Path), required=True, metavar="DIR", help="Folder of the new pipeline."
)
@click.option("--model", help="What to begin with: fast (if not given), or an earlier DIR.")
@click.option("--epochs", type=click.IntRange(1), default=8, show_default=True, help="How often to read the papers.")
@click.option("--dev", metavar="FILE", help="Papers to choose the best epoch on; a fifth of GOLD if not given.")
@click.option("--seed", type=int, default=0, show_default=True, help="Of the papers held out, and of the training.")
@click.option("--strict", is_flag=True, help="Stop at the first line that cannot be used.")
def train(gold: tuple[str, ...], out: Path, **options: Any) -> None:
    """Fine-tune the shipped extractor on your own annotated papers.

    GOLD has the shapes that `kg eval` reads (docs/evaluating.md), with our five types. What is written is the folder of
    a spaCy pipeline for --model of build, add, extract and eval.

    \b
    Example:
      kg train mine.jsonl --out my-model
      kg eval unseen.jsonl --model my-model
      kg build papers.bib --model my-model
    """
    from kg.cli.progress import progress
    from kg.cli.render_train import render_training
    from kg.records import Rejected
    from kg.train.run import Options
    from kg.train.run import train as fine_tune

    with progress() as report:
        found = fine_tune(gold, out, Options(**given(**options)), report)
    click.echo(render_training(found))
    warn([Rejected(**row) for row in found["rejected"]])
    click.echo(f"Wrote {out}, tuned to {plural(found['papers'], 'paper')}: kg extract FILE --model {out}")
