"""The hand finder: a look at the whole frame, and closer ones where the hand may be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from trainer.hand_finder.grid import CELLS, COLUMNS, HEIGHT, ROWS, UNIT, WIDTH, centres, shrink
from trainer.hand_finder.loss import CHANNELS, place_probabilities
from trainer.hand_finder.refinement import CloserLook
from trainer.images.box import Box
from trainer.images.preprocessing import standardise, to_gray
from trainer.nn.layers.batch_norm import BatchNorm
from trainer.nn.layers.convolution import Conv2d
from trainer.nn.layers.layer import Layer
from trainer.nn.layers.oriented_gradients import OrientedGradients
from trainer.nn.layers.pooling import MaxPool2d
from trainer.nn.layers.relu import ReLU
from trainer.nn.layers.reshape import Flatten, Reshape
from trainer.nn.sequential import Sequential

SHORTER = 240
"""Shorter side in pixels that a frame keeps at least; more is not needed to find a hand."""

_AROUND = 1
"""Places on each side of the best one that have a say in the box."""

_CANDIDATES = 2
"""Places that the closer look chooses among."""


@dataclass(frozen=True)
class Found:
    """Where the hand is: its box in the frame's pixels, and the probability that there is one."""

    box: Box
    probability: float


@dataclass
class FinderModel:
    """A finder's networks, and how they came to be (JSON values).

    Attributes:
        network: Looks at the whole frame.
        about: Recipes and command.
        closer: Looks again at what is around the box; None: the first look's box is the last word.
    """

    network: Sequential
    about: dict[str, Any] = field(default_factory=dict)
    closer: Sequential | None = None


def finder_network(widths: Sequence[int], rng: np.random.Generator) -> Sequential:
    """Flat gray images (n, HEIGHT · WIDTH), standardised → (n, CELLS · CHANNELS).

    Args:
        widths: Channels at a half, a quarter, an eighth and a sixteenth of the image's size. At
            the last, three layers let every place see the whole image.
        rng: Source of the weights.
    """
    gradients = OrientedGradients()
    layers: list[Layer] = [Reshape((HEIGHT, WIDTH, 1)), gradients]
    inputs = gradients.directions
    fine, last = widths[:-1], widths[-1]
    for width, pooled in [*((w, True) for w in fine), *((last, False),) * 3]:
        layers += [Conv2d(inputs, width, 3, rng, bias=False), BatchNorm(width)]
        # Pooling first leaves the rectifier a quarter of the work.
        layers += [MaxPool2d(2), ReLU()] if pooled else [ReLU()]
        inputs = width
    layers += [Conv2d(inputs, CHANNELS, 1, rng, padding=0, gain=1.0), Flatten()]
    return Sequential(layers, (HEIGHT * WIDTH,))


class HandFinder:
    """Finds the hand in frames, reusing its buffers: for one thread at a time."""

    def __init__(self, model: FinderModel) -> None:
        self._network = model.network.compile(batch=1)
        self._centres = centres()
        self._closer = None if model.closer is None else CloserLook(model.closer, _CANDIDATES)

    def find(self, frame: NDArray[Any], near: Box | None = None) -> Found:
        """The most probable hand in a frame.

        Args:
            frame: Gray or BGR, 8 bits, not mirrored or mirrored alike.
            near: Where the hand was, in the frame's pixels: of two hands, the nearer one is meant.

        Raises:
            ValueError: The frame is no image.
        """
        factor = max(1, min(frame.shape[:2]) // SHORTER)
        if factor == 1:
            return self._find(frame, near)
        height, width = frame.shape[0] // factor, frame.shape[1] // factor
        # By a whole factor, which is fast, and once for all that is looked at.
        fewer = cv2.resize(to_gray(frame), (width, height), interpolation=cv2.INTER_AREA)
        across, down = frame.shape[1] / width, frame.shape[0] / height
        found = self._find(fewer, near and near.scaled(1 / across, 1 / down))
        return Found(found.box.scaled(across, down), found.probability)

    def _find(self, frame: NDArray[Any], near: Box | None) -> Found:
        small, fit = shrink(frame)
        row = self._network.input
        row[0] = small.ravel()
        standardise(row)
        cells = self._network().reshape(CELLS, CHANNELS)
        probabilities, nothing = place_probabilities(cells[None, :, 0])
        p = probabilities[0]
        where = None if near is None else fit.to_small(near)
        favoured = p if where is None else p * self._nearness(self._centres, where)
        probability = float(1 - nothing[0])
        rough = [fit.to_frame(box) for box in self._boxes(cells, p, favoured)]
        if self._closer is None:
            return Found(rough[0], probability)
        seen = self._closer.look(frame, rough)
        odds = np.array([hand.logit for hand in seen])
        if where is not None:
            middles = np.array([_middle(fit.to_small(hand.box)) for hand in seen], np.float32)
            odds += np.log(self._nearness(middles, where))
        best = seen[int(np.argmax(odds))]
        return Found(self._closer.decide(frame, best.box).box, probability)

    def _boxes(
        self, cells: NDArray[np.float32], p: NDArray[np.float32], favoured: NDArray[np.float32]
    ) -> list[Box]:
        """Rough boxes at the most favoured places, in the small frame's pixels; no two touch."""
        left = favoured.reshape(ROWS, COLUMNS).copy()
        reach = cells[:, 1:] * np.float32(UNIT)
        boxes = []
        for _ in range(_CANDIDATES):
            row, column = divmod(int(left.argmax()), COLUMNS)
            around = (
                slice(max(0, row - _AROUND), row + _AROUND + 1),
                slice(max(0, column - _AROUND), column + _AROUND + 1),
            )
            weight = np.zeros((ROWS, COLUMNS), np.float32)
            weight[around] = p.reshape(ROWS, COLUMNS)[around]
            weights = weight.ravel() / weight.sum()
            low = weights @ (self._centres - reach[:, :2])
            high = weights @ (self._centres + reach[:, 2:])
            boxes.append(Box(*map(float, (*low, *np.maximum(high - low, 1.0)))))
            left[around] = 0
        return boxes

    @staticmethod
    def _nearness(places: NDArray[np.float32], box: Box) -> NDArray[np.float32]:
        """(n,) for places (n, 2): 1 at the box's middle, falling to a fifth away from it."""
        spread = np.float32(max(box.w, box.h, 8.0))
        middle = np.array(_middle(box), np.float32)
        square = (((places - middle) / spread) ** 2).sum(axis=1)
        return np.asarray(0.2 + 0.8 * np.exp(-0.5 * square), np.float32)


def _middle(box: Box) -> tuple[float, float]:
    return box.x + box.w / 2, box.y + box.h / 2
