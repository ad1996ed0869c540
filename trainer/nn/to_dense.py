"""The fully-connected network that computes the same as a convolutional one."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from trainer.nn.fast.folding import fold_batch_norms
from trainer.nn.layers.batch_norm import BatchNorm
from trainer.nn.layers.convolution import Conv2d
from trainer.nn.layers.dropout import Dropout
from trainer.nn.layers.layer import Layer, Shape
from trainer.nn.layers.linear import Linear
from trainer.nn.layers.maxout import Maxout
from trainer.nn.layers.pooling import GlobalAveragePool, MaxPool2d
from trainer.nn.layers.relu import ReLU
from trainer.nn.layers.reshape import Flatten, Reshape
from trainer.nn.sequential import Sequential
from trainer.nn.spec import copied

_AFFINE = (Conv2d, BatchNorm, GlobalAveragePool)


def to_dense(network: Sequential) -> Sequential:
    """A new network of Linear, Maxout, ReLU and Dropout layers for flat images.

    A convolution is a linear map whose matrix is mostly zeros and repeats the same weights at every
    position. As a dense matrix, it is an initial value for a fully-connected network, with every
    weight trainable (d'Ascoli et al., "Finding the Needle in the Haystack with Convolutions",
    2019). A max pool after it becomes maxout.

    Raises:
        ValueError: A layer has no dense equivalent, or the network's input is no flat image.
    """
    if len(network.input_shape) != 1:
        raise ValueError(f"an input of {network.input_shape} is not a flat image")
    layers: list[Layer] = []
    shape: Shape = network.input_shape
    for layer in fold_batch_norms(copied(network).layers):
        after = layer.output_shape(shape)
        if isinstance(layer, _AFFINE):
            layers.append(_matrix(layer, shape, after))
        elif isinstance(layer, Linear | Maxout | ReLU | Dropout):
            layers.append(layer)
        elif isinstance(layer, MaxPool2d) and layers and isinstance(layers[-1], Linear):
            layers[-1] = _reordered(layers[-1], _window_order(layer, shape))
            layers.append(Maxout(layer.size**2))
        elif not isinstance(layer, Flatten | Reshape):
            raise ValueError(
                f"no dense equivalent is known here of layers of the kind {layer.kind}"
            )
        shape = after
    return Sequential(layers, network.input_shape)


def _matrix(layer: Layer, before: Shape, after: Shape) -> Linear:
    """The Linear equal to an affine layer: each row of its matrix is the output for a single 1."""
    inputs, outputs = int(np.prod(before)), int(np.prod(after))
    linear = Linear(inputs, outputs, None)
    weight, bias = linear.weight.value, linear.bias.value
    bias[...] = layer.forward(np.zeros((1, *before), bias.dtype), training=False).ravel()
    ones = np.eye(inputs, dtype=weight.dtype).reshape(inputs, *before)
    weight[...] = layer.forward(ones, training=False).reshape(inputs, outputs)
    weight -= bias
    return linear


def _window_order(pool: MaxPool2d, before: Shape) -> NDArray[np.intp]:
    """Flat indices of the first elements of all of a pool's windows, then the second ones, …."""
    indices = np.arange(np.prod(before)).reshape(1, *before)
    return np.concatenate([elements.ravel() for elements in pool.window_elements(indices)])


def _reordered(linear: Linear, order: NDArray[np.intp]) -> Linear:
    """A Linear with the outputs of another one in this order."""
    reordered = Linear(len(linear.weight.value), len(order), None)
    reordered.weight.value[...] = linear.weight.value[:, order]
    reordered.bias.value[...] = linear.bias.value[order]
    return reordered
