"""The command that shows what a graph is: the bundled corpus, built on the spot."""

from importlib.resources import as_file, files
from pathlib import Path

import click

from kg.cli.build import work


@click.command()
@click.option(
    "-g",
    "--graph",
    type=click.Path(path_type=Path),
    default="demo-graph",
    show_default=True,
    help="Folder to build it in.",
)
def demo(graph: Path) -> None:
    """Build the bundled graph of landmark papers, 1997 to 2025.

    \b
    Example:
      kg demo
    """
    import kg.api

    with as_file(files("kg") / "demo" / "papers.jsonl") as papers:
        work((str(papers),), graph, {}, add=False)
    page = graph / "lora.html"
    kg.api.open(graph).export("html", page, focus="LoRA")
    click.echo(f"""
The neighbourhood of LoRA is drawn in {page.resolve()}: open it in a browser (it needs no network).

Try next (with kg from the folder that holds it, .venv/bin/kg after `make demo`):
  kg show LoRA -g {graph}
  kg lineage Transformer -g {graph}
  kg query -g {graph} "MATCH (a)-[r:BASED_ON]->(b) RETURN a.name, b.name, r.sentence LIMIT 5"
  kg export html -g {graph} --focus Transformer --depth 2 -o transformer.html
  kg build YOUR-PAPERS.bib        your own papers -> graph/   (kg formats: what can be read)""")
