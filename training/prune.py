"""Takes from a tagger what it misses least: ``python -m training.prune TAGGER.pt LABELLED --encoder DIR --out CUT.pt``.

Attention heads (Michel, Levy and Neubig, 2019) and neurons between the two matrices of a layer (Molchanov et al. 2017)
are judged by how the loss would change without them, to first order: activation times gradient, summed over a paper.
What is left then learns on: ``python -m training.encoder --start CUT.pt``.
"""

import random
from pathlib import Path

import click
import torch
from torch import Tensor, nn
from transformers import AutoModel

from kg.extract.pieces import Pieces
from training.encoder import Item, Tagger, batches, loss_of, to_items, trained

ATTENTION = ("query", "key", "value")
LEAST = 2  # heads that every layer keeps
State = dict[str, Tensor]


def weights_of_inputs(model: Tagger, items: list[Item]) -> dict[str, Tensor]:
    """What the inputs of the matrices after heads and neurons weigh in the loss of each paper, ``(papers, inputs)``."""
    found: dict[str, list[Tensor]] = {}

    def watch(name: str, part: nn.Module) -> None:
        def keep(given: Tensor) -> None:
            given.register_hook(lambda slope: found.setdefault(name, []).append((given * slope).detach().sum(1)))

        part.register_forward_pre_hook(lambda _, inputs: keep(inputs[0]))

    for name, part in model.encoder.named_modules():
        if name.endswith("output.dense"):
            watch(f"encoder.{name}", part)
    for batch in batches(items, 8, random.Random(0)):
        loss_of(model.eval(), batch, "cpu").backward()
    return {name: torch.cat(rows).float() for name, rows in found.items()}


def heads_kept(found: list[Tensor], size: int, taken: int) -> list[list[int]]:
    """For each layer the heads that stay when the ``taken`` that weigh least go; ``size`` is that of a head."""
    scores = [each.unflatten(1, (-1, size)).sum(2).abs().sum(0).tolist() for each in found]
    orders = [sorted(range(len(row)), key=row.__getitem__) for row in scores]
    weakest = [(scores[layer][head], layer, head) for layer, order in enumerate(orders) for head in order[:-LEAST]]
    gone = {each[1:] for each in sorted(weakest)[:taken]}
    return [[head for head in range(len(row)) if (layer, head) not in gone] for layer, row in enumerate(scores)]


def take(state: State, layer: str, heads: Tensor, neurons: Tensor) -> None:
    """Leaves of a layer the rows and columns of these heads and these neurons."""
    makers = {**{f"attention.self.{part}": heads for part in ATTENTION}, "intermediate.dense": neurons}
    for maker, rows in makers.items():
        for name in (f"{layer}.{maker}.weight", f"{layer}.{maker}.bias"):
            state[name] = state[name][rows]
    for reader, columns in (("attention.output.dense", heads), ("output.dense", neurons)):
        state[f"{layer}.{reader}.weight"] = state[f"{layer}.{reader}.weight"][:, columns]


@click.command()
@click.argument("weights", type=click.Path(path_type=Path, exists=True))
@click.argument("labelled", type=click.Path(path_type=Path, exists=True))
@click.option("--encoder", type=click.Path(path_type=Path, exists=True), required=True)
@click.option("--out", type=click.Path(path_type=Path), required=True)
@click.option("--papers", default=400, show_default=True, help="Labelled abstracts to look at.")
@click.option("--heads", default=40, show_default=True, help="Heads to take, of all layers together.")
@click.option("--neurons", default="1408,1408,1280,1088,768,704", show_default=True, help="To leave, by layer.")
def main(weights: Path, labelled: Path, encoder: Path, out: Path, papers: int, heads: int, neurons: str) -> None:
    torch.manual_seed(0)
    backbone = AutoModel.from_pretrained(encoder, add_pooling_layer=False)
    model = trained(backbone, weights)
    state = {**model.state_dict()}
    size = backbone.config.hidden_size // backbone.config.num_attention_heads
    found = weights_of_inputs(model, to_items(labelled, Pieces.from_file(encoder / "tokenizer.json"))[:papers])
    layers = [f"encoder.encoder.layer.{number}" for number in range(backbone.config.num_hidden_layers)]
    kept = heads_kept([found[f"{layer}.attention.output.dense"] for layer in layers], size, heads)
    for layer, left, number in zip(layers, kept, map(int, neurons.split(",")), strict=True):
        rows = torch.tensor([size * head + row for head in left for row in range(size)])
        best = found[f"{layer}.output.dense"].abs().sum(0).argsort(descending=True)[:number].sort()[0]
        take(state, layer, rows, best)
        click.echo(f"{layer}: {len(left)} heads, {number} neurons")
    torch.save(state, out)


if __name__ == "__main__":
    main()
