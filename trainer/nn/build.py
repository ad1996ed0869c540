"""Networks from their specs, and the plain fully-connected one from its widths."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from trainer.letters import CLASSES
from trainer.nn.dropout import Dropout
from trainer.nn.layer import Layer
from trainer.nn.linear import Linear
from trainer.nn.relu import ReLU
from trainer.nn.sequential import Sequential

MAX_PARAMETERS = 50_000_000
"""A spec that asks for more is taken for damaged (200 MB of float32)."""


def _whole(spec: Mapping[str, Any], key: str) -> int:
    value = spec.get(key)
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= 1_000_000:
        raise ValueError(
            f"{key} of a {spec.get('kind')} layer must be a whole number, not {value!r}"
        )
    return value


def _linear(spec: Mapping[str, Any], rng: np.random.Generator) -> Layer:
    inputs, outputs = _whole(spec, "inputs"), _whole(spec, "outputs")
    if inputs * outputs > MAX_PARAMETERS:
        raise ValueError(f"a linear layer of {inputs} × {outputs} weights is larger than supported")
    return Linear(inputs, outputs, rng)


def _dropout(spec: Mapping[str, Any], rng: np.random.Generator) -> Layer:
    rate = spec.get("rate")
    if not isinstance(rate, int | float):
        raise ValueError(f"rate of a dropout layer must be a number, not {rate!r}")
    return Dropout(float(rate), rng)


_MAKERS: dict[str, Callable[[Mapping[str, Any], np.random.Generator], Layer]] = {
    Linear.kind: _linear,
    ReLU.kind: lambda spec, rng: ReLU(),
    Dropout.kind: _dropout,
}


def from_spec(
    specs: Sequence[Mapping[str, Any]], pixels: int, rng: np.random.Generator | None = None
) -> Sequential:
    """A network of layers like those whose specs are given, with fresh weights.

    Args:
        specs: What `Sequential.spec` gave.
        pixels: Values of one flat input picture.
        rng: Source of the weights; None where they are loaded afterwards anyway.

    Raises:
        ValueError: A kind is unknown, or a size is missing, wrong or does not fit its neighbour.
    """
    rng = rng if rng is not None else np.random.default_rng(0)
    layers = []
    for spec in specs:
        kind = spec.get("kind") if isinstance(spec, Mapping) else None
        if kind not in _MAKERS:
            raise ValueError(f"unknown kind of layer {kind!r}")
        layers.append(_MAKERS[kind](spec, rng))
    return Sequential(layers, (pixels,))


def fully_connected(
    pixels: int,
    hidden: Sequence[int],
    rng: np.random.Generator,
    *,
    dropout: float = 0.0,
    classes: int = CLASSES,
) -> Sequential:
    """pixels – hidden[0] – … – classes, with ReLU (and dropout) after every hidden layer."""
    layers: list[Layer] = []
    inputs = pixels
    for outputs in hidden:
        layers += [Linear(inputs, outputs, rng), ReLU()]
        if dropout:
            layers.append(Dropout(dropout, rng))
        inputs = outputs
    layers.append(Linear(inputs, classes, rng, gain=1.0))
    return Sequential(layers, (pixels,))
