"""Box refinement: a window around a coarse box gives the exact box, and whether it is a hand."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from trainer.hand_finder.grid_network import CHANNELS, grid_network
from trainer.images.box import Box
from trainer.images.preprocessing import Image, crop_square, resample, standardise, to_gray
from trainer.nn.fast.compiler import CompiledNetwork
from trainer.nn.sequential import Sequential

SIDE = 64
"""Size of a window, in its own pixels."""

FAR, NEAR = 2.1, 1.5
"""Sides of the first and of later windows over the longer side of the box so far.

The far one finds a hand that the coarse box missed by half, the near one shows it large."""

CELLS = 64
"""Cells of the network's grid of 8 × 8 over a window.

Each gives a score, and the distances from its centre to the left, top, right and bottom of the box,
negative where the side lies to the left of or above the centre; in half windows."""

_FARTHEST = 2.0
"""Largest distance of a side from the window's middle, in half windows."""

_MIRRORED = np.array([-1, 1, -1, 1], np.float32)
"""Signs of the sides in the mirror image, where left and right are exchanged."""

_ENOUGH = 3 * SIDE
"""Pixels of the frame along a side of a window: of more, some are left out."""

_NARROWEST = 0.1
"""Least side of a refined box, in longer sides of the one before."""


def refinement_network(widths: Sequence[int], rng: np.random.Generator) -> Sequential:
    """Flat gray windows (n, SIDE²), standardised → (n, CELLS · CHANNELS).

    Args:
        widths: Channels at a half and a quarter of the window's size, and of all layers at an
            eighth, the last of which see most of the window.
        rng: Source of the weights.
    """
    convolutions = ((width, index < 2) for index, width in enumerate(widths))
    return grid_network(SIDE, SIDE, convolutions, rng)


class Votes(NamedTuple):
    """The network's output for n windows, decoded.

    Attributes:
        share: (n, CELLS) weight of each cell in the box: a softmax of the scores.
        sides: (n, CELLS, 4) left, top, right and bottom by each cell, from -1 to 1 across the
            window.
        box: (n, 4) mean of the sides, weighted by `share`.
        logit: (n,) of "there is a hand": log of the mean exp(score).
    """

    share: NDArray[np.float32]
    sides: NDArray[np.float32]
    box: NDArray[np.float32]
    logit: NDArray[np.float32]


def votes(output: NDArray[np.float32]) -> Votes:
    """Decodes a network's output (n, CELLS · CHANNELS)."""
    cells = output.reshape(len(output), CELLS, CHANNELS)
    scores = cells[..., 0]
    top = scores.max(axis=1, keepdims=True)
    e = np.exp(scores - top)
    total = e.sum(axis=1, keepdims=True)
    share = e / total
    sides = _centres().astype(output.dtype, copy=False) + cells[..., 1:]
    box = np.einsum("nc,ncs->ns", share, sides)
    logit = (top + np.log(total))[:, 0] - output.dtype.type(np.log(CELLS))
    return Votes(share, sides, box, logit)


@cache
def _centres() -> NDArray[np.float32]:
    """(CELLS, 4): x, y, x, y of every cell's centre, from -1 to 1 across the window."""
    side = math.isqrt(CELLS)
    axis = (np.arange(side) + 0.5) * 2 / side - 1
    x, y = np.tile(axis, side), np.repeat(axis, side)
    return np.stack([x, y, x, y], axis=1).astype(np.float32)


class Refined(NamedTuple):
    """A hand's box in the frame's pixels, and the logit of there being a hand."""

    box: Box
    logit: float


class BoxRefiner:
    """Refines boxes, reusing its buffers: for one thread at a time.

    Args:
        network: The trained network.
    """

    def __init__(self, network: Sequential) -> None:
        self._networks = {n: CompiledNetwork(network, n) for n in (1, 2)}
        """By the number of windows that pass it together."""
        self._mirror = False

    def refine(self, frame: NDArray[Any], coarse: Sequence[Box]) -> list[Refined]:
        """Refines coarse boxes twice, by a far window and then by a near one.

        Args:
            frame: Gray or BGR, 8 bits.
            coarse: One or two, in the frame's pixels.
        """
        far = self._refined(frame, [(box, False) for box in coarse], FAR)
        return self._refined(frame, [(hand.box, False) for hand in far], NEAR)

    def refine_mirrored(self, frame: NDArray[Any], box: Box) -> Refined:
        """Refines a box by a near window and its mirror image."""
        hand, mirrored = self._refined(frame, [(box, False), (box, True)], NEAR)
        return Refined(
            Box(*((a + b) / 2 for a, b in zip(hand.box, mirrored.box, strict=True))),
            (hand.logit + mirrored.logit) / 2,
        )

    def follow(self, frame: NDArray[Any], box: Box) -> Refined:
        """Refines a box by a near window or, in every other frame, by its mirror image."""
        (hand,) = self._refined(frame, [(box, self._mirror)], NEAR)
        self._mirror = not self._mirror
        return hand

    def _refined(
        self, frame: NDArray[Any], around: Sequence[tuple[Box, bool]], wider: float
    ) -> list[Refined]:
        """Refines boxes by windows that are `wider` times as wide, mirrored or not."""
        network = self._networks[len(around)]
        for row, (box, mirror) in zip(network.input, around, strict=True):
            window = _window(frame, box.square(wider))
            row[:] = (window[:, ::-1] if mirror else window).ravel()
        standardise(network.input)
        found = votes(network())
        # Untrusted weights may give any number: no side lies farther away than the window is wide.
        sides = np.clip(np.nan_to_num(found.box), -_FARTHEST, _FARTHEST)
        logits = np.clip(np.nan_to_num(found.logit), -30, 30)
        hands = []
        for (box, mirror), own, logit in zip(around, sides, logits, strict=True):
            seen = own[[2, 1, 0, 3]] * _MIRRORED if mirror else own
            hands.append(Refined(_moved(box, wider, seen), float(logit)))
        return hands


def _moved(box: Box, wider: float, sides: NDArray[np.float32]) -> Box:
    """The box with these sides, in half windows from the middle of another box."""
    left, top, right, bottom = (float(side) for side in box.square(wider).w / 2 * sides)
    least = _NARROWEST * max(box.w, box.h)
    w, h = max(right - left, least), max(bottom - top, least)
    x, y = box.middle
    return Box(x + left, y + top, w, h)


def _window(frame: NDArray[Any], window: Box) -> Image:
    """The (SIDE, SIDE) gray image of a window; the frame's edge is repeated outside."""
    crop = crop_square(frame, window)
    if len(crop) > _ENOUGH:
        crop = cv2.resize(crop, (_ENOUGH, _ENOUGH), interpolation=cv2.INTER_NEAREST)
    return resample(to_gray(crop), SIDE)
