"""What makes an exported graph smaller or faster and leaves what it computes as it is, but for rounding."""

import numpy as np
import onnx
from onnx import helper, numpy_helper


def pack_lstm(graph: onnx.ModelProto) -> None:
    """Turns the LSTM into one whose weights and inputs are 8-bit integers, with a scale for each row of the weights."""
    nodes = []
    for node in graph.graph.node:
        if node.op_type == "LSTM":
            (weights, *scales), (recurrent, *others) = (_packed(graph, name) for name in node.input[1:3])
            given = [node.input[0], weights, recurrent, *node.input[3:]]
            inputs = [*given, *[""] * (8 - len(given)), *scales, *others]
            packed = helper.make_node("DynamicQuantizeLSTM", inputs, node.output, domain="com.microsoft")
            packed.attribute.extend(each for each in node.attribute if each.name != "layout")
            node = packed
        nodes.append(node)
    del graph.graph.node[:]
    graph.graph.node.extend(nodes)


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
    nodes = []
    for node in graph.graph.node:
        if node.op_type == "SkipLayerNormalization":
            one, other, gamma, beta, *bias = node.input
            total = f"{node.output[0]}_sum"
            nodes.append(helper.make_node("Add", [one, other], [total]))
            for each in bias:
                nodes.append(helper.make_node("Add", [total, each], [f"{total}_biased"]))
                total = f"{total}_biased"
            epsilon = next(each.f for each in node.attribute if each.name == "epsilon")
            node = helper.make_node(
                "LayerNormalization", [total, gamma, beta], node.output[:1], axis=-1, epsilon=epsilon
            )
        nodes.append(node)
    del graph.graph.node[:]
    graph.graph.node.extend(nodes)


def drop_masks(graph: onnx.ModelProto) -> None:
    """Takes the mask from attention: a text alone is never padded."""
    for node in graph.graph.node:
        if node.op_type == "QAttention":
            node.input[5] = ""
