"""The hand finder: coarse detection in the whole frame, then refinement of the likeliest boxes."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from trainer.hand_finder.detection import (
    CELLS,
    COLUMNS,
    ROWS,
    UNIT,
    cell_probabilities,
    centres,
    shrink,
)
from trainer.hand_finder.grid_network import CHANNELS
from trainer.hand_finder.refinement import BoxRefiner
from trainer.images.box import Box
from trainer.images.preprocessing import standardise, to_gray
from trainer.nn.fast.compiler import CompiledNetwork
from trainer.nn.sequential import Sequential

SHORTER = 240
"""Least shorter side, in pixels, of a frame that is made smaller: enough to find a hand."""

_AROUND = 1
"""Cells on each side of the best one that are averaged into its box."""

_CANDIDATES = 2
"""Boxes that refinement chooses among."""

_SAME = 0.3
"""Share of the smaller of two boxes that lies in the other one, from which they are on one hand."""


@dataclass(frozen=True)
class Found:
    """Where the hand is: its box in the frame's pixels, and the probability that there is one.

    Attributes:
        other: A second hand that does not touch the first, if one was seen.
    """

    box: Box
    probability: float
    other: Found | None = None

    def scaled(self, factor: float) -> Found:
        """The same in an image scaled by a factor."""
        other = self.other and self.other.scaled(factor)
        return Found(self.box.scaled(factor, factor), self.probability, other)


@dataclass
class FinderModel:
    """A finder's networks.

    Attributes:
        detection: Coarse detection.
        about: Recipes and command, as JSON values.
        refinement: Box refinement; None: the coarse box is the result.
    """

    detection: Sequential
    about: dict[str, Any] = field(default_factory=dict)
    refinement: Sequential | None = None


class HandFinder:
    """Finds the hand in frames, reusing its buffers: for one thread at a time."""

    def __init__(self, model: FinderModel) -> None:
        self._detection = CompiledNetwork(model.detection)
        self._centres = centres()
        self._refiner: BoxRefiner | None = None
        if model.refinement is not None:
            self._refiner = BoxRefiner(model.refinement)

    def find(self, frame: NDArray[Any], near: Box | None = None) -> Found:
        """The most probable hand in a frame.

        Args:
            frame: Gray or BGR, 8 bits, not mirrored or mirrored alike.
            near: The hand's box so far, in the frame's pixels: a hand near it is preferred.

        Raises:
            ValueError: The frame is no image.
        """
        factor = max(1, min(frame.shape[:2]) // SHORTER)
        if factor == 1:
            return self._find(frame, near)
        height, width = frame.shape[0] // factor, frame.shape[1] // factor
        # By an integer factor, which is fast, and once for both networks.
        whole = to_gray(frame[: height * factor, : width * factor])
        fewer = cv2.resize(whole, (width, height), interpolation=cv2.INTER_AREA)
        found = self._find(fewer, near and near.scaled(1 / factor, 1 / factor))
        return found.scaled(factor)

    def track(self, frame: NDArray[Any], box: Box) -> Found | None:
        """The hand near a box, by box refinement alone, which takes a fraction of `find`'s time.

        Args:
            frame: As for `find`.
            box: The hand's box in the frame before.

        Returns:
            None for a finder without box refinement.
        """
        if self._refiner is None:
            return None
        refined = self._refiner.follow(frame, box)
        return Found(refined.box, _probability(refined.logit))

    def _find(self, frame: NDArray[Any], near: Box | None) -> Found:
        small, fit = shrink(frame)
        row = self._detection.input
        row[0] = small.ravel()
        standardise(row)
        cells = self._detection().reshape(CELLS, CHANNELS)
        probabilities, nothing = cell_probabilities(cells[None, :, 0])
        p = probabilities[0]
        where = None if near is None else fit.to_small(near)
        preferred = p if where is None else p * self._nearness(self._centres, where)
        probability = float(1 - nothing[0])
        coarse = [fit.to_frame(box) for box in self._boxes(cells, p, preferred)]
        if self._refiner is None:
            return Found(coarse[0], probability)
        hands = self._refiner.refine(frame, coarse)
        logits = np.array([hand.logit for hand in hands])
        if where is not None:
            middles = np.array([fit.to_small(hand.box).middle for hand in hands], np.float32)
            logits += np.log(self._nearness(middles, where))
        best, second = (hands[i] for i in np.argsort(-logits))
        refined = self._refiner.refine_mirrored(frame, best.box)
        other = None
        if not is_same(refined.box, second.box):
            other = Found(second.box, _probability(second.logit))
        # Both networks must see a hand.
        return Found(refined.box, min(probability, _probability(refined.logit)), other)

    def _boxes(
        self, cells: NDArray[np.float32], p: NDArray[np.float32], preferred: NDArray[np.float32]
    ) -> list[Box]:
        """Coarse boxes at the most preferred cells, in the small image's pixels; no two touch."""
        left = preferred.reshape(ROWS, COLUMNS).copy()
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
    def _nearness(points: NDArray[np.float32], box: Box) -> NDArray[np.float32]:
        """(n,) for points (n, 2): 1 at the box's middle, falling to a fifth away from it."""
        spread = np.float32(max(box.w, box.h, 8.0))
        middle = np.array(box.middle, np.float32)
        square = (((points - middle) / spread) ** 2).sum(axis=1)
        return np.asarray(0.2 + 0.8 * np.exp(-0.5 * square), np.float32)


def is_same(a: Box, b: Box) -> bool:
    """Whether two boxes are on the same hand: one has a part of its area in the other."""
    return a.shared_area(b) >= _SAME * min(a.w * a.h, b.w * b.h)


def _probability(logit: float) -> float:
    return 1 / (1 + math.exp(-logit))
