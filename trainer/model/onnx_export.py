"""A network as an ONNX graph, for other programs. Needs the extra `onnx`.

The graph maps preprocessed flat images (n, size²) to logits (n, outcomes). The settings of
preprocessing and inference are in the graph's metadata, as in a weight file.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from trainer.model.model import Model
from trainer.nn.layers.batch_norm import BatchNorm
from trainer.nn.layers.convolution import Conv2d
from trainer.nn.layers.dropout import Dropout
from trainer.nn.layers.layer import Layer, Shape
from trainer.nn.layers.linear import Linear
from trainer.nn.layers.maxout import Maxout
from trainer.nn.layers.oriented_gradients import FLOOR, WINDOW, OrientedGradients
from trainer.nn.layers.pooling import AveragePool2d, GlobalAveragePool, MaxPool2d
from trainer.nn.layers.relu import ReLU
from trainer.nn.layers.reshape import Flatten, Reshape
from trainer.support import atomic
from trainer.support.errors import UserError

OPSET = 17
INPUT, OUTPUT = "images", "logits"


def save_onnx(model: Model, path: Path) -> None:
    """Writes a model as an ONNX file.

    Raises:
        UserError: The package onnx is missing, or the file cannot be written.
    """
    atomic.write_bytes(path, onnx_bytes(model))


def onnx_bytes(model: Model) -> bytes:
    """The content of an ONNX file.

    Raises:
        UserError: The package onnx is missing.
    """
    try:
        import onnx
        from onnx import TensorProto, helper
    except ImportError:
        raise UserError(
            "ONNX files need the package onnx, which is not installed. Install the extra: "
            "pip install 'asl-desktop[onnx]'."
        ) from None
    graph = _Graph()
    last = graph.chain(INPUT, model.network.layers, model.network.input_shape)
    graph.add("Identity", [last], OUTPUT)
    value = helper.make_tensor_value_info
    (pixels,) = model.network.input_shape
    made = helper.make_model(
        helper.make_graph(
            graph.nodes,
            "network",
            [value(INPUT, TensorProto.FLOAT, ["n", pixels])],
            [value(OUTPUT, TensorProto.FLOAT, ["n", model.outcomes])],
            graph.constants,
        ),
        opset_imports=[helper.make_opsetid("", OPSET)],
        producer_name="asl-desktop",
    )
    made.ir_version = 8
    described = {
        "letters": model.letters,
        "preprocessing": json.dumps(model.preprocessing.to_json()),
        "inference": json.dumps(model.inference.to_json()),
    }
    helper.set_model_props(made, described)
    onnx.checker.check_model(made)
    return bytes(made.SerializeToString())


class _Graph:
    """Nodes and constants of a graph under construction.

    Images are (n, channels, h, w), as ONNX needs them, and are transposed where they become flat.
    """

    def __init__(self) -> None:
        self.nodes: list[Any] = []
        self.constants: list[Any] = []
        self._writers: dict[type[Layer], Callable[[Any, str, Shape], str]] = {
            Linear: self._linear,
            ReLU: lambda layer, x, shape: self.add("Relu", [x]),
            Maxout: self._maxout,
            # Dropout is the identity in inference.
            Dropout: lambda layer, x, shape: x,
            Reshape: self._reshape,
            Flatten: self._flatten,
            Conv2d: self._conv2d,
            BatchNorm: self._batch_norm,
            MaxPool2d: lambda layer, x, shape: self._pool("MaxPool", layer.size, x),
            AveragePool2d: lambda layer, x, shape: self._pool("AveragePool", layer.size, x),
            GlobalAveragePool: self._global_pool,
            OrientedGradients: self._oriented_gradients,
        }

    def chain(self, x: str, layers: Sequence[Layer], shape: Shape) -> str:
        """Adds the nodes of a sequence of layers, and returns the name of its output."""
        for layer in layers:
            x = self._writers[type(layer)](layer, x, shape)
            shape = layer.output_shape(shape)
        return x

    def add(self, kind: str, inputs: Sequence[str], name: str = "", **settings: Any) -> str:
        """Adds a node, and returns the name of its output."""
        from onnx import helper

        name = name or f"{kind.lower()}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, list(inputs), [name], **settings))
        return name

    def _constant(self, values: NDArray[Any]) -> str:
        from onnx import numpy_helper

        name = f"constant_{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def _linear(self, layer: Linear, x: str, shape: Shape) -> str:
        weight, bias = self._constant(layer.weight.value), self._constant(layer.bias.value)
        return self.add("Gemm", [x, weight, bias])

    def _maxout(self, layer: Maxout, x: str, shape: Shape) -> str:
        pieces = self._constant(np.array([-1, layer.pieces, *layer.output_shape(shape)], np.int64))
        return self.add("ReduceMax", [self.add("Reshape", [x, pieces])], axes=[1], keepdims=0)

    def _reshape(self, layer: Reshape, x: str, shape: Shape) -> str:
        target = layer.output_shape(shape)
        shaped = self.add("Reshape", [x, self._constant(np.array([-1, *target], np.int64))])
        return self.add("Transpose", [shaped], perm=[0, 3, 1, 2]) if len(target) == 3 else shaped

    def _flatten(self, layer: Flatten, x: str, shape: Shape) -> str:
        if len(shape) == 3:
            x = self.add("Transpose", [x], perm=[0, 2, 3, 1])
        return self.add("Flatten", [x], axis=1)

    def _conv2d(self, layer: Conv2d, x: str, shape: Shape) -> str:
        inputs = [x, self._constant(layer.weight.value.transpose(3, 2, 0, 1))]
        if layer.bias is not None:
            inputs.append(self._constant(layer.bias.value))
        return self.add(
            "Conv", inputs, pads=[layer.padding] * 4, strides=[layer.stride, layer.stride]
        )

    def _batch_norm(self, layer: BatchNorm, x: str, shape: Shape) -> str:
        numbers = (layer.gamma.value, layer.beta.value, layer.mean, layer.variance)
        constants = [self._constant(array) for array in numbers]
        return self.add("BatchNormalization", [x, *constants], epsilon=layer.epsilon)

    def _pool(self, kind: str, size: int, x: str) -> str:
        return self.add(kind, [x], kernel_shape=[size, size], strides=[size, size])

    def _global_pool(self, layer: GlobalAveragePool, x: str, shape: Shape) -> str:
        return self.add("Flatten", [self.add("GlobalAveragePool", [x])], axis=1)

    def _oriented_gradients(self, layer: OrientedGradients, x: str, shape: Shape) -> str:
        edge = self._constant(np.array([0, 0, 1, 1, 0, 0, 1, 1], np.int64))
        padded = self.add("Pad", [x, edge], mode="edge")
        # Right minus left, and lower minus upper neighbour, as two channels; then their votes.
        differences = np.zeros((2, 1, 3, 3), np.float32)
        differences[0, 0, 1] = differences[1, 0, :, 1] = (-1, 0, 1)
        gradient = self.add("Conv", [padded, self._constant(differences)])
        compass = layer.compass.reshape(layer.directions, 2, 1, 1)
        votes = self.add("Relu", [self.add("Conv", [gradient, self._constant(compass)])])
        cells = self._pool("AveragePool", 2, votes)
        energy = self.add("ReduceSumSquare", [cells], axes=[1], keepdims=1)
        mean = self.add(
            "AveragePool",
            [energy],
            kernel_shape=[WINDOW, WINDOW],
            pads=[WINDOW // 2] * 4,
            count_include_pad=0,
        )
        raised = self.add("Add", [mean, self._constant(np.array(FLOOR, np.float32))])
        return self.add("Div", [cells, self.add("Sqrt", [raised])])
