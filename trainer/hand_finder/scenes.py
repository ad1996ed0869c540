"""Training scenes of coarse detection: whole frames, and hands pasted into other frames."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from trainer.data.collection import Collection
from trainer.data.dataset import Dataset
from trainer.data.file_tree import open_tree
from trainer.data.no_sign_windows import images_with_hands
from trainer.hand_finder.augment import relit, warped, warped_box
from trainer.hand_finder.detection import HEIGHT, WIDTH
from trainer.hand_finder.finder import SHORTER
from trainer.images.box import Box
from trainer.images.preprocessing import Image, to_gray
from trainer.support.errors import UserError

_FRAMES, _ALONE = 0.35, 0.1
"""Shares of scenes that are a real frame as it is, and that have no hand pasted into them."""

_EMPTY, _EMPTY_SIDES = 0.25, (0.25, 1.0)
"""Share of scenes that are a part of a frame beside the hand, such as a face, and their height over
the frame's: a face must not pass for a hand as soon as the hand is down."""

_SEEN = 0.05
"""Share of a hand box that may lie in a part without a hand."""

_TRIES = 20

_SIZES = (0.2, 0.95)
"""Longer side of a pasted hand box over the scene's height."""

_NOISE = 4.0
"""Largest standard deviation of the noise, in gray levels."""

_TURN = 20.0
"""Largest turn of a pasted hand, in degrees."""

_COVERED = 0.4
"""Share of a hand box under another hand from which the hand counts as hidden."""

_MARGIN = 0.25
"""Surroundings pasted along with a hand whose mask is unknown, in sides of its box."""


@dataclass(frozen=True)
class Scene:
    """A gray image of any size, and the boxes of the hands in it."""

    image: Image
    hands: tuple[Box, ...]


@dataclass(frozen=True)
class SourcedScene:
    """A frame as a scene, and its source."""

    scene: Scene
    source: str


def read_frames(folder: Path) -> list[SourcedScene]:
    """The frames of a folder, gray, with a shorter side of `SHORTER`; see `images_with_hands`.

    Raises:
        UserError: There are none, or one cannot be read.
    """
    found = []
    tree = open_tree(folder)
    for name, source, box in images_with_hands(tree):
        gray = to_gray(tree.image(name))
        scale = SHORTER / min(gray.shape)
        size = (max(1, round(gray.shape[1] * scale)), max(1, round(gray.shape[0] * scale)))
        small = np.asarray(cv2.resize(gray, size, interpolation=cv2.INTER_AREA), np.uint8)
        hands = () if box is None else (box.scaled(scale, scale),)
        found.append(SourcedScene(Scene(small, hands), source))
    if not found:
        raise UserError(f"{folder}: no images in there.")
    return found


class Scenes:
    """Draws small images with their hands' boxes.

    Args:
        frames: Real frames, with the hand's box, or none where there is no hand in it.
        crops: Hands with surroundings, some with masks, to paste into frames; or None.
    """

    def __init__(self, frames: Sequence[Scene], crops: Collection | None) -> None:
        if not frames:
            raise ValueError("there are no frames")
        self._frames = list(frames)
        self._hands = None if crops is None else _Hands(crops)

    def draw(self, rng: np.random.Generator) -> tuple[NDArray[np.float32], list[Box]]:
        """Gray levels (HEIGHT, WIDTH) float32, and the hands' boxes in it."""
        scene = self._frames[int(rng.integers(len(self._frames)))]
        image, hands = _moved(scene, rng)
        empty = _beside(scene, rng) if rng.random() < _EMPTY else None
        kind = rng.random()
        if empty is not None:
            image, hands = empty, []
        elif self._hands is not None and kind > _FRAMES + _ALONE * (not hands):
            # A hand that is there already counts, unless the new one covers it.
            new = self._hands.paste(image, rng)
            hands = [*(hand for hand in hands if hand.share_inside(new) <= _COVERED), new]
        values = image.astype(np.float32)
        if rng.random() < 0.5:
            values = values[:, ::-1].copy()
            hands = [Box(WIDTH - hand.x - hand.w, hand.y, hand.w, hand.h) for hand in hands]
        return relit(values, _NOISE, rng), hands


class _Hands:
    """Hands from crops, to be pasted into frames."""

    def __init__(self, crops: Collection) -> None:
        self._crops = crops
        self._chances = crops.weights(0.5)
        self._boxes = np.concatenate([boxes_of(dataset) for dataset in crops.datasets])

    def paste(self, image: Image, rng: np.random.Generator) -> Box:
        """Pastes a random hand into an image (HEIGHT, WIDTH), in place, and returns its box."""
        index = int(rng.choice(len(self._crops), p=self._chances))
        crop, mask = self._crops.image(index), self._crops.mask(index)
        box = Box(*map(float, self._boxes[index]))
        scale = np.exp(rng.uniform(*np.log(_SIZES))) * HEIGHT / max(box.w, box.h)
        position = rng.uniform((0.1, 0.15), (0.9, 0.85)) * (WIDTH, HEIGHT)
        angle = float(np.radians(rng.uniform(-_TURN, _TURN)))
        cos, sin = np.cos(angle) * scale, np.sin(angle) * scale
        turn = np.array([[cos, -sin], [sin, cos]])
        matrix = np.column_stack([turn, position - turn @ box.middle])
        alpha = _soft_window(crop.shape[0], box) if mask is None else mask
        pasted = warped(crop, matrix, (HEIGHT, WIDTH), cv2.BORDER_REPLICATE)
        inside = warped(alpha, matrix, (HEIGHT, WIDTH), cv2.BORDER_CONSTANT)
        share = cv2.blur(inside, (3, 3)).astype(np.float32) / 255
        mixed = image + share * (pasted * rng.uniform(0.8, 1.25) - image)
        image[...] = np.clip(mixed, 0, 255).astype(np.uint8)
        return warped_box(box, matrix, angle)


def hands_in(crops: Sequence[Dataset]) -> Collection | None:
    """The crops whose hand box is known; None where there are none."""
    known = [
        dataset if boxed.all() else dataset.subset(boxed)
        for dataset in crops
        if (boxed := dataset.boxed).any()
    ]
    return Collection(known) if known else None


def boxes_of(dataset: Dataset) -> NDArray[np.float32]:
    """Hand boxes (n, 4) of crops.

    Raises:
        ValueError: They have none.
    """
    if dataset.boxes is None:
        raise ValueError("hands that are pasted into frames need boxes")
    return dataset.boxes


def _moved(scene: Scene, rng: np.random.Generator) -> tuple[Image, list[Box]]:
    """The scene in a window of random position and size, and the hands that are still in it."""
    height, width = scene.image.shape
    fit = min(HEIGHT / height, WIDTH / width)
    scale = fit * np.exp(rng.uniform(np.log(0.8), np.log(1.7)))
    if scene.hands and rng.random() < 0.8:
        # The window follows the hand, so that there is one in most scenes.
        hand = scene.hands[0]
        scale = min(scale, _SIZES[1] * HEIGHT / max(hand.w, hand.h))
        to = rng.uniform((0.2, 0.25), (0.8, 0.75)) * (WIDTH, HEIGHT)
        left, top = to - scale * np.array(hand.middle)
    else:
        left = rng.uniform(min(0, WIDTH - width * scale), max(0, WIDTH - width * scale))
        top = rng.uniform(min(0, HEIGHT - height * scale), max(0, HEIGHT - height * scale))
    matrix = np.array([[scale, 0, left], [0, scale, top]])
    image = warped(scene.image, matrix, (HEIGHT, WIDTH), cv2.BORDER_REPLICATE)
    moved = [
        Box(h.x * scale + left, h.y * scale + top, h.w * scale, h.h * scale) for h in scene.hands
    ]
    window = Box(0, 0, WIDTH, HEIGHT)
    return image, [hand for hand in moved if hand.share_inside(window) > 0.5]


def _beside(scene: Scene, rng: np.random.Generator) -> Image | None:
    """A part of the scene (HEIGHT, WIDTH) that shows no hand; None where none was found."""
    height, width = scene.image.shape
    for _ in range(_TRIES):
        tall = height * float(np.exp(rng.uniform(*np.log(_EMPTY_SIDES))))
        wide = tall * WIDTH / HEIGHT
        left, top = rng.uniform((0, 0), (max(width - wide, 1), max(height - tall, 1)))
        window = Box(left, top, wide, tall)
        if all(hand.share_inside(window) < _SEEN for hand in scene.hands):
            matrix = np.array([[1, 0, -left], [0, 1, -top]]) * (HEIGHT / tall)
            return warped(scene.image, matrix, (HEIGHT, WIDTH), cv2.BORDER_REPLICATE)
    return None


def _soft_window(side: int, box: Box) -> Image:
    """255 on the box and a rim around it, falling off to its edge."""
    rim = _MARGIN * max(box.w, box.h)
    window = np.zeros((side, side), np.uint8)
    left, top = max(0, round(box.x - rim / 2)), max(0, round(box.y - rim / 2))
    right, bottom = round(box.x + box.w + rim / 2), round(box.y + box.h + rim / 2)
    window[top:bottom, left:right] = 255
    return np.asarray(cv2.blur(window, (9, 9)), np.uint8)
