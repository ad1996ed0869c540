"""Several data sets as one, and how often each image is shown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from trainer.data.dataset import Dataset
from trainer.joints import JOINTS


class Collection:
    """Data sets of different image sizes, indexed as if they were one.

    Args:
        datasets: At least one, with at least one image among them.
    """

    def __init__(self, datasets: Sequence[Dataset]) -> None:
        self.datasets = list(datasets)
        self.labels = np.concatenate([d.labels for d in self.datasets])
        self.sources = np.concatenate([d.sources for d in self.datasets])
        self.joints = np.concatenate([_joints(d) for d in self.datasets])
        """(n, 21, 2) float32 in pixels of each image, NaN where they are not known."""
        self.digests = all_digests(self.datasets)
        lengths = [len(d) for d in self.datasets]
        self._dataset = np.repeat(np.arange(len(lengths)), lengths)
        self._within = np.concatenate([np.arange(n) for n in lengths])
        if not len(self):
            raise ValueError("there are no images")

    def __len__(self) -> int:
        return len(self.labels)

    def image(self, index: int) -> NDArray[np.uint8]:
        """The stored image, (h, w)."""
        return np.asarray(self.datasets[self._dataset[index]].images[self._within[index]])

    def mask(self, index: int) -> NDArray[np.uint8] | None:
        """The hand's mask (h, w), or None where it is not known."""
        masks = self.datasets[self._dataset[index]].masks
        if masks is None:
            return None
        mask = masks[self._within[index]]
        return mask if mask.any() else None

    def squares(self, margin: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Centres (n, 2) as x, y and sides (n,) of the hand's squares, in pixels of each image.

        The square of a finished crop is the whole of it. Pixel centres lie at whole numbers.
        """
        centres, sides = [], []
        for dataset in self.datasets:
            height, width = dataset.images.shape[1:]
            centre = np.tile([(width - 1) / 2, (height - 1) / 2], (len(dataset), 1))
            side = np.full(len(dataset), float(width))
            if dataset.boxes is not None:
                boxed = dataset.boxed
                x, y, w, h = dataset.boxes[boxed].T.astype(np.float64)
                centre[boxed] = np.stack([x + w / 2 - 0.5, y + h / 2 - 0.5], axis=1)
                side[boxed] = np.maximum(w, h) * margin
            centres.append(centre)
            sides.append(side)
        return np.concatenate(centres), np.concatenate(sides)

    def weights(
        self, balance: float, source_weights: Iterable[tuple[str, float]] = ()
    ) -> NDArray[np.float64]:
        """Probability (n,) of drawing each image.

        A source of m images gets a share in proportion to m^(1 − balance): 0 treats all images
        alike, 1 all sources alike, whatever their size.

        Args:
            balance: From 0 to 1.
            source_weights: Sources, and by how much more often they are drawn than by their size.
        """
        _, place, counts = np.unique(self.sources, return_inverse=True, return_counts=True)
        weights = counts[place].astype(np.float64) ** -balance
        for source, factor in source_weights:
            weights[self.sources == source] *= factor
        return np.asarray(weights / weights.sum(), np.float64)


def all_digests(datasets: Iterable[Dataset]) -> dict[str, str]:
    """SHA-256 of the files of data sets, by name; of several of one name, "name (2)" and so on."""
    result: dict[str, str] = {}
    for dataset in datasets:
        for name, digest in dataset.digests.items():
            number, numbered = 1, name
            while result.get(numbered, digest) != digest:
                number += 1
                numbered = f"{name} ({number})"
            result[numbered] = digest
    return result


def _joints(dataset: Dataset) -> NDArray[np.float32]:
    if dataset.joints is not None:
        return dataset.joints
    return np.full((len(dataset), JOINTS, 2), np.nan, np.float32)
