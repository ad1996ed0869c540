"""Networks from a short plan, such as "24k5s2 32 p 64 p 128 p".

A plan is a list of words, one for each step from the image to the fully-connected layers:

* `32`: a convolution to 32 channels with a 3 × 3 kernel, batch norm and ReLU; `32k5` with a 5 × 5
  kernel, `32k5s2` with a 5 × 5 kernel and stride 2.
* `p`: max pooling over 2 × 2 pixels.
* `o`: oriented gradients at half the size; only as the first word.
* `g`: global average pooling.

An empty plan is a fully-connected network.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from trainer.nn.layers.batch_norm import BatchNorm
from trainer.nn.layers.convolution import Conv2d
from trainer.nn.layers.dropout import Dropout
from trainer.nn.layers.layer import Layer, Shape
from trainer.nn.layers.linear import Linear
from trainer.nn.layers.oriented_gradients import OrientedGradients
from trainer.nn.layers.pooling import GlobalAveragePool, MaxPool2d
from trainer.nn.layers.relu import ReLU
from trainer.nn.layers.reshape import Flatten, Reshape
from trainer.nn.limits import MAX_PARAMETERS
from trainer.nn.sequential import Sequential

_CONVOLUTION = re.compile(r"(\d{1,4})(?:k(\d{1,2}))?(?:s(\d))?")


def plan_layers(plan: str, size: int, rng: np.random.Generator) -> tuple[list[Layer], int]:
    """The layers of a plan for size × size images, and the number of their output values.

    Raises:
        ValueError: A word is unknown, or the image becomes too small for the next layer.
    """
    words = plan.split()
    if not words:
        return [], size * size
    layers: list[Layer] = [Reshape((size, size, 1))]
    shape: Shape = (size, size, 1)
    for index, word in enumerate(words):
        added = _layers_of(word, shape, rng)
        if word == "o" and index:
            raise ValueError(f"the plan {plan!r} has oriented gradients after another layer")
        # max and ReLU commute, and after the pool there is a quarter of the work.
        if word == "p" and isinstance(layers[-1], ReLU):
            layers.insert(-1, added.pop())
            shape = layers[-2].output_shape(shape)
        for layer in added:
            try:
                shape = layer.output_shape(shape)
            except ValueError as error:
                raise ValueError(f"{word!r} in the plan {plan!r}: {error}") from None
        layers += added
    if len(shape) > 1:
        layers.append(Flatten())
    return layers, int(np.prod(shape))


def _layers_of(word: str, shape: Shape, rng: np.random.Generator) -> list[Layer]:
    if word == "p":
        return [MaxPool2d(2)]
    if word == "g":
        return [GlobalAveragePool()]
    if word == "o":
        return [OrientedGradients()]
    match = _CONVOLUTION.fullmatch(word)
    if match is None:
        raise ValueError(f"unknown word {word!r} in a plan: 32, 32k5, 32k5s2, o, p, g are known")
    channels, kernel, stride = (int(part) if part else 0 for part in match.groups())
    if channels * (kernel or 3) ** 2 * shape[-1] > MAX_PARAMETERS:
        raise ValueError(f"{word!r} in a plan has more than {MAX_PARAMETERS:,} weights")
    # The batch norm's shift makes a bias redundant.
    convolution = Conv2d(shape[-1], channels, kernel or 3, rng, stride=stride or 1, bias=False)
    return [convolution, BatchNorm(channels), ReLU()]


def build_network(
    size: int,
    plan: str,
    hidden: Sequence[int],
    rng: np.random.Generator,
    *,
    dropout: float = 0.0,
    without_relu: Sequence[int] = (),
    classes: int = 24,
) -> Sequential:
    """Flat images (n, size²) → plan → hidden layers with ReLU → logits (n, classes).

    Dropout precedes every fully-connected layer except the first of a network without a plan:
    pixels are not dropped.

    Args:
        size: Height and width of the images.
        plan: As described above.
        hidden: Widths of the hidden fully-connected layers.
        rng: Source of the weights.
        dropout: Rate.
        without_relu: Numbers of hidden layers, from 1, that have no ReLU.
        classes: Number of logits.

    Raises:
        ValueError: As `plan_layers`.
    """
    layers, inputs = plan_layers(plan, size, rng)
    for number, width in enumerate(hidden, start=1):
        if dropout and layers:
            layers.append(Dropout(dropout, rng))
        linear = number in without_relu
        layers.append(Linear(inputs, width, rng, gain=1.0 if linear else 2.0))
        if not linear:
            layers.append(ReLU())
        inputs = width
    if dropout and layers:
        layers.append(Dropout(dropout, rng))
    layers.append(Linear(inputs, classes, rng, gain=1.0))
    return Sequential(layers, (size * size,))
