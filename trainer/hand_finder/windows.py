"""Training windows of box refinement: parts of frames and crops, most of them near a hand."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from trainer.data.collection import Collection
from trainer.hand_finder.augment import relit, warped, warped_box
from trainer.hand_finder.refinement import SIDE
from trainer.hand_finder.scenes import Scene, boxes_of
from trainer.images.box import Box
from trainer.images.preprocessing import Image

_NOTHING, _FRAMES = 0.25, 0.4
"""Shares of windows that show no hand, and that are cut from a real frame with one."""

_FRAME_SIDES, _CROP_SIDES = (1.1, 2.7), (1.1, 2.2)
"""Side of a window over the longer side of the hand box: crops reach less far."""

_EMPTY_SIDES = (0.15, 1.0)
"""Side of a window without a hand over the shorter side of its frame."""

_SHIFT = 0.3
"""Largest distance of the hand from the window's middle in each direction, in its sides."""

_TURN, _STRETCH = 20.0, 0.12
"""Largest turn in degrees, and logarithm of the largest stretch of width over height."""

_EXCHANGED, _BY_MASK = 0.75, 0.25
"""Shares of crops with another background, and of those that are cut out by a known mask."""

_RIM = (0.05, 0.6)
"""Surroundings kept on each side of other hands, in longer sides of the box."""

_NOISE = 5.0
"""Largest standard deviation of the noise, in gray levels."""

_TRIES = 10


class Windows:
    """Draws windows with the box of their hand.

    Args:
        frames: Real frames, with the hand's box, or none where there is no hand in it.
        crops: Hands with surroundings, some with masks; or None.

    Raises:
        ValueError: No frame shows a hand, or crops have no boxes.
    """

    def __init__(self, frames: Sequence[Scene], crops: Collection | None) -> None:
        self._frames = list(frames)
        self._with_hand = [frame for frame in frames if frame.hands]
        if not self._with_hand:
            raise ValueError("there are no frames with a hand")
        self._crops = None if crops is None else _Crops(crops)

    def draw(self, rng: np.random.Generator) -> tuple[NDArray[np.float32], Box | None]:
        """Gray levels (SIDE, SIDE) float32, and the hand's box in it, if there is one."""
        kind = rng.random()
        hand: Box | None = None
        if kind < _NOTHING:
            values = self._elsewhere(rng)
        elif kind < _NOTHING + _FRAMES or self._crops is None:
            scene = self._with_hand[int(rng.integers(len(self._with_hand)))]
            matrix, angle = _view(scene.hands[0], _FRAME_SIDES, rng)
            values = _window(scene.image, matrix)
            hand = warped_box(scene.hands[0], matrix, angle)
        else:
            values, alpha, hand = self._crops.draw(rng)
            if alpha is not None:
                behind = self._elsewhere(rng) * np.float32(rng.uniform(0.7, 1.3))
                values = behind + alpha * (values - behind)
        if rng.random() < 0.5:
            values = values[:, ::-1].copy()
            hand = None if hand is None else hand._replace(x=SIDE - hand.x - hand.w)
        return relit(values, _NOISE, rng), hand

    def _elsewhere(self, rng: np.random.Generator) -> NDArray[np.float32]:
        """A window of a frame that shows no hand, or little of one at its edge."""
        for _ in range(_TRIES):
            scene = self._frames[int(rng.integers(len(self._frames)))]
            height, width = scene.image.shape
            side = min(height, width) * float(np.exp(rng.uniform(*np.log(_EMPTY_SIDES))))
            x, y = rng.uniform((0, 0), (width, height))
            window = Box(x - side / 2, y - side / 2, side, side)
            core = window.square(0.5)
            if all(
                hand.share_inside(window) < 0.25 and core.share_inside(hand) < 0.1
                for hand in scene.hands
            ):
                break
        angle = float(np.radians(rng.uniform(-_TURN, _TURN)))
        return _window(scene.image, _matrix(np.array([x, y]), SIDE / side, angle))


class _Crops:
    """Hands from crops, with some of their surroundings."""

    def __init__(self, crops: Collection) -> None:
        self._crops = crops
        self._chances = crops.weights(0.5).cumsum()
        self._boxes = np.concatenate([boxes_of(dataset) for dataset in crops.datasets])

    def draw(
        self, rng: np.random.Generator
    ) -> tuple[NDArray[np.float32], NDArray[np.float32] | None, Box]:
        """A window, the opacity of its pixels before another background (None: 1), and the hand."""
        chance = rng.random() * self._chances[-1]
        index = int(np.searchsorted(self._chances, chance, side="right"))
        crop, mask = self._crops.image(index), self._crops.mask(index)
        box = Box(*map(float, self._boxes[index]))
        matrix, angle = _view(box, _CROP_SIDES, rng)
        values, hand = _window(crop, matrix), warped_box(box, matrix, angle)
        exchange = rng.random()
        if exchange >= _EXCHANGED:
            return values, None, hand
        opaque = mask
        if opaque is None or exchange >= _BY_MASK:
            opaque = _some_rim(crop.shape[0], box, rng)
        inside = warped(opaque, matrix, (SIDE, SIDE), cv2.BORDER_CONSTANT)
        soft = 2 * int(rng.integers(0, 5)) + 1
        share = cv2.blur(inside, (soft, soft)).astype(np.float32) / np.float32(255)
        return values, share, hand


def _some_rim(side: int, box: Box, rng: np.random.Generator) -> Image:
    """255 on the hand and on a random part of its surroundings.

    All crops end at the same distance from the hand: if all of it was pasted, the network would
    learn the crop's edge instead of the hand.
    """
    left, top, right, bottom = rng.uniform(*_RIM, 4) * max(box.w, box.h)
    opaque = np.zeros((side, side), np.uint8)
    opaque[
        max(0, round(box.y - top)) : round(box.y + box.h + bottom),
        max(0, round(box.x - left)) : round(box.x + box.w + right),
    ] = 255
    return opaque


def _view(
    box: Box, sides: tuple[float, float], rng: np.random.Generator
) -> tuple[NDArray[np.float64], float]:
    """Into a window somewhere around a hand: the affine matrix, and its turn in radians."""
    scale = SIDE / (max(box.w, box.h) * float(np.exp(rng.uniform(*np.log(sides)))))
    angle = float(np.radians(rng.uniform(-_TURN, _TURN)))
    stretch = float(np.exp(rng.uniform(-_STRETCH, _STRETCH)))
    shift = (rng.random(2) - rng.random(2)) * _SHIFT * SIDE
    matrix = _matrix(np.array(box.middle), scale, angle, stretch)
    matrix[:, 2] += shift
    return matrix, angle


def _matrix(
    middle: NDArray[np.float64], scale: float, angle: float, stretch: float = 1.0
) -> NDArray[np.float64]:
    """(2, 3): turns and scales about `middle`, which comes to the window's middle."""
    cos, sin = np.cos(angle) * scale, np.sin(angle) * scale
    turn = np.array([[cos, -sin], [sin, cos]]) * np.array([[stretch], [1 / stretch]])
    return np.column_stack([turn, SIDE / 2 - turn @ middle])


def _window(image: Image, matrix: NDArray[np.float64]) -> NDArray[np.float32]:
    return warped(image, matrix, (SIDE, SIDE), cv2.BORDER_REPLICATE).astype(np.float32)
