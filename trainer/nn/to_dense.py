"""A convolutional network becomes the fully-connected one that computes the same."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from trainer.nn.fast.folding import folded
from trainer.nn.layers.batch_norm import BatchNorm
from trainer.nn.layers.convolution import Conv2d
from trainer.nn.layers.dropout import Dropout
from trainer.nn.layers.layer import Layer, Shape
from trainer.nn.layers.linear import Linear
from trainer.nn.layers.maxout import Maxout
from trainer.nn.layers.pooling import AveragePool2d, GlobalAveragePool, MaxPool2d
from trainer.nn.layers.relu import ReLU
from trainer.nn.layers.reshape import Flatten, Reshape
from trainer.nn.sequential import Sequential
from trainer.nn.spec import copied

_AFFINE = (Conv2d, BatchNorm, AveragePool2d, GlobalAveragePool)


def unrolled(network: Sequential) -> Sequential:
    """A network of only Linear, Maxout, ReLU and Dropout layers for flat images, of own weights.

    A convolution is a linear map whose matrix is mostly zeros and repeats the same weights at every
    place. Written out, it is a point among the fully-connected networks from which training can go
    on, with every weight free (d'Ascoli et al., "Finding the Needle in the Haystack with
    Convolutions", 2019). The maxima of a pool behind it become maxout.

    Raises:
        ValueError: A layer cannot be written out; or the network takes no flat images.
    """
    if len(network.input_shape) != 1:
        raise ValueError(f"an input of {network.input_shape} is not a flat image")
    layers: list[Layer] = []
    shape: Shape = network.input_shape
    for layer in folded(copied(network).layers):
        after = layer.output_shape(shape)
        if isinstance(layer, _AFFINE):
            layers.append(_matrix(layer, shape, after))
        elif isinstance(layer, Linear | Maxout | ReLU | Dropout):
            layers.append(layer)
        elif isinstance(layer, MaxPool2d) and layers and isinstance(layers[-1], Linear):
            layers[-1] = _rearranged(layers[-1], _windows_apart(layer, shape))
            layers.append(Maxout(layer.size**2))
        elif not isinstance(layer, Flatten | Reshape):
            raise ValueError(f"a {layer.kind} layer cannot be written out at this place")
        shape = after
    return Sequential(layers, network.input_shape)


def _matrix(layer: Layer, before: Shape, after: Shape) -> Linear:
    """The Linear that does what an affine layer does: its rows are what becomes of a single 1."""
    inputs, outputs = int(np.prod(before)), int(np.prod(after))
    linear = Linear(inputs, outputs, None)
    weight, bias = linear.weight.value, linear.bias.value
    bias[...] = layer.forward(np.zeros((1, *before), bias.dtype), training=False).ravel()
    ones = np.eye(inputs, dtype=weight.dtype).reshape(inputs, *before)
    weight[...] = layer.forward(ones, training=False).reshape(inputs, outputs)
    weight -= bias
    return linear


def _windows_apart(pool: MaxPool2d, before: Shape) -> NDArray[np.intp]:
    """Which values, flat, are the first of a pool's windows, then which the second, and so on."""
    values = np.arange(np.prod(before)).reshape(1, *before)
    return np.concatenate([place.ravel() for place in pool.places(values)])


def _rearranged(linear: Linear, order: NDArray[np.intp]) -> Linear:
    """The Linear that gives these of another one's outputs."""
    made = Linear(len(linear.weight.value), len(order), None)
    made.weight.value[...] = linear.weight.value[:, order]
    made.bias.value[...] = linear.bias.value[order]
    return made
