"""The graph of one window layer, which `kg.extract.windows` runs: ``python -m training.window`` writes it.

It holds no weights: they come with each call, so that one graph serves layers of every width.
"""

import numpy as np
import onnx
from onnx import TensorProto, numpy_helper
from onnx.helper import make_graph, make_model, make_node, make_opsetid, make_tensor_value_info

from kg.extract.windows import GRAPH, PIECES

NUMBERS = {
    "zero": [0], "one": [1], "last": [-1], "end": [1 << 40], "above": [1, 0, 0, 0], "below": [0, 0, 1, 0],
    "apart": [0, PIECES, -1],
}  # fmt: skip
FLOAT, INT8 = TensorProto.FLOAT, TensorProto.INT8
INPUTS = {
    "states": (FLOAT, ["tokens", "width"]), "weights": (INT8, ["window", "sums"]), "scale": (FLOAT, ["sums"]),
    "bias": (FLOAT, ["sums"]), "gain": (FLOAT, ["width"]), "shift": (FLOAT, ["width"]),
}  # fmt: skip


def graph() -> onnx.ModelProto:
    nodes = [
        make_node("DynamicQuantizeLinear", ["states"], ["whole", "step", "nought"]),
        make_node("Slice", ["whole", "zero", "last", "zero"], ["all but the last"]),
        make_node("Pad", ["all but the last", "above", "nought"], ["left"]),
        make_node("Slice", ["whole", "one", "end", "zero"], ["all but the first"]),
        make_node("Pad", ["all but the first", "below", "nought"], ["right"]),
        make_node("Concat", ["left", "whole", "right"], ["windows"], axis=1),
        make_node("MatMulInteger", ["windows", "weights", "nought"], ["products"]),
        make_node("Cast", ["products"], ["plain"], to=FLOAT),
        make_node("Mul", ["scale", "step"], ["steps"]),
        make_node("Mul", ["plain", "steps"], ["scaled"]),
        make_node("Add", ["scaled", "bias"], ["sums"]),
        make_node("Reshape", ["sums", "apart"], ["pieces"]),
        make_node("ReduceMax", ["pieces", "one"], ["best"], keepdims=0),
        make_node("LayerNormalization", ["best", "gain", "shift"], ["normalized"], axis=-1, epsilon=1e-8),
        make_node("Add", ["states", "normalized"], ["out"]),
    ]
    inputs = [make_tensor_value_info(name, *each) for name, each in INPUTS.items()]
    outputs = [make_tensor_value_info("out", *INPUTS["states"])]
    numbers = [numpy_helper.from_array(np.array(value), name) for name, value in NUMBERS.items()]
    made = make_graph(nodes, "window", inputs, outputs, numbers)
    return make_model(made, opset_imports=[make_opsetid("", 18)], ir_version=9)


if __name__ == "__main__":
    onnx.save(graph(), GRAPH)
