"""The joints of the last moments as numbers that do not depend on size, place and speed."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

STEPS = 16
"""Moments to which a span of time is resampled."""

SPANS = (0.42, 0.55, 0.72, 0.95, 1.25, 1.65, 2.15)
"""Seconds that a movement may take; each is a third longer than the one before it."""

_PALM = (0, 5, 17)
"""Wrist, and where index and little finger begin: what moves with the whole hand."""
_SHOWN = (0, 4, 5, 6, 8, 10, 12, 14, 16, 17, 18, 20)
"""Joints whose place relative to the palm says how hand and fingers are turned."""
_TIPS = (8, 20)

_USED = sorted({*_PALM, *_SHOWN, *_TIPS})

INPUTS = STEPS * 2 * (1 + len(_SHOWN) + len(_TIPS)) + 1

_COVERED = 0.8
"""Share of a span that frames must reach over."""
_LONGEST_GAP = 0.4
_FEWEST = 4
_FARTHEST = 6.0
_LARGE = int(0.8 * STEPS)
"""Of so many steps a hand is smaller than its size."""

Joints = NDArray[np.float32]


def without_outliers(joints: Joints) -> Joints:
    """(n, 21, 2): each number replaced by the median of it and its two neighbours in time."""
    if len(joints) < 3:
        return joints
    before, here, after = joints[:-2], joints[1:-1], joints[2:]
    low, high = np.minimum(before, here), np.maximum(before, here)
    middle = np.maximum(low, np.minimum(high, after))
    return np.concatenate([joints[:1], middle, joints[-1:]])


def span_inputs(
    seconds: NDArray[np.float64], joints: Joints, end: float, spans: Sequence[float] = SPANS
) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
    """What the network reads of the spans of time up to `end`.

    Args:
        seconds: (n,) rising.
        joints: (n, 21, 2) in pixels, all of them known.
        end: When the spans end.
        spans: How long they are.

    Returns:
        (k, INPUTS) float32: for each step the path of the palm and of two fingertips, from their
        middle, and joints relative to the palm, all in hand sizes; and how long the span is.
        (k,): in which spans there are enough frames; the others' numbers mean nothing.
    """
    length = np.asarray(spans, np.float64)
    first, last = np.searchsorted(seconds, [end - length.max() - 1e-6, end + 1e-6])
    inside = seconds[first:last]
    count = len(length)
    enough = _enough(inside, end, length)
    if not enough.any():
        return np.zeros((count, INPUTS), np.float32), enough
    steps = end - length[:, None] * (1 - (np.arange(STEPS) + 0.5) / STEPS)
    weights = _weights(inside, steps.ravel(), np.repeat(0.7 * length / STEPS, STEPS))
    used = joints[first:last, _USED].reshape(len(inside), -1)
    points = (weights @ used).reshape(count, STEPS, len(_USED), 2)
    palm = points[:, :, _at(_PALM)].mean(axis=2, keepdims=True)
    size = _size(points)[:, None, None, None]
    middle = palm.mean(axis=1, keepdims=True)
    tips = points[:, :, _at(_TIPS)]
    tips = tips - tips.mean(axis=1, keepdims=True)
    values = np.concatenate([palm - middle, points[:, :, _at(_SHOWN)] - palm, tips], axis=2) / size
    values = np.clip(values, -_FARTHEST, _FARTHEST).reshape(count, -1)
    inputs = np.concatenate([values, 2 * np.log(length)[:, None]], axis=1)
    return np.asarray(inputs, np.float32), enough


def _enough(
    inside: NDArray[np.float64], end: float, spans: NDArray[np.float64]
) -> NDArray[np.bool_]:
    """Which spans up to `end` (k,) have frames (n,) from about their start on, without a gap."""
    if len(inside) < _FEWEST:
        return np.zeros(len(spans), np.bool_)
    starts = np.searchsorted(inside, end - spans - 1e-6)
    known = np.minimum(starts, len(inside) - 1)
    covered = inside[-1] - inside[known] >= _COVERED * spans
    gaps = np.flatnonzero(np.diff(inside) > _LONGEST_GAP)
    unbroken = known > (gaps[-1] if len(gaps) else -1)
    return np.asarray(covered & unbroken & (len(inside) - starts >= _FEWEST))


def _weights(
    seconds: NDArray[np.float64], steps: NDArray[np.float64], widths: NDArray[np.float64]
) -> NDArray[np.float32]:
    """Weights (steps, n) of frames in a Gaussian mean around each step."""
    after = np.clip(np.searchsorted(seconds, steps), 1, len(seconds) - 1)
    # Where frames are rarer than steps, the two nearest ones count all the same.
    two = np.maximum(np.abs(seconds[after] - steps), np.abs(steps - seconds[after - 1]))
    near = np.maximum(widths, 0.6 * two)[:, None]
    weights = np.exp(-0.5 * ((steps[:, None] - seconds) / near) ** 2)
    return np.asarray(weights / weights.sum(axis=1, keepdims=True), np.float32)


def _size(points: NDArray[np.float32]) -> NDArray[np.float32]:
    """Size (k,) of hands (k, steps, used joints, 2) where they are seen largest."""
    wrist, index, little = (points[:, :, _USED.index(joint)] for joint in (0, 5, 17))
    sides = np.stack([index - wrist, little - wrist, 1.5 * (index - little)])
    largest = np.linalg.norm(sides, axis=-1).max(axis=0)
    return np.maximum(np.partition(largest, _LARGE, axis=1)[:, _LARGE], 1e-3)


def _at(joints: Sequence[int]) -> list[int]:
    return [_USED.index(joint) for joint in joints]
