"""From an image and a hand box to what the network sees: the only way there is.

CSV rows, own samples, image files and live frames all pass through `Preprocessing`, and its
settings travel in the weight file, so that a network never meets inputs that it was not trained on.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from trainer.images.box import Box
from trainer.support.hyper_parameter import check, hyper_parameter, renamed

Image = NDArray[np.uint8]
"""(h, w) gray or (h, w, 3) blue-green-red, 0–255."""

LEAST_SIZE, MOST_SIZE = 8, 256
LEAST_MARGIN, MOST_MARGIN = 0.5, 4


def to_gray(image: NDArray[Any]) -> Image:
    """Luminance (h, w) uint8 of a gray, BGR or BGRA image of 8 or 16 bits.

    Raises:
        ValueError: The array is no such image.
    """
    if image.ndim == 3 and image.shape[2] == 1:
        image = image[:, :, 0]
    if image.dtype == np.uint16:
        image = (image >> 8).astype(np.uint8)
    if image.dtype != np.uint8 or image.ndim not in (2, 3) or image.size == 0:
        raise ValueError(f"not an image: {image.dtype} array of shape {image.shape}")
    if image.ndim == 2:
        return image
    if image.shape[2] not in (3, 4):
        raise ValueError(f"an image has 1, 3 or 4 channels, not {image.shape[2]}")
    code = cv2.COLOR_BGR2GRAY if image.shape[2] == 3 else cv2.COLOR_BGRA2GRAY
    return np.asarray(cv2.cvtColor(image, code), np.uint8)


def crop_square(image: NDArray[Any], box: Box) -> NDArray[Any]:
    """The pixels of the box's square, rounded to whole pixels; the edge is repeated outside.

    Returns:
        (side, side) or (side, side, channels), a view where the square lies inside the image.
    """
    square = box.square()
    side = max(1, round(square.w))
    height, width = image.shape[:2]
    # A square that misses the image altogether is moved until it touches it.
    left = min(max(round(square.x), 1 - side), width - 1)
    top = min(max(round(square.y), 1 - side), height - 1)
    inside = image[max(top, 0) : top + side, max(left, 0) : left + side]
    above, before = max(-top, 0), max(-left, 0)
    below, after = side - above - inside.shape[0], side - before - inside.shape[1]
    if not (above or before or below or after):
        return inside
    return np.asarray(cv2.copyMakeBorder(inside, above, below, before, after, cv2.BORDER_REPLICATE))


def middle_square(image: NDArray[Any]) -> Box:
    """The largest square in the middle of an image."""
    height, width = image.shape[:2]
    side = min(height, width)
    return Box((width - side) / 2, (height - side) / 2, side, side)


def resample(gray: Image, size: int) -> Image:
    """(size, size) uint8: by area where the image shrinks, bilinear where it grows."""
    if gray.shape == (size, size):
        return gray
    method = cv2.INTER_AREA if min(gray.shape) > size else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(gray, (size, size), interpolation=method), np.uint8)


@dataclass(frozen=True)
class Preprocessing:
    """Hand box → square crop → gray → size × size → standardised float32.

    Attributes:
        size: See the declaration; 28 for Kaggle's layout.
        margin: See the declaration.
        normalise: "image": each image gets mean 0 and standard deviation 1 by itself, so that
            brightness and contrast drop out. "dataset": (pixel − mean) / standard deviation with
            the two numbers below, which are those of all training images.
        mean: Subtracted with "dataset", in gray levels.
        standard_deviation: Divided by with "dataset", in gray levels.
    """

    size: int = hyper_parameter(
        28,
        "Image size",
        "Pixels along a side of the network's input",
        low=LEAST_SIZE,
        high=MOST_SIZE,
        of_network=True,
    )
    margin: float = hyper_parameter(
        1.0,
        "Crop margin",
        "Side of the crop over the longer side of the hand box; a CSV is cropped already",
        low=LEAST_MARGIN,
        high=MOST_MARGIN,
        of_network=True,
    )
    normalise: str = hyper_parameter(
        "image",
        "Normalisation",
        "image: each image by its own mean and standard deviation; dataset: all by those of the "
        "training images",
        choices=("image", "dataset"),
        of_network=True,
    )
    mean: float = 0.0
    standard_deviation: float = 1.0

    def __post_init__(self) -> None:
        check(self)
        numbers = (self.mean, self.standard_deviation)
        if not all(isinstance(n, int | float) and np.isfinite(n) for n in numbers):
            raise ValueError("mean and standard_deviation must be finite numbers")
        if self.standard_deviation <= 0:
            raise ValueError("standard_deviation must be positive")

    def image(self, image: NDArray[Any], box: Box | None = None) -> Image:
        """The (size, size) gray image that the network is shown, before normalisation.

        Args:
            image: Gray, BGR or BGRA, *not* mirrored.
            box: The hand box. None: the image is the finished crop already, as a CSV row is; of
                one that is not square, the middle square.
        """
        # Crop first: turning a whole frame gray costs more than the rest together.
        if box is not None or image.shape[0] != image.shape[1]:
            image = crop_square(image, self.square(image, box))
        return resample(to_gray(image), self.size)

    def square(self, image: NDArray[Any], box: Box | None = None) -> Box:
        """The part of an image that `image` shows the network."""
        return middle_square(image) if box is None else box.square(self.margin)

    def normalised(
        self, images: NDArray[Any], out: NDArray[np.float32] | None = None
    ) -> NDArray[np.float32]:
        """float32 (n, size²) of gray levels (n, size, size), uint8 or float32.

        `out` saves the allocation, and may share its memory with float32 images.

        An image of one single gray level becomes all zeros.
        """
        flat = images.reshape(len(images), -1)
        if out is None:
            out = np.empty(flat.shape, np.float32)
        np.copyto(out, flat)
        if self.normalise == "dataset":
            out -= np.float32(self.mean)
            out /= np.float32(self.standard_deviation)
        else:
            standardise(out)
        return out

    def __call__(self, image: NDArray[Any], box: Box | None = None) -> NDArray[np.float32]:
        """float32 (size²,): what goes into the network for one image."""
        row: NDArray[np.float32] = self.normalised(self.image(image, box)[None])[0]
        return row

    def to_json(self) -> dict[str, Any]:
        """The settings as JSON values."""
        return asdict(self)

    @classmethod
    def from_json(cls, settings: Any) -> Preprocessing:
        """The settings that `to_json` gives, or gave under earlier names.

        Raises:
            ValueError: A setting is missing, unknown or out of range. An unknown one is not
                ignored: it would mean that the images are made differently than in training.
        """
        expected = set(cls.__dataclass_fields__)
        settings = renamed(settings)
        if not isinstance(settings, dict) or set(settings) != expected:
            raise ValueError(f"preprocessing must have exactly the settings {sorted(expected)}")
        try:
            return cls(**settings)
        except TypeError as error:
            raise ValueError(str(error)) from None


def standardise(rows: NDArray[np.float32]) -> None:
    """Gives every row of (n, pixels) mean 0 and standard deviation 1, in place.

    A row whose deviation is under one gray level holds noise at best and is divided by 1 instead.
    """
    rows -= rows.mean(axis=1, keepdims=True)
    variance = np.einsum("ij,ij->i", rows, rows)[:, None] / np.float32(rows.shape[1])
    rows /= np.maximum(np.sqrt(variance), np.float32(1))
