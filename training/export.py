"""The trained encoder as the graph that ships: ``python -m training.export TAGGER.pt --encoder DIR --out DIR``.

Traced, its attention and normalisation fused, its matrix products in 8-bit integers (weights by channel, inputs as they
come; Jacob et al. 2018), without the word pieces that English abstracts do not need.
"""

import json
import unicodedata
from pathlib import Path
from typing import Any

import click
import onnx
import torch
from onnx import TensorProto
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.transformers.optimizer import optimize_model
from torch import Tensor, nn
from transformers import AutoModel

from kg.extract.encoder import GRAPH, PIECES
from training.encoder import Tagger, trained
from training.graph import drop_masks, pack_lstm, split_norms


class Single(nn.Module):
    """The tagger for one text at a time: no mask."""

    def __init__(self, tagger: Tagger) -> None:
        super().__init__()
        self.tagger = tagger

    def forward(self, ids: Tensor, starts: Tensor, shapes: Tensor) -> Tensor:
        return self.tagger(ids, torch.ones_like(ids), starts, shapes)  # type: ignore[no-any-return]


def foreign(piece: str) -> bool:
    """Whether a piece is a placeholder, or written in other letters than Latin and Greek ones."""
    letters = [c for c in piece if not c.isascii() and unicodedata.category(c)[0] in "LM"]
    return piece.startswith("[unused") or any(not unicodedata.name(c, "").startswith("GREEK") for c in letters)


def narrow(backbone: nn.Module, tokenizer: dict[str, Any]) -> dict[str, Any]:
    """Takes foreign pieces out of the encoder and out of its tokenizer, which is returned."""
    pieces = {piece: row for piece, row in tokenizer["model"]["vocab"].items() if not foreign(piece)}
    embeddings = backbone.embeddings
    embeddings.word_embeddings = nn.Embedding.from_pretrained(embeddings.word_embeddings.weight[list(pieces.values())])
    vocabulary = {piece: row for row, piece in enumerate(pieces)}
    added = [token | {"id": vocabulary[token["content"]]} for token in tokenizer["added_tokens"]]
    model = tokenizer["model"] | {"vocab": vocabulary}
    return tokenizer | {
        "added_tokens": added,
        "model": model,
        "post_processor": None,
        "padding": None,
        "truncation": None,
    }


@click.command()
@click.argument("weights", type=click.Path(path_type=Path, exists=True))
@click.option("--encoder", type=click.Path(path_type=Path, exists=True), required=True)
@click.option("--out", type=click.Path(path_type=Path), required=True)
def main(weights: Path, encoder: Path, out: Path) -> None:
    backbone = AutoModel.from_pretrained(encoder, add_pooling_layer=False, attn_implementation="eager")
    tagger = trained(backbone, weights)
    tokenizer = narrow(tagger.encoder, json.loads((encoder / PIECES).read_text(encoding="utf-8")))
    single = Single(tagger).eval()
    out.mkdir(parents=True, exist_ok=True)
    plain, fused = out / "plain.onnx", out / "fused.onnx"
    example = (torch.randint(999, 9999, (1, 40)), torch.arange(1, 31)[None], torch.zeros(1, 30, dtype=torch.long))
    axes = {"ids": {1: "pieces"}, "starts": {1: "words"}, "shapes": {1: "words"}}
    torch.onnx.export(single, example, plain, input_names=list(axes), output_names=["rows"], dynamic_axes=axes,
                      opset_version=17, dynamo=False)  # fmt: skip
    config = backbone.config
    graph = optimize_model(str(plain), "bert", num_heads=config.num_attention_heads, hidden_size=config.hidden_size)
    size = config.hidden_size // config.num_attention_heads
    for node in graph.get_nodes_by_op_type("Attention"):
        heads = graph.get_initializer(node.input[1]).dims[1] // (3 * size)
        next(each for each in node.attribute if each.name == "num_heads").i = heads
    graph.save_model_to_file(str(fused))
    quantize_dynamic(fused, out / GRAPH, per_channel=True, weight_type=QuantType.QInt8,
                     op_types_to_quantize=["MatMul", "Attention", "Gather", "EmbedLayerNormalization"],
                     extra_options={"DefaultTensorType": TensorProto.FLOAT})  # fmt: skip
    packed = onnx.load(out / GRAPH)
    pack_lstm(packed)
    split_norms(packed)
    drop_masks(packed)
    onnx.save(packed, out / GRAPH)
    (out / PIECES).write_text(json.dumps(tokenizer, ensure_ascii=False), encoding="utf-8")
    for path in (plain, fused, out / GRAPH):
        click.echo(f"{path.name}: {path.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
