"""Augmentation: every epoch sees every picture turned, shifted, scaled and lit anew."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from trainer.data.dataset import Dataset
from trainer.preprocess import Picture, Preprocessing


@dataclass(frozen=True)
class Augmentation:
    """How far pictures are changed; every zero switches one change off.

    Attributes:
        rotate: Largest turn in degrees, either way.
        scale: Largest change of size s: a factor from 1/(1+s) to 1+s.
        stretch: Largest change of width over height, likewise.
        shear: Largest shear, as the tangent of its angle.
        shift: Largest shift in each direction, as a share of the picture's side.
        mirror: Probability of a mirrored picture: a right hand becomes a left one.
        curve: Largest bend b of the tone curve x + b·4x(1−x)·½, x in 0–1: darker or lighter
            middle tones.
        light: Standard deviation of a slope of light across the picture, in gray levels from one
            side to the other.
        noise: Largest standard deviation of the camera's noise, in gray levels.
        erase: Probability that a rectangle of up to half of the side is covered.
    """

    rotate: float = 12.0
    scale: float = 0.15
    stretch: float = 0.1
    shear: float = 0.1
    shift: float = 0.08
    mirror: float = 0.0
    curve: float = 0.4
    light: float = 30.0
    noise: float = 6.0
    erase: float = 0.0

    @classmethod
    def none(cls) -> Augmentation:
        """No change at all."""
        return cls(**dict.fromkeys(cls.__dataclass_fields__, 0.0))

    def to_json(self) -> dict[str, float]:
        """The settings as JSON values."""
        return asdict(self)


class Augmenter:
    """Makes mini-batches of changed pictures, ready for the network.

    Args:
        dataset: The pictures.
        preprocessing: The network's. Crop, change of size and augmentation happen in one affine
            warp; without any change this equals `Preprocessing` up to the way of resampling.
        augmentation: How far to go.
    """

    def __init__(
        self, dataset: Dataset, preprocessing: Preprocessing, augmentation: Augmentation
    ) -> None:
        self._dataset = dataset
        self._preprocessing = preprocessing
        self._augmentation = augmentation
        size = preprocessing.size
        axis = np.linspace(-0.5, 0.5, size, dtype=np.float32)
        self._slopes = np.stack([np.tile(axis, size), np.repeat(axis, size)])

    def batch(self, indices: NDArray[np.int64], rng: np.random.Generator) -> NDArray[np.float32]:
        """Network inputs float32 (n, size²) of the pictures at `indices`, changed at random."""
        a = self._augmentation
        n, size = len(indices), self._preprocessing.size
        shown = np.empty((n, size, size), np.uint8)
        for place, (index, matrix) in enumerate(
            zip(indices, self._warps(indices, rng), strict=True)
        ):
            cv2.warpAffine(
                self._dataset.pictures[index],
                matrix,
                (size, size),
                dst=shown[place],
                flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
                borderMode=cv2.BORDER_REPLICATE,
            )
        if a.erase:
            self._erase(shown, rng)
        values = shown.reshape(n, -1).astype(np.float32)
        self._light(values, rng)
        return self._preprocessing.normalised(values, out=values)

    def _warps(self, indices: NDArray[np.int64], rng: np.random.Generator) -> NDArray[np.float64]:
        """(n, 2, 3) matrices from pixels of the network's picture to pixels of the data set's.

        Pixel centres lie at whole numbers, so a side of s pixels reaches from −½ to s − ½.
        """
        a, size, n = self._augmentation, self._preprocessing.size, len(indices)

        def spread(limit: float) -> NDArray[np.float64]:
            return rng.uniform(-limit, limit, n)

        angle = np.radians(spread(a.rotate))
        scale = np.exp(spread(np.log1p(a.scale)))
        stretch = np.exp(spread(np.log1p(a.stretch)) / 2)
        shear = spread(a.shear)
        mirror = np.where(rng.random(n) < a.mirror, -1.0, 1.0)
        cos, sin = np.cos(angle), np.sin(angle)
        # Turn · shear · scale, written out; the mirror flips the network's x axis.
        linear = np.empty((n, 2, 2))
        linear[:, 0, 0] = cos * scale * stretch * mirror
        linear[:, 0, 1] = (cos * shear - sin) * scale / stretch
        linear[:, 1, 0] = sin * scale * stretch * mirror
        linear[:, 1, 1] = (sin * shear + cos) * scale / stretch

        centre, side = self._squares(indices)
        linear *= (side / size)[:, None, None]
        shift = np.stack([spread(a.shift), spread(a.shift)], axis=1) * side[:, None]
        middle = (size - 1) / 2
        offset = centre + shift - linear.sum(axis=2) * middle
        return np.concatenate([linear, offset[:, :, None]], axis=2)

    def _squares(self, indices: NDArray[np.int64]) -> tuple[NDArray[Any], NDArray[Any]]:
        """Centres (n, 2) and sides (n,) of the crops, in the data set's pixels."""
        n = len(indices)
        boxes = self._dataset.boxes
        if boxes is None:
            height, width = self._dataset.pictures.shape[1:]
            return np.tile([(width - 1) / 2, (height - 1) / 2], (n, 1)), np.full(n, float(width))
        x, y, w, h = boxes[indices].T.astype(np.float64)
        centre = np.stack([x + w / 2 - 0.5, y + h / 2 - 0.5], axis=1)
        return centre, np.maximum(w, h) * self._preprocessing.margin

    def _erase(self, shown: Picture, rng: np.random.Generator) -> None:
        """Covers a rectangle of some pictures with one gray level, in place."""
        size = self._preprocessing.size
        for index in np.flatnonzero(rng.random(len(shown)) < self._augmentation.erase):
            height, width = rng.integers(size // 8, size // 2 + 1, 2)
            top, left = rng.integers(0, size - height + 1), rng.integers(0, size - width + 1)
            shown[index, top : top + height, left : left + width] = rng.integers(0, 256)

    def _light(self, values: NDArray[np.float32], rng: np.random.Generator) -> None:
        """Tone curve, slope of light and noise on gray levels (n, size²), in place."""
        a, n = self._augmentation, len(values)
        if a.curve:
            bend = rng.uniform(-a.curve, a.curve, (n, 1)).astype(np.float32) * np.float32(2 / 255)
            values += bend * values * (255 - values)
        if a.light:
            slope = rng.standard_normal((n, 2), np.float32) * np.float32(a.light)
            values += slope @ self._slopes
        if a.noise:
            strength = rng.uniform(0, a.noise, (n, 1)).astype(np.float32)
            values += rng.standard_normal(values.shape, np.float32) * strength
