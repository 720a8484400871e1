"""The trained encoder as the graph that ships: ``python -m training.export TAGGER.pt --encoder DIR --out DIR``.

Traced, its attention and normalisation fused, its matrix products in 8-bit integers (weights by channel, inputs as they
come; Jacob et al. 2018). Weights keep 7 bits, so that machines without newer instructions add up to the same numbers.
"""

import shutil
from pathlib import Path

import click
import torch
from onnx import TensorProto
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.transformers.optimizer import optimize_model
from torch import Tensor, nn
from transformers import AutoModel

from kg.extract.encoder import GRAPH, PIECES
from training.encoder import Tagger


class Single(nn.Module):
    """The tagger for one text at a time: no mask."""

    def __init__(self, tagger: Tagger) -> None:
        super().__init__()
        self.tagger = tagger

    def forward(self, ids: Tensor, starts: Tensor, shapes: Tensor) -> Tensor:
        return self.tagger(ids, torch.ones_like(ids), starts, shapes)  # type: ignore[no-any-return]


@click.command()
@click.argument("weights", type=click.Path(path_type=Path, exists=True))
@click.option("--encoder", type=click.Path(path_type=Path, exists=True), required=True)
@click.option("--out", type=click.Path(path_type=Path), required=True)
def main(weights: Path, encoder: Path, out: Path) -> None:
    backbone = AutoModel.from_pretrained(encoder, add_pooling_layer=False, attn_implementation="eager")
    tagger = Tagger(backbone, backbone.config.hidden_size)
    tagger.load_state_dict(torch.load(weights, map_location="cpu"))
    single = Single(tagger).eval()
    out.mkdir(parents=True, exist_ok=True)
    plain, fused = out / "plain.onnx", out / "fused.onnx"
    example = (torch.randint(999, 9999, (1, 40)), torch.arange(1, 31)[None], torch.zeros(1, 30, dtype=torch.long))
    axes = {"ids": {1: "pieces"}, "starts": {1: "words"}, "shapes": {1: "words"}}
    torch.onnx.export(single, example, plain, input_names=list(axes), output_names=["rows"], dynamic_axes=axes,
                      opset_version=17, dynamo=False)  # fmt: skip
    config = backbone.config
    graph = optimize_model(str(plain), "bert", num_heads=config.num_attention_heads, hidden_size=config.hidden_size)
    graph.save_model_to_file(str(fused))
    quantize_dynamic(fused, out / GRAPH, per_channel=True, reduce_range=True, weight_type=QuantType.QInt8,
                     op_types_to_quantize=["MatMul", "Attention", "Gather", "EmbedLayerNormalization", "LSTM"],
                     extra_options={"DefaultTensorType": TensorProto.FLOAT})  # fmt: skip
    shutil.copyfile(encoder / PIECES, out / PIECES)
    for path in (plain, fused, out / GRAPH):
        click.echo(f"{path.name}: {path.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
