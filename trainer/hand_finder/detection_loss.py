"""Targets and loss of coarse detection: which cells the hand is at, and how far it reaches."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from trainer.hand_finder.detection import CELL, CELLS, UNIT, cell_probabilities, centres
from trainer.hand_finder.grid_network import CHANNELS
from trainer.images.box import Box

_SPREAD = 0.18
"""Standard deviation of the target around the hand's middle, in sides of the hand box."""

_REACH_WEIGHT = 2.0
"""Weight of the distances in the loss; the scores have 1."""


def detection_target(hands: list[Box]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """For hands in the small image: probabilities (CELLS,), and distances (CELLS, 4) in units.

    The probabilities are a Gaussian around each hand's middle; without a hand they are all 0.
    """
    middles = centres()
    peaks = np.zeros((max(1, len(hands)), CELLS), np.float32)
    reach = np.zeros((CELLS, 4), np.float32)
    for peak, hand in zip(peaks, hands, strict=False):
        middle = np.array(hand.middle, np.float32)
        spread = np.maximum(np.array([hand.w, hand.h], np.float32) * _SPREAD, CELL / 2)
        peak[:] = np.exp(-0.5 * (((middles - middle) / spread) ** 2).sum(axis=1))
        total = peak.sum()
        peak /= total if total > 0 else 1.0
    for peak, hand in zip(peaks, hands, strict=False):
        # Each cell gives the box of the hand that it is nearest to.
        own = peak >= peaks.max(axis=0)
        corners = np.array([hand.x, hand.y, hand.x + hand.w, hand.y + hand.h], np.float32)
        distances = np.concatenate([middles - corners[:2], corners[2:] - middles], axis=1)
        reach[own] = distances[own] / np.float32(UNIT)
    return peaks.sum(axis=0) / np.float32(max(1, len(hands))), reach


def detection_loss(
    output: NDArray[np.float32], targets: tuple[NDArray[np.float32], NDArray[np.float32]]
) -> tuple[float, NDArray[np.float32]]:
    """Mean loss of a mini-batch, and its gradient.

    L = −Σ t log p − (1 − Σ t) log p₀ + w · Σ t · h(d − d̂), with h the Huber loss, so that the
    gradient of the scores is p − t, as with any softmax and cross-entropy.

    Args:
        output: (n, CELLS · CHANNELS), the network's.
        targets: (n, CELLS) probabilities t, and (n, CELLS, 4) distances d̂.

    Returns:
        The loss, and dL/doutput of output's shape.
    """
    n = len(output)
    wanted, reach = targets
    cells = output.reshape(n, CELLS, CHANNELS)
    p, nothing = cell_probabilities(cells[..., 0])
    tiny = np.finfo(np.float32).tiny
    none_wanted = np.maximum(1 - wanted.sum(axis=1), 0)
    loss = -(wanted * np.log(np.maximum(p, tiny))).sum()
    loss -= (none_wanted * np.log(np.maximum(nothing, tiny))).sum()
    gradient = np.empty_like(cells)
    gradient[..., 0] = p - wanted
    off = cells[..., 1:] - reach
    weight = np.float32(_REACH_WEIGHT) * wanted[..., None]
    small = np.abs(off) < 1
    loss += (weight * np.where(small, 0.5 * off * off, np.abs(off) - 0.5)).sum()
    gradient[..., 1:] = weight * np.clip(off, -1, 1)
    gradient /= n
    return float(loss / n), gradient.reshape(output.shape)
