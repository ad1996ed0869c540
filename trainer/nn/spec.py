"""Networks from their specs: the descriptions of their layers in weight files."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from trainer.nn.layers.batch_norm import BatchNorm
from trainer.nn.layers.convolution import Conv2d
from trainer.nn.layers.dropout import Dropout
from trainer.nn.layers.layer import Layer
from trainer.nn.layers.linear import Linear
from trainer.nn.layers.maxout import Maxout
from trainer.nn.layers.oriented_gradients import OrientedGradients
from trainer.nn.layers.pooling import GlobalAveragePool, MaxPool2d
from trainer.nn.layers.relu import ReLU
from trainer.nn.layers.reshape import Flatten, Reshape
from trainer.nn.limits import MAX_PARAMETERS, check_cost
from trainer.nn.sequential import Sequential

MAX_LAYERS = 1_000
"""More is a damaged or hostile description."""

MAX_CHANNELS = 4096
MIN_EPSILON = 1e-8
"""A channel that never varies is multiplied by 10,000 at most."""

MAX_KERNEL = 31
"""Largest kernel of a convolution and largest window of a pool."""

MAX_PIECES = MAX_KERNEL**2
"""Largest number of pieces of a maxout: those of the largest pool as a dense layer."""


def _whole(spec: Mapping[str, Any], key: str, *, least: int = 1, most: int = 1_000_000) -> int:
    value = spec.get(key)
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise ValueError(
            f"{key} of a {spec.get('kind')} layer must be a whole number "
            f"from {least} to {most}, not {value!r}"
        )
    return value


def _number(spec: Mapping[str, Any], key: str) -> float:
    value = spec.get(key)
    # The comparison refuses NaN, and whole numbers too large for a float.
    if not isinstance(value, int | float) or isinstance(value, bool) or not 0 <= value <= 1:
        raise ValueError(
            f"{key} of a {spec.get('kind')} layer must be a number from 0 to 1, not {value!r}"
        )
    return float(value)


def _linear(spec: Mapping[str, Any], rng: np.random.Generator | None) -> Layer:
    inputs, outputs = _whole(spec, "inputs"), _whole(spec, "outputs")
    _check_size(spec, inputs * outputs)
    return Linear(inputs, outputs, rng)


def _dropout(spec: Mapping[str, Any], rng: np.random.Generator | None) -> Layer:
    return Dropout(_number(spec, "rate"), rng)


def _reshape(spec: Mapping[str, Any], rng: np.random.Generator | None) -> Layer:
    shape = spec.get("shape")
    if not isinstance(shape, list | tuple) or not 1 <= len(shape) <= 3:
        raise ValueError(f"shape of a reshape layer must be one to three sizes, not {shape!r}")
    sizes = [_whole({"kind": "reshape", "a size": size}, "a size") for size in shape]
    return Reshape(tuple(sizes))


def _conv2d(spec: Mapping[str, Any], rng: np.random.Generator | None) -> Layer:
    inputs = _whole(spec, "inputs", most=MAX_CHANNELS)
    outputs = _whole(spec, "outputs", most=MAX_CHANNELS)
    kernel = _whole(spec, "kernel", most=MAX_KERNEL)
    _check_size(spec, kernel * kernel * inputs * outputs)
    bias = spec.get("bias")
    if not isinstance(bias, bool):
        raise ValueError(f"bias of a conv2d layer must be true or false, not {bias!r}")
    return Conv2d(
        inputs,
        outputs,
        kernel,
        rng,
        stride=_whole(spec, "stride", most=MAX_KERNEL),
        padding=_whole(spec, "padding", least=0, most=kernel - 1),
        bias=bias,
    )


def _batch_norm(spec: Mapping[str, Any], rng: np.random.Generator | None) -> Layer:
    channels = _whole(spec, "channels")
    if _number(spec, "epsilon") < MIN_EPSILON:
        raise ValueError(f"epsilon of a batch_norm layer must be at least {MIN_EPSILON}")
    return BatchNorm(channels, momentum=_number(spec, "momentum"), epsilon=_number(spec, "epsilon"))


_MAKERS: dict[str, Callable[[Mapping[str, Any], np.random.Generator | None], Layer]] = {
    Linear.kind: _linear,
    ReLU.kind: lambda spec, rng: ReLU(),
    Maxout.kind: lambda spec, rng: Maxout(_whole(spec, "pieces", least=2, most=MAX_PIECES)),
    Dropout.kind: _dropout,
    Reshape.kind: _reshape,
    Flatten.kind: lambda spec, rng: Flatten(),
    Conv2d.kind: _conv2d,
    BatchNorm.kind: _batch_norm,
    MaxPool2d.kind: lambda spec, rng: MaxPool2d(_whole(spec, "size", most=MAX_KERNEL)),
    GlobalAveragePool.kind: lambda spec, rng: GlobalAveragePool(),
    OrientedGradients.kind: lambda spec, rng: OrientedGradients(_whole(spec, "directions")),
}


def _check_size(spec: Mapping[str, Any], weights: int) -> None:
    if weights > MAX_PARAMETERS:
        raise ValueError(f"a {spec['kind']} layer of {weights} weights is larger than supported")


class RemovedLayerError(ValueError):
    """The spec is of several networks joined into one, which earlier versions could make."""

    def __init__(self) -> None:
        super().__init__("its layers join several networks into one, which is no longer supported")


def _layers(specs: object, rng: np.random.Generator | None) -> list[Layer]:
    if not isinstance(specs, list | tuple) or len(specs) > MAX_LAYERS:
        raise ValueError(f"layers must be a list of at most {MAX_LAYERS}")
    layers: list[Layer] = []
    weights = 0
    for spec in specs:
        kind = spec.get("kind") if isinstance(spec, Mapping) else None
        if kind in ("residual", "zoom"):
            raise RemovedLayerError
        if not isinstance(kind, str) or kind not in _MAKERS:
            raise ValueError(f"unknown kind of layer {kind!r}")
        layer = _MAKERS[kind](spec, rng)
        weights += sum(parameter.value.size for parameter in layer.parameters())
        _check_size(spec, weights)
        layers.append(layer)
    return layers


def from_spec(
    specs: Sequence[Mapping[str, Any]], pixels: int, rng: np.random.Generator | None = None
) -> Sequential:
    """A network with layers of these specs.

    Args:
        specs: From `Sequential.spec`.
        pixels: Values of one flat input image.
        rng: Source of the weights; None for zeros, if they are loaded later.

    Raises:
        ValueError: A kind is unknown, a size is missing, wrong or does not fit the next layer, or
            one image would cost the network too much (`limits`).
    """
    layers = _layers(specs, rng)
    network = Sequential(layers, (pixels,))
    check_cost(layers, (pixels,))
    return network


def copied(network: Sequential) -> Sequential:
    """An independent copy: the same layers, weights and statistics in other arrays."""
    (pixels,) = network.input_shape
    copy = from_spec(network.spec(), pixels)
    copy.load_state(network.state())
    return copy
