"""What the finder learns: at which place the hand is, if there is one, and how far it reaches.

The network gives five numbers for every place of the grid: a score, and the distances from the
place to the left, upper, right and lower side of the hand box (as in Tian et al., "FCOS", 2019).
The scores of all places and a fixed 0 for "no hand" pass through one softmax.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from trainer.hand_finder.grid import CELL, CELLS, UNIT, centres
from trainer.images.box import Box

CHANNELS = 5

_SPREAD = 0.18
"""Standard deviation of the target around the hand's middle, in sides of the hand box."""

_REACH_WEIGHT = 2.0
"""Of the distances, beside the scores."""


def target(hands: list[Box]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """For hands in the small image: probabilities (CELLS,), and distances (CELLS, 4) in units.

    The probabilities are a hill around each hand's middle; without a hand they are all 0.
    """
    places = centres()
    hills = np.zeros((max(1, len(hands)), CELLS), np.float32)
    reach = np.zeros((CELLS, 4), np.float32)
    for hill, hand in zip(hills, hands, strict=False):
        middle = np.array([hand.x + hand.w / 2, hand.y + hand.h / 2], np.float32)
        spread = np.maximum(np.array([hand.w, hand.h], np.float32) * _SPREAD, CELL / 2)
        hill[:] = np.exp(-0.5 * (((places - middle) / spread) ** 2).sum(axis=1))
        total = hill.sum()
        hill /= total if total > 0 else 1.0
    for hill, hand in zip(hills, hands, strict=False):
        # Each place answers for the hand that it is nearest to.
        own = hill >= hills.max(axis=0)
        corners = np.array([hand.x, hand.y, hand.x + hand.w, hand.y + hand.h], np.float32)
        distances = np.concatenate([places - corners[:2], corners[2:] - places], axis=1)
        reach[own] = distances[own] / np.float32(UNIT)
    return hills.sum(axis=0) / np.float32(max(1, len(hands))), reach


def place_probabilities(
    scores: NDArray[np.float32],
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Scores (n, CELLS) → probabilities of the places (n, CELLS), and of "no hand" (n,)."""
    top = np.maximum(scores.max(axis=1, keepdims=True), 0)
    e = np.exp(scores - top)
    nothing = np.exp(-top[:, 0])
    total = e.sum(axis=1) + nothing
    return e / total[:, None], nothing / total


def finder_loss(
    output: NDArray[np.float32], wanted: NDArray[np.float32], reach: NDArray[np.float32]
) -> tuple[float, NDArray[np.float32]]:
    """Mean loss of a mini-batch, and its gradient.

    L = −Σ t log p − (1 − Σ t) log p₀ + w · Σ t · h(d − d̂), with h the Huber loss, so that the
    gradient of the scores is p − t, as with any softmax and cross-entropy.

    Args:
        output: (n, CELLS · CHANNELS) of the network.
        wanted: (n, CELLS) probabilities t.
        reach: (n, CELLS, 4) distances d̂.

    Returns:
        The loss, and dL/doutput of output's shape.
    """
    n = len(output)
    cells = output.reshape(n, CELLS, CHANNELS)
    p, nothing = place_probabilities(cells[..., 0])
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
