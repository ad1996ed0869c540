"""The second look: a window around a rough box tells whether a hand is there, and its exact box."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from trainer.images.box import Box
from trainer.images.preprocessing import Image, crop_square, resample, standardise, to_gray
from trainer.nn.layers.batch_norm import BatchNorm
from trainer.nn.layers.convolution import Conv2d
from trainer.nn.layers.layer import Layer
from trainer.nn.layers.oriented_gradients import OrientedGradients
from trainer.nn.layers.pooling import MaxPool2d
from trainer.nn.layers.relu import ReLU
from trainer.nn.layers.reshape import Flatten, Reshape
from trainer.nn.sequential import CompiledNetwork, Sequential

SIDE = 64
"""Of a window, in its own pixels."""

FAR, NEAR = 2.1, 1.5
"""Sides of the first and of later windows over the longer side of the box that is known so far.

The far one finds a hand that the rough box missed by half, the near one shows it large."""

CELLS = 64
"""Places of the network's grid of 8 × 8 over a window."""

CHANNELS = 5
"""For each place: a score, and the distances from it to the left, top, right and bottom of the
box, negative where the side lies to the left of or above the place; in half windows."""

_FARTHEST = 2.0
"""Of a side from the window's middle, in half windows."""

_NARROWEST = 0.1
"""Side of a found box, in longer sides of the one before."""


def closer_network(widths: Sequence[int], rng: np.random.Generator) -> Sequential:
    """Flat gray windows (n, SIDE²), standardised → (n, CELLS · CHANNELS).

    Args:
        widths: Channels at a half and a quarter of the window's size, and of all layers at an
            eighth, the last of which see most of the window.
        rng: Source of the weights.
    """
    gradients = OrientedGradients()
    layers: list[Layer] = [Reshape((SIDE, SIDE, 1)), gradients]
    inputs = gradients.directions
    for place, width in enumerate(widths):
        layers += [Conv2d(inputs, width, 3, rng, bias=False), BatchNorm(width)]
        # Pooling first leaves the rectifier a quarter of the work.
        layers += [MaxPool2d(2), ReLU()] if place < 2 else [ReLU()]
        inputs = width
    layers += [Conv2d(inputs, CHANNELS, 1, rng, padding=0, gain=1.0), Flatten()]
    return Sequential(layers, (SIDE * SIDE,))


class Votes(NamedTuple):
    """What the places of n windows say.

    Attributes:
        share: (n, CELLS) of each place in the box: a softmax of the scores.
        sides: (n, CELLS, 4): left, top, right and bottom as each place sees them, from -1 to 1
            across the window.
        box: (n, 4): their mean by share.
        logit: (n,) of "there is a hand": the mean score, as by e to the power of it.
    """

    share: NDArray[np.float32]
    sides: NDArray[np.float32]
    box: NDArray[np.float32]
    logit: NDArray[np.float32]


def votes(output: NDArray[np.float32]) -> Votes:
    """The boxes that a network's output (n, CELLS · CHANNELS) means."""
    cells = output.reshape(len(output), CELLS, CHANNELS)
    scores = cells[..., 0]
    top = scores.max(axis=1, keepdims=True)
    e = np.exp(scores - top)
    total = e.sum(axis=1, keepdims=True)
    share = e / total
    sides = _places().astype(output.dtype, copy=False) + cells[..., 1:]
    box = np.einsum("nc,ncs->ns", share, sides)
    logit = (top + np.log(total))[:, 0] - output.dtype.type(np.log(CELLS))
    return Votes(share, sides, box, logit)


@cache
def _places() -> NDArray[np.float32]:
    """(CELLS, 4): x, y, x, y of every place, from -1 to 1 across the window."""
    side = math.isqrt(CELLS)
    axis = (np.arange(side) + 0.5) * 2 / side - 1
    x, y = np.tile(axis, side), np.repeat(axis, side)
    return np.stack([x, y, x, y], axis=1).astype(np.float32)


class Seen(NamedTuple):
    """What a window shows: the hand's box in the frame's pixels, and the logit of a hand."""

    box: Box
    logit: float


class CloserLook:
    """Looks at what is around rough boxes, reusing its buffers: for one thread at a time.

    Args:
        network: The finished network.
        boxes: How many boxes `look` gets: their windows go through the network together.
    """

    def __init__(self, network: Sequential, boxes: int = 1) -> None:
        self._all = network.compile(batch=boxes)
        self._one = network.compile(mirrored=True)

    def look(self, frame: NDArray[Any], rough: Sequence[Box]) -> list[Seen]:
        """The hands near rough boxes, each seen far and then near.

        Args:
            frame: Gray or BGR, 8 bits.
            rough: In the frame's pixels.
        """
        far = _look(self._all, frame, rough, FAR)
        return _look(self._all, frame, [seen.box for seen in far], NEAR)

    def decide(self, frame: NDArray[Any], box: Box) -> Seen:
        """The last look at a hand that was found: near, and in the mirror, too."""
        (seen,) = _look(self._one, frame, [box], NEAR)
        return seen


def _look(
    network: CompiledNetwork, frame: NDArray[Any], around: Sequence[Box], wider: float
) -> list[Seen]:
    """What the squares show that are `wider` as wide as boxes.

    The network gives one row a box, or two, of which the second is of the mirror image.
    """
    for row, box in zip(network.input, around, strict=True):
        row[:] = _window(frame, box.square(wider)).ravel()
    standardise(network.input)
    found = votes(network())
    # No side lies farther from a window than the window is wide, whatever a file's weights say.
    sides = np.clip(np.nan_to_num(found.box), -_FARTHEST, _FARTHEST).reshape(len(around), -1, 4)
    # What the mirror image shows comes back from the mirror.
    sides[:, 1:] = sides[:, 1:, [2, 1, 0, 3]] * (-1, 1, -1, 1)
    logits = np.clip(np.nan_to_num(found.logit), -30, 30).reshape(len(around), -1)
    return [
        Seen(_moved(box, wider, own), float(logit))
        for box, own, logit in zip(around, sides.mean(axis=1), logits.mean(axis=1), strict=True)
    ]


def _moved(box: Box, wider: float, sides: NDArray[np.float32]) -> Box:
    """The box whose sides lie so far from the middle of another one, in half windows."""
    left, top, right, bottom = (float(side) for side in box.square(wider).w / 2 * sides)
    least = _NARROWEST * max(box.w, box.h)
    w, h = max(right - left, least), max(bottom - top, least)
    return Box(box.x + box.w / 2 + left, box.y + box.h / 2 + top, w, h)


def _window(frame: NDArray[Any], window: Box) -> Image:
    """The (SIDE, SIDE) gray image of a window; the frame's edge is repeated outside."""
    cut = crop_square(frame, window)
    if cut.shape[0] > 2 * SIDE:
        # Most pixels go before the image turns gray: that is cheaper.
        cut = cv2.resize(cut, (SIDE, SIDE), interpolation=cv2.INTER_AREA)
    return resample(to_gray(cut), SIDE)
