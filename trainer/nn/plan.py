"""Networks from a short plan, such as "24k5s2 32 p 64 p 128 p".

A plan is a list of words, from the image on:

* `32`: a convolution to 32 channels with a 3 × 3 kernel, batch norm and ReLU; `32k5` with a 5 × 5
  kernel, `32k5s2` at stride 2 besides.
* `p`: the maximum of every 2 × 2 pixels.
* `o`: the fixed layer of oriented gradients at half the size; as the first word only.
* `g`: the mean of every channel over the whole image.

Fully-connected layers follow; without any word there is nothing before them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from trainer.letters import CLASSES
from trainer.nn.layers.batch_norm import BatchNorm
from trainer.nn.layers.convolution import Conv2d
from trainer.nn.layers.dropout import Dropout
from trainer.nn.layers.layer import Layer, Shape
from trainer.nn.layers.linear import Linear
from trainer.nn.layers.oriented_gradients import OrientedGradients
from trainer.nn.layers.pooling import GlobalAveragePool, MaxPool2d
from trainer.nn.layers.relu import ReLU
from trainer.nn.layers.reshape import Flatten, Reshape
from trainer.nn.sequential import Sequential

_CONVOLUTION = re.compile(r"(\d{1,4})(?:k(\d{1,2}))?(?:s(\d))?")


def plan_layers(plan: str, size: int, rng: np.random.Generator) -> tuple[list[Layer], int]:
    """The convolutional layers of a plan for size × size images, and how many values they give.

    Raises:
        ValueError: A word is unknown, or the image becomes too small for the next layer.
    """
    words = plan.split()
    if not words:
        return [], size * size
    layers: list[Layer] = [Reshape((size, size, 1))]
    shape: Shape = (size, size, 1)
    for place, word in enumerate(words):
        added = _layers_of(word, shape, rng)
        if word == "o" and place:
            raise ValueError(f"the plan {plan!r} has oriented gradients that do not come first")
        # max and the rectifier commute, and after the pool there is a quarter of the work.
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
    # The batch norm's shift makes a bias useless.
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
    classes: int = CLASSES,
) -> Sequential:
    """Flat images (n, size²) → plan → hidden layers with ReLU → logits (n, classes).

    The hidden layers at the places `without_relu`, counted from 1, are left linear.

    Dropout stands before every fully-connected layer but the first of a network without a plan:
    single pixels are not dropped.

    Raises:
        ValueError: As `plan_layers`.
    """
    layers, inputs = plan_layers(plan, size, rng)
    for place, width in enumerate(hidden, start=1):
        if dropout and layers:
            layers.append(Dropout(dropout, rng))
        linear = place in without_relu
        layers.append(Linear(inputs, width, rng, gain=1.0 if linear else 2.0))
        if not linear:
            layers.append(ReLU())
        inputs = width
    if dropout and layers:
        layers.append(Dropout(dropout, rng))
    layers.append(Linear(inputs, classes, rng, gain=1.0))
    return Sequential(layers, (size * size,))
