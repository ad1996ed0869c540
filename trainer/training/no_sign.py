"""No-sign training images: hands partly outside the box, or too near or far, and backgrounds.

A network trained on letters only reads a letter in every image. The no-sign class is trained on
windows of letter images that show no whole hand, and on real no-sign images (`trainer import
--no-sign`).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from trainer.data.collection import Collection
from trainer.letters import NO_SIGN
from trainer.training.augment import Augmenter, Windows

REAL = 0.5
"""Share of real no-sign images, where there are any."""

AWAY = (0.6, 1.2)
"""Distance of the box's middle from the hand's along one axis, in sides of the box."""

NEAR = (0.25, 0.5)
"""Side of a box that shows a part of the hand, in sides of the true box."""

FAR = (2.0, 3.5)
"""Side of a box in which the hand is too small, likewise."""

_NEAR_SHARE, _FAR_SHARE = 0.3, 0.2
"""Shares of the made images; the others show hands partly outside the box."""


class NoSign:
    """Draws no-sign images.

    Args:
        collection: Letters, and perhaps images that are labelled `NO_SIGN`.
        augmenter: Of the same collection.
        chances: (n,) probability of drawing each image; those of no-sign images are not used.
    """

    def __init__(
        self, collection: Collection, augmenter: Augmenter, chances: NDArray[np.float64]
    ) -> None:
        self._augmenter = augmenter
        self._real = np.flatnonzero(collection.labels == NO_SIGN)
        self._whole = _Pool(np.flatnonzero(collection.labels != NO_SIGN), chances)
        masked = [i for i in self._whole.indices.tolist() if collection.mask(i) is not None]
        self._masked = _Pool(np.array(masked, np.int64), chances)

    def batch(self, n: int, rng: np.random.Generator) -> NDArray[np.float32]:
        """Network inputs float32 (n, size²)."""
        real = int(rng.binomial(n, REAL)) if len(self._real) else 0
        made = n - real
        near = round(made * _NEAR_SHARE)
        far = round(made * _FAR_SHARE)
        # Windows that reach beyond the stored image need a background of their own.
        beyond = self._masked if len(self._masked.indices) else self._whole
        chosen = np.concatenate(
            [
                rng.choice(self._real, real) if real else np.zeros(0, np.int64),
                self._whole.draw(near, rng),
                beyond.draw(made - near, rng),
            ]
        )
        shift, scale = np.zeros((n, 2)), np.ones(n)
        part, lost, away = np.split(np.arange(real, n), [near, near + far])
        scale[part] = rng.uniform(*NEAR, near)
        shift[part] = rng.uniform(-0.35, 0.35, (near, 2))
        scale[lost] = rng.uniform(*FAR, far)
        shift[lost] = rng.uniform(-0.8, 0.8, (far, 2))
        scale[away] = rng.uniform(0.8, 1.3, len(away))
        shift[away] = rng.uniform(-0.5, 0.5, (len(away), 2))
        side = rng.choice((-1.0, 1.0), len(away))
        shift[away, rng.integers(0, 2, len(away))] = rng.uniform(*AWAY, len(away)) * side
        windows = Windows(shift, scale, np.arange(n) >= real + near)
        return self._augmenter.batch(chosen, rng, windows).inputs


class _Pool:
    """Images with their probabilities of being drawn."""

    def __init__(self, indices: NDArray[np.int64], chances: NDArray[np.float64]) -> None:
        self.indices = indices
        total = chances[indices].sum()
        self._chances = chances[indices] / (total or 1.0)

    def draw(self, n: int, rng: np.random.Generator) -> NDArray[np.int64]:
        return rng.choice(self.indices, n, p=self._chances)
