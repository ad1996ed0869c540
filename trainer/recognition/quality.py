"""Whether an image of a hand is good enough to be read: light, sharpness, place, surroundings.

All measures are taken at one size of the hand, so that they do not depend on the camera.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from trainer.images.box import Box
from trainer.images.preprocessing import Image, crop_square, resample, to_gray

_SIDE = 96
"""Pixels that the hand box is brought to."""

_ROOM = _SIDE // 4
"""Pixels of surroundings that are looked at on each side of it."""

_WHOLE = _SIDE + 2 * _ROOM

_EDGE_STRENGTH = 12.0
"""Gray levels per pixel from which a change counts as an edge."""

_BURNT_FROM = 250

_FLAT = 10.0
"""Contrast in gray levels under which there is nothing that could be sharp."""

_BOX = np.s_[_ROOM:-_ROOM, _ROOM:-_ROOM]
_MIDDLE = np.s_[_WHOLE // 2 - _SIDE // 4 : _WHOLE // 2 + _SIDE // 4]


class Finding(Enum):
    """What is wrong with an image; what should be put right first stands first."""

    DARK = auto()
    BRIGHT = auto()
    CLIPPED = auto()
    SMALL = auto()
    BLURRED = auto()
    BUSY = auto()


@dataclass(frozen=True)
class Limits:
    """From where on a measure of `Quality` is a finding.

    Attributes:
        highlights: DARK below.
        middle_dark: DARK below, as with a window behind the hand.
        middle_bright: BRIGHT above: the hand has lost its shading.
        burnt: BRIGHT above.
        edge: CLIPPED below.
        side: SMALL below.
        sharpness: BLURRED below.
        sharpness_across: BLURRED below: what moves is blurred in one direction.
        clutter: BUSY above.
    """

    highlights: float = 80.0
    middle_dark: float = 32.0
    middle_bright: float = 228.0
    burnt: float = 0.25
    edge: float = 0.005
    side: float = 64.0
    sharpness: float = 0.1
    sharpness_across: float = 0.065
    clutter: float = 0.2


@dataclass(frozen=True)
class Quality:
    """What was measured in and around a hand box.

    Attributes:
        highlights: Gray level that a tenth of the box exceeds.
        middle: Median gray level of the box's middle, where the hand is.
        burnt: Share of the middle's pixels at the upper end of the scale.
        edge: Distance from the box to the frame's edge over the box's side; negative beyond it.
        side: Longer side of the box in pixels of the frame.
        sharpness: Steepest change over the contrast, per pixel, at 96 pixels to the box.
        sharpness_across: The same along the less sharp of the two axes.
        clutter: Share of the pixels around the box that lie on edges.
    """

    highlights: float
    middle: float
    burnt: float
    edge: float
    side: float
    sharpness: float
    sharpness_across: float
    clutter: float

    def findings(self, limits: Limits | None = None) -> list[Finding]:
        """What is out of its limits, the most useful to know first."""
        limits = limits or Limits()
        dark = self.highlights < limits.highlights or self.middle < limits.middle_dark
        found = {
            Finding.DARK: dark,
            Finding.BRIGHT: self.middle > limits.middle_bright or self.burnt > limits.burnt,
            Finding.CLIPPED: self.edge < limits.edge,
            Finding.SMALL: self.side < limits.side,
            Finding.BLURRED: self.sharpness < limits.sharpness
            or self.sharpness_across < limits.sharpness_across,
            Finding.BUSY: self.clutter > limits.clutter,
        }
        return [finding for finding in Finding if found[finding]]


def measure(image: NDArray[Any], box: Box) -> Quality:
    """Measures a hand in an unmirrored frame.

    Args:
        image: Gray or BGR, 8 bits.
        box: The hand box in its pixels.

    Raises:
        ValueError: The array is no image.
    """
    wide = _gray(image, box)
    inside, middle = wide[_BOX], wide[_MIDDLE, _MIDDLE]
    across = cv2.Sobel(wide, cv2.CV_32F, 1, 0, scale=1 / 8)
    down = cv2.Sobel(wide, cv2.CV_32F, 0, 1, scale=1 / 8)
    slope = cv2.magnitude(across, down)
    edges = slope > _EDGE_STRENGTH
    low, highlights, high = _levels(inside, (0.05, 0.9, 0.95))
    contrast = max(high - low, _FLAT)
    height, width = image.shape[:2]
    side = max(box.w, box.h)
    room = min(box.x, box.y, width - box.x - box.w, height - box.y - box.h)
    return Quality(
        highlights=highlights,
        middle=_levels(middle, (0.5,))[0],
        burnt=float((middle >= _BURNT_FROM).mean()),
        edge=room / max(side, 1.0),
        side=side,
        sharpness=_steepest(slope) / contrast,
        sharpness_across=min(_steepest(across), _steepest(down)) / contrast,
        clutter=float(edges.sum() - edges[_BOX].sum()) / (_WHOLE**2 - _SIDE**2),
    )


def _gray(image: NDArray[Any], box: Box) -> Image:
    """The box with its surroundings, (`_WHOLE`, `_WHOLE`)."""
    crop = crop_square(image, box.square(_WHOLE / _SIDE))
    if crop.dtype == np.uint8 and crop.ndim == 3 and crop.shape[2] >= 3:
        # Green is most of what luminance is, and a third of the work.
        crop = cv2.extractChannel(crop, 1)
    if crop.shape[0] > 2 * _WHOLE:
        # Averaging over every pixel of a large image would cost more than all the rest.
        crop = cv2.resize(crop, (2 * _WHOLE, 2 * _WHOLE), interpolation=cv2.INTER_LINEAR)
    return resample(to_gray(crop), _WHOLE)


def _levels(gray: Image, shares: tuple[float, ...]) -> tuple[float, ...]:
    """Gray levels that these shares of the pixels do not exceed."""
    below = np.cumsum(np.bincount(gray.ravel(), minlength=256))
    return tuple(float(level) for level in np.searchsorted(below, np.multiply(shares, gray.size)))


def _steepest(slopes: NDArray[Any]) -> float:
    """The slope that one in a hundred pixels of the box exceeds, whatever its sign."""
    inside = np.abs(slopes[_BOX]).ravel()
    place = round(0.99 * (inside.size - 1))
    return float(np.partition(inside, place)[place])
