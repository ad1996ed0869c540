"""The layers of a network as ONNX nodes.

Images are (n, channels, h, w), as ONNX needs them, and are transposed where they become flat.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from trainer.model.onnx_graph import Graph
from trainer.nn.layers.batch_norm import BatchNorm
from trainer.nn.layers.convolution import Conv2d
from trainer.nn.layers.dropout import Dropout
from trainer.nn.layers.layer import Layer, Shape
from trainer.nn.layers.linear import Linear
from trainer.nn.layers.maxout import Maxout
from trainer.nn.layers.oriented_gradients import FLOOR, WINDOW, OrientedGradients
from trainer.nn.layers.pooling import GlobalAveragePool, MaxPool2d
from trainer.nn.layers.relu import ReLU
from trainer.nn.layers.reshape import Flatten, Reshape


def add_layers(graph: Graph, x: str, layers: Sequence[Layer], shape: Shape) -> str:
    """Adds a sequence of layers.

    Args:
        graph: Where to.
        x: Name of the input.
        layers: In the order of the forward pass.
        shape: Of one input, without the axis of images.

    Returns:
        The name of the output.
    """
    for layer in layers:
        x = _WRITERS[type(layer)](graph, layer, x, shape)
        shape = layer.output_shape(shape)
    return x


def _linear(graph: Graph, layer: Linear, x: str, shape: Shape) -> str:
    weight, bias = graph.constant(layer.weight.value), graph.constant(layer.bias.value)
    return graph.add("Gemm", x, weight, bias)


def _relu(graph: Graph, layer: ReLU, x: str, shape: Shape) -> str:
    return graph.add("Relu", x)


def _maxout(graph: Graph, layer: Maxout, x: str, shape: Shape) -> str:
    pieces = graph.constant([-1, layer.pieces, *layer.output_shape(shape)], np.int64)
    return graph.add("ReduceMax", graph.add("Reshape", x, pieces), axes=[1], keepdims=0)


def _dropout(graph: Graph, layer: Dropout, x: str, shape: Shape) -> str:
    # Dropout is the identity in inference.
    return x


def _reshape(graph: Graph, layer: Reshape, x: str, shape: Shape) -> str:
    target = layer.output_shape(shape)
    shaped = graph.add("Reshape", x, graph.constant([-1, *target], np.int64))
    return graph.add("Transpose", shaped, perm=[0, 3, 1, 2]) if len(target) == 3 else shaped


def _flatten(graph: Graph, layer: Flatten, x: str, shape: Shape) -> str:
    if len(shape) == 3:
        x = graph.add("Transpose", x, perm=[0, 2, 3, 1])
    return graph.add("Flatten", x, axis=1)


def _conv2d(graph: Graph, layer: Conv2d, x: str, shape: Shape) -> str:
    inputs = [x, graph.constant(layer.weight.value.transpose(3, 2, 0, 1))]
    if layer.bias is not None:
        inputs.append(graph.constant(layer.bias.value))
    return graph.add("Conv", *inputs, pads=[layer.padding] * 4, strides=[layer.stride] * 2)


def _batch_norm(graph: Graph, layer: BatchNorm, x: str, shape: Shape) -> str:
    numbers = (layer.gamma.value, layer.beta.value, layer.mean, layer.variance)
    constants = [graph.constant(array) for array in numbers]
    return graph.add("BatchNormalization", x, *constants, epsilon=layer.epsilon)


def _max_pool(graph: Graph, layer: MaxPool2d, x: str, shape: Shape) -> str:
    return _pool(graph, "MaxPool", layer.size, x)


def _pool(graph: Graph, kind: str, size: int, x: str) -> str:
    return graph.add(kind, x, kernel_shape=[size, size], strides=[size, size])


def _global_pool(graph: Graph, layer: GlobalAveragePool, x: str, shape: Shape) -> str:
    return graph.add("Flatten", graph.add("GlobalAveragePool", x), axis=1)


def _oriented_gradients(graph: Graph, layer: OrientedGradients, x: str, shape: Shape) -> str:
    edge = graph.constant([0, 0, 1, 1, 0, 0, 1, 1], np.int64)
    padded = graph.add("Pad", x, edge, mode="edge")
    # Right minus left, and lower minus upper neighbour, as two channels; then their votes.
    differences = np.zeros((2, 1, 3, 3), np.float32)
    differences[0, 0, 1] = differences[1, 0, :, 1] = (-1, 0, 1)
    gradient = graph.add("Conv", padded, graph.constant(differences))
    compass = layer.compass.reshape(layer.directions, 2, 1, 1)
    votes = graph.add("Relu", graph.add("Conv", gradient, graph.constant(compass)))
    cells = _pool(graph, "AveragePool", 2, votes)
    energy = graph.add("ReduceSumSquare", cells, axes=[1], keepdims=1)
    mean = graph.add(
        "AveragePool",
        energy,
        kernel_shape=[WINDOW, WINDOW],
        pads=[WINDOW // 2] * 4,
        count_include_pad=0,
    )
    raised = graph.add("Add", mean, graph.constant(FLOOR))
    return graph.add("Div", cells, graph.add("Sqrt", raised))


_WRITERS: dict[type[Layer], Callable[[Graph, Any, str, Shape], str]] = {
    Linear: _linear,
    ReLU: _relu,
    Maxout: _maxout,
    Dropout: _dropout,
    Reshape: _reshape,
    Flatten: _flatten,
    Conv2d: _conv2d,
    BatchNorm: _batch_norm,
    MaxPool2d: _max_pool,
    GlobalAveragePool: _global_pool,
    OrientedGradients: _oriented_gradients,
}
