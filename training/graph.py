"""What makes an exported graph smaller or faster and leaves what it computes as it is, but for rounding."""

from collections.abc import Callable

import numpy as np
import onnx
from onnx import helper, numpy_helper


def rewrite(graph: onnx.ModelProto, kind: str, change: Callable[[onnx.NodeProto], list[onnx.NodeProto]]) -> None:
    """Puts what ``change`` makes of each node of a kind into its place."""
    nodes = [new for node in graph.graph.node for new in (change(node) if node.op_type == kind else [node])]
    del graph.graph.node[:]
    graph.graph.node.extend(nodes)


def pack_lstm(graph: onnx.ModelProto) -> None:
    """Turns the LSTM into one whose weights and inputs are 8-bit integers, with a scale for each row of the weights."""

    def change(node: onnx.NodeProto) -> list[onnx.NodeProto]:
        (weights, *scales), (recurrent, *others) = (_packed(graph, name) for name in node.input[1:3])
        given = [node.input[0], weights, recurrent, *node.input[3:]]
        inputs = [*given, *[""] * (8 - len(given)), *scales, *others]
        packed = helper.make_node("DynamicQuantizeLSTM", inputs, node.output, domain="com.microsoft")
        packed.attribute.extend(each for each in node.attribute if each.name != "layout")
        return [packed]

    rewrite(graph, "LSTM", change)


def _packed(graph: onnx.ModelProto, name: str) -> list[str]:
    """The names of integer weights ``(directions, columns, rows)`` in the place of those of this name, of their scales
    and of their zeros.
    """
    stored = next(each for each in graph.graph.initializer if each.name == name)
    weights = numpy_helper.to_array(stored)  # (directions, rows, columns)
    scale = np.abs(weights).max(axis=(0, 2)) / 127
    whole = np.round(weights / scale[None, :, None]).astype(np.int8).transpose(0, 2, 1)
    scales = np.stack([scale] * len(weights))
    parts = {"packed": whole, "scale": scales, "zero": np.zeros(scales.shape, np.int8)}
    graph.graph.initializer.remove(stored)
    graph.graph.initializer.extend(
        numpy_helper.from_array(np.ascontiguousarray(array), f"{name}_{kind}") for kind, array in parts.items()
    )
    return [f"{name}_{kind}" for kind in parts]


def split_norms(graph: onnx.ModelProto) -> None:
    """Writes a sum and its normalisation as nodes of their own: the fused node takes several times as long on a CPU."""
    rewrite(graph, "SkipLayerNormalization", _split)


def _split(node: onnx.NodeProto) -> list[onnx.NodeProto]:
    one, other, gamma, beta, *bias = node.input
    total = f"{node.output[0]}_sum"
    sums = [helper.make_node("Add", [one, other], [total])]
    for each in bias:
        sums.append(helper.make_node("Add", [total, each], [f"{total}_biased"]))
        total = f"{total}_biased"
    epsilon = next(each.f for each in node.attribute if each.name == "epsilon")
    norm = helper.make_node("LayerNormalization", [total, gamma, beta], node.output[:1], axis=-1, epsilon=epsilon)
    return [*sums, norm]


def drop_masks(graph: onnx.ModelProto) -> None:
    """Takes the mask from attention: a text alone is never padded."""
    for node in graph.graph.node:
        if node.op_type == "QAttention":
            node.input[5] = ""
