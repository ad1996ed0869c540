"""Augmentation: random rotation, shift, scale, light and background of training images."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from functools import cached_property
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from trainer.data.collection import Collection
from trainer.images.preprocessing import Image, Preprocessing, resample
from trainer.support.hyper_parameter import check, hyper_parameter
from trainer.training.backgrounds import exchange, make_backgrounds

BACKGROUNDS = 2000
"""Backgrounds of a training run; few draws of an epoch share one."""


@dataclass(frozen=True)
class Augmentation:
    """How far images are changed at random; 0 switches a change off.

    Details that the declarations leave open: a scale s multiplies the size by 1/(1+s) to 1+s, and
    a stretch likewise; a curve b maps gray levels x in 0–1 to x + b·4x(1−x)·½; a light is the
    standard deviation of the difference from one side to the other; an erased rectangle is up to
    half as wide as the image.
    """

    rotate: float = hyper_parameter(12.0, "Rotation", "Largest angle in degrees", high=180)
    scale: float = hyper_parameter(0.15, "Scale", "Largest change of size; 0.2 is a fifth", high=4)
    stretch: float = hyper_parameter(
        0.1, "Stretch", "Largest change of width over height; 0.2 is a fifth", high=4
    )
    shear: float = hyper_parameter(0.1, "Shear", "Largest tangent of the angle of shear", high=4)
    shift: float = hyper_parameter(
        0.08, "Shift", "Largest shift in each direction, as a share of the image's side", high=1
    )
    mirror: float = hyper_parameter(0.0, "Mirror", "Probability of a mirrored image", high=1)
    curve: float = hyper_parameter(
        0.4, "Tone curve", "Largest bend of the tone curve: darker or lighter middle tones", high=1
    )
    light: float = hyper_parameter(
        30.0, "Side light", "Strength of light from one side, in gray levels", high=255
    )
    noise: float = hyper_parameter(
        6.0, "Noise", "Largest standard deviation of camera noise, in gray levels", high=255
    )
    erase: float = hyper_parameter(0.0, "Erasing", "Probability of a covered rectangle", high=1)
    perspective: float = hyper_parameter(
        0.0,
        "Perspective",
        "Largest slope of depth: change of scale from the middle to a side",
        high=0.5,
        open_high=True,
    )
    background: float = hyper_parameter(
        0.0,
        "Background",
        "Probability of another background, where the hand's mask is known",
        high=1,
    )
    shadow: float = hyper_parameter(
        0.0, "Shadow", "Probability of a shadow over part of the image", high=1
    )
    exposure: float = hyper_parameter(
        0.0, "Exposure", "Probability of another exposure, clipped as a camera clips", high=1
    )
    coarse: float = hyper_parameter(
        0.0, "Resolution loss", "Probability of lower resolution, as of a distant hand", high=1
    )
    blur: float = hyper_parameter(
        0.0, "Blur", "Probability of blur, out of focus or by motion", high=1
    )

    def __post_init__(self) -> None:
        check(self)

    @classmethod
    def room(cls) -> Augmentation:
        """For photographs of hands in rooms, so that a network reads hands it has never seen."""
        return cls(
            rotate=22.0,
            scale=0.25,
            stretch=0.15,
            shear=0.05,
            shift=0.1,
            mirror=0.5,
            curve=0.5,
            light=0.0,
            noise=4.0,
            erase=0.3,
            perspective=0.08,
            background=0.4,
            shadow=0.4,
            exposure=0.4,
            coarse=0.35,
            blur=0.25,
        )

    @classmethod
    def none(cls) -> Augmentation:
        """No change at all."""
        return cls(**dict.fromkeys(cls.__dataclass_fields__, 0.0))

    def to_json(self) -> dict[str, float]:
        """The settings as JSON values."""
        return asdict(self)


PRESETS = {
    "none": Augmentation.none(),
    "plain": Augmentation(),
    "room": Augmentation.room(),
}
"""By the name that the command line uses."""


@dataclass(frozen=True)
class Windows:
    """Windows of n images, in place of the hand's squares.

    Attributes:
        shift: (n, 2) float64 shift of the middle, in sides of the hand's square.
        scale: (n,) float64 factor on the side.
        exchange: (n,) bool, whether the background must be exchanged where the mask is known:
            such a window reaches beyond the stored image.
    """

    shift: NDArray[np.float64]
    scale: NDArray[np.float64]
    exchange: NDArray[np.bool_]


class Augmented(NamedTuple):
    """A mini-batch of augmented images.

    Attributes:
        inputs: (n, size²) float32, for the network.
        warps: (n, 3, 3) from pixels of the network's images to pixels of the stored ones.
    """

    inputs: NDArray[np.float32]
    warps: NDArray[np.float64]


class Augmenter:
    """Makes mini-batches of augmented network inputs.

    Args:
        collection: The images.
        preprocessing: The network's. Crop, change of size and augmentation happen in one warp;
            without any change this equals `Preprocessing` up to the way of resampling.
        augmentation: Limits of the changes.
        seed: Seed of the backgrounds.
    """

    def __init__(
        self,
        collection: Collection,
        preprocessing: Preprocessing,
        augmentation: Augmentation,
        seed: int = 0,
    ) -> None:
        self._collection = collection
        self._centres, self._sides = collection.squares(preprocessing.margin)
        self._preprocessing = preprocessing
        self._augmentation = augmentation
        size = preprocessing.size
        axis = np.linspace(-0.5, 0.5, size, dtype=np.float32)
        self._slopes = np.stack([np.tile(axis, size), np.repeat(axis, size)])
        self._seed = seed

    @cached_property
    def _backgrounds(self) -> Image:
        """Made on first use, which takes a second."""
        rng = np.random.default_rng([self._seed, BACKGROUNDS])
        return make_backgrounds(self._collection, self._preprocessing.size, BACKGROUNDS, rng)

    def batch(
        self,
        indices: NDArray[np.int64],
        rng: np.random.Generator,
        windows: Windows | None = None,
    ) -> Augmented:
        """The images at `indices`, augmented.

        Args:
            indices: (n,) into the collection.
            rng: Source of randomness.
            windows: Parts of the images to show; None: the hand's squares.
        """
        a = self._augmentation
        n, size = len(indices), self._preprocessing.size
        shown = np.empty((n, size, size), np.uint8)
        exchanged = rng.random(n) < a.background
        if windows is not None:
            exchanged |= windows.exchange
        warps = self._warps(indices, rng, windows)
        for row, (index, matrix) in enumerate(zip(indices.tolist(), warps, strict=True)):
            fine = self._sides[index] > _SHRINKS * size
            shown[row] = _warped(self._collection.image(index), matrix, size, fine)
            if exchanged[row] and (mask := self._collection.mask(index)) is not None:
                background = self._backgrounds[int(rng.integers(BACKGROUNDS))]
                hand = _warped(mask, matrix, size, fine)
                exchange(shown[row], hand, background, rng.uniform(0.75, 1.3))
        for row in np.flatnonzero(rng.random(n) < a.erase).tolist():
            erase(shown[row], rng)
        values = shown.reshape(n, -1).astype(np.float32)
        self._light(values, rng)
        images = values.reshape(n, size, size)
        for row in np.flatnonzero(rng.random(n) < a.coarse).tolist():
            coarsen(images[row], rng)
        for row in np.flatnonzero(rng.random(n) < a.blur).tolist():
            blur(images[row], rng)
        if a.noise:
            strength = rng.uniform(0, a.noise, (n, 1)).astype(np.float32)
            values += rng.standard_normal(values.shape, np.float32) * strength
        return Augmented(self._preprocessing.normalised(values, out=values), warps)

    def _warps(
        self, indices: NDArray[np.int64], rng: np.random.Generator, windows: Windows | None
    ) -> NDArray[np.float64]:
        """(n, 3, 3) matrices from pixels of the network's image to pixels of the stored ones.

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
        side = self._sides[indices]
        shift = np.stack([spread(a.shift), spread(a.shift)], axis=1)
        if windows is not None:
            shift += windows.shift
            scale *= windows.scale
        shift *= side[:, None]

        # About the network's middle: rotation · shear · scale; the mirror flips its x axis.
        warp = np.zeros((n, 3, 3))
        warp[:, 0, 0] = cos * scale * stretch * mirror
        warp[:, 0, 1] = (cos * shear - sin) * scale / stretch
        warp[:, 1, 0] = sin * scale * stretch * mirror
        warp[:, 1, 1] = (sin * shear + cos) * scale / stretch
        warp[:, :2, :2] *= (side / size)[:, None, None]
        warp[:, :2, 2] = self._centres[indices] + shift
        if a.perspective:
            # A third row that is not (0, 0, 1) divides by a depth that grows across the image.
            slope = rng.uniform(-a.perspective, a.perspective, (n, 2)) * 2 / size
            warp[:, 2, :2] = slope
            warp[:, :2, :2] += warp[:, :2, 2:] * slope[:, None, :]
        warp[:, 2, 2] = 1
        to_middle = np.eye(3)
        to_middle[:2, 2] = -(size - 1) / 2
        return warp @ to_middle

    def _light(self, values: NDArray[np.float32], rng: np.random.Generator) -> None:
        """Tone curve, slope of light, shadow and exposure on gray levels (n, size²), in place."""
        a, n = self._augmentation, len(values)
        if a.curve:
            bend = rng.uniform(-a.curve, a.curve, (n, 1)).astype(np.float32) * np.float32(2 / 255)
            values += bend * values * (255 - values)
        if a.light:
            slope = rng.standard_normal((n, 2), np.float32) * np.float32(a.light)
            values += slope @ self._slopes
        shaded = np.flatnonzero(rng.random(n) < a.shadow)
        if len(shaded):
            values[shaded] *= self._shadows(len(shaded), rng)
        exposed = np.flatnonzero(rng.random(n) < a.exposure)
        if len(exposed):
            gain = rng.uniform(0.65, 1.5, (len(exposed), 1)).astype(np.float32)
            offset = rng.uniform(-40, 40, (len(exposed), 1)).astype(np.float32)
            values[exposed] = np.clip(values[exposed] * gain + offset, 0, 255)

    def _shadows(self, n: int, rng: np.random.Generator) -> NDArray[np.float32]:
        """(n, size²) factors: 1 on one side of a random line, down to 0.4 on the other."""
        angle = rng.uniform(0, 2 * np.pi, n)
        direction = np.stack([np.cos(angle), np.sin(angle)], axis=1).astype(np.float32)
        offset = rng.uniform(-0.3, 0.3, (n, 1)).astype(np.float32)
        softness = rng.uniform(1, 12, (n, 1)).astype(np.float32)
        depth = rng.uniform(0, 0.6, (n, 1)).astype(np.float32)
        across = (direction @ self._slopes + offset) * softness
        return np.asarray(1 - depth / (1 + np.exp(-across)), np.float32)


_SHRINKS = 1.25
"""Stored pixels per network pixel from which single samples would alias."""


def _warped(image: Image, matrix: NDArray[np.float64], size: int, fine: bool) -> NDArray[np.uint8]:
    """The image through a warp from (size, size); `fine` samples four times a pixel."""
    side = size
    if fine:
        side = 2 * size
        matrix = matrix @ np.array([[0.5, 0, -0.25], [0, 0.5, -0.25], [0, 0, 1]])
    warped = cv2.warpPerspective(
        image,
        matrix,
        (side, side),
        flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
        borderMode=cv2.BORDER_REPLICATE,
    )
    return resample(np.asarray(warped, np.uint8), size)


def erase(image: NDArray[np.uint8], rng: np.random.Generator) -> None:
    """Covers a rectangle of (h, w) with one gray level, in place."""
    size = len(image)
    height, width = rng.integers(size // 8, size // 2 + 1, 2)
    top, left = rng.integers(0, size - height + 1), rng.integers(0, size - width + 1)
    image[top : top + height, left : left + width] = rng.integers(0, 256)


def coarsen(image: NDArray[np.float32], rng: np.random.Generator) -> None:
    """Resizes (h, w) to between a half and nine tenths of its size and back, in place."""
    size = len(image)
    small = int(rng.integers(round(size * 0.5), round(size * 0.9)))
    less = cv2.resize(image, (small, small), interpolation=cv2.INTER_AREA)
    back = cv2.INTER_LINEAR if rng.random() < 0.5 else cv2.INTER_CUBIC
    cv2.resize(less, (size, size), dst=image, interpolation=back)


def blur(image: NDArray[np.float32], rng: np.random.Generator) -> None:
    """Blurs (h, w) by defocus, or by motion along a line of 2 to 5 pixels, in place."""
    if rng.random() < 0.5:
        cv2.GaussianBlur(image, (0, 0), rng.uniform(0.4, 1.3), dst=image)
        return
    length, angle = rng.uniform(2, 6), rng.uniform(0, np.pi)
    kernel = np.zeros((7, 7), np.float32)
    for t in np.linspace(-length / 2, length / 2, 13):
        kernel[round(3 + t * np.sin(angle)), round(3 + t * np.cos(angle))] += 1 / 13
    cv2.filter2D(image, -1, kernel, dst=image)
