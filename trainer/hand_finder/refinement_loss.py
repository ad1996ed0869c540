"""Targets and loss of box refinement: whether a window shows a hand, and the sides of its box."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from trainer.hand_finder.grid_network import CHANNELS
from trainer.hand_finder.refinement import SIDE, votes
from trainer.images.box import Box

_EXACT = 0.1
"""Error of a side, in sizes of the box, up to which the Huber loss is quadratic."""

_HAND_WEIGHT = 0.3
"""Weight of "there is a hand" in the loss; the sides have 1."""


def refinement_target(hand: Box | None) -> NDArray[np.float32]:
    """(5,): 1 and the sides of a hand's box in a window's pixels; all 0 without a hand."""
    wanted = np.zeros(5, np.float32)
    if hand is not None:
        sides = (hand.x, hand.y, hand.x + hand.w, hand.y + hand.h)
        wanted[:] = (1, *(2 * side / SIDE - 1 for side in sides))
    return wanted


def refinement_loss(
    output: NDArray[np.float32], wanted: NDArray[np.float32]
) -> tuple[float, NDArray[np.float32]]:
    """Mean loss of a mini-batch, and its gradient.

    L = w · cross-entropy(hand) + Σ over the sides of h((s − ŝ) / size), with h the Huber loss over
    its threshold. The error is relative to the hand, as the overlap of two boxes is: size is the
    geometric mean of the longer side and the one that the error shortens.

    Args:
        output: (n, CELLS · CHANNELS) of the network.
        wanted: (n, 5) of `refinement_target`.

    Returns:
        The loss, and dL/doutput of output's shape.
    """
    n, found = len(output), votes(output)
    there = wanted[:, 0]
    p = 1 / (1 + np.exp(-np.clip(found.logit, -30, 30)))
    tiny = np.finfo(np.float32).tiny
    loss = -np.log(np.maximum(np.where(there > 0, p, 1 - p), tiny)).sum() * _HAND_WEIGHT
    d_logit = _HAND_WEIGHT * (p - there)
    size = np.where(there[:, None] > 0, wanted[:, 3:] - wanted[:, 1:3], 1)
    size = np.tile(np.sqrt(size * size.max(axis=1, keepdims=True)), 2)
    off = (found.box - wanted[:, 1:]) / size * there[:, None]
    slope = np.clip(off / _EXACT, -1, 1)
    loss += (slope * (off - 0.5 * _EXACT * slope)).sum()
    d_box = slope / size * there[:, None]
    gradient = np.empty((*found.sides.shape[:2], CHANNELS), output.dtype)
    gradient[..., 1:] = found.share[..., None] * d_box[:, None]
    # A cell with a higher score moves the box towards its own.
    pull = np.einsum("ncs,ns->nc", found.sides - found.box[:, None], d_box)
    gradient[..., 0] = found.share * (d_logit[:, None] + pull)
    gradient /= n
    return float(loss / n), gradient.reshape(output.shape)
