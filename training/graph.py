"""What makes an exported graph smaller or faster and leaves what it computes as it is, but for rounding."""

import numpy as np
import onnx
from onnx import helper, numpy_helper


def pack_lstm(graph: onnx.ModelProto) -> None:
    """Stores the weights of the LSTM as 8-bit integers with a scale a row, to be unpacked at run time."""
    for name in [name for node in graph.graph.node if node.op_type == "LSTM" for name in node.input[1:3]]:
        stored = next(each for each in graph.graph.initializer if each.name == name)
        weights = numpy_helper.to_array(stored)  # (directions, rows, columns)
        scale = np.abs(weights).max(axis=(0, 2)) / 127
        packed = np.round(weights / scale[None, :, None]).astype(np.int8)
        graph.graph.initializer.remove(stored)
        graph.graph.initializer.extend(
            numpy_helper.from_array(array, f"{name}_{kind}") for kind, array in (("packed", packed), ("scale", scale))
        )
        unpack = helper.make_node("DequantizeLinear", [f"{name}_packed", f"{name}_scale"], [name], axis=1)
        graph.graph.node.insert(0, unpack)


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
