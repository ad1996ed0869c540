"""What is in files of labelled images, at a glance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from trainer.data.dataset import Dataset
from trainer.data.hands import HandFinding
from trainer.data.load import chosen, load
from trainer.data.unpack import Purpose
from trainer.images.preprocessing import Image, Preprocessing
from trainer.letters import CLASSES, LETTERS, Convention

_EACH = 3
"""Samples of a letter."""

_FEW = 0.5
"""A letter with less than this share of the usual number of images is marked."""


@dataclass(frozen=True)
class Summary:
    """Shape, letters and samples of some files.

    Attributes:
        shapes: A phrase for every file, such as "a.csv: 27,455 images of 28 × 28".
        counts: (24,) images per letter.
        without_sign: Images that are marked to show no letter.
        notes: How the files were read.
        samples: (k, 28, 28) uint8: up to three images of each letter, in order.
        sampled: The letters of these, k characters.
    """

    shapes: tuple[str, ...]
    counts: NDArray[np.int64]
    without_sign: int
    notes: tuple[str, ...]
    samples: Image
    sampled: str

    @property
    def n(self) -> int:
        """Images of letters."""
        return int(self.counts.sum())

    @property
    def missing(self) -> str:
        """Letters without an image."""
        return "".join(LETTERS[i] for i in np.flatnonzero(self.counts == 0))

    @property
    def few(self) -> str:
        """Letters with less than half as many images as the median letter has."""
        present = self.counts[self.counts > 0]
        usual = float(np.median(present)) if len(present) else 0.0
        low = (self.counts > 0) & (self.counts < _FEW * usual)
        return "".join(LETTERS[i] for i in np.flatnonzero(low))


def summarise(
    paths: Sequence[Path],
    convention: Convention | None = None,
    purpose: Purpose = Purpose.TRAIN,
    hands: HandFinding | None = None,
) -> Summary:
    """Reads files and says what is in them.

    Args:
        paths: At least one of what `trainer.data.load.load` reads.
        convention: How numbers stand for letters; None: decided by rule.
        purpose: Chooses between the tables of an archive or a folder.
        hands: How the hand is found in photographs without a box; None: they are taken whole.

    Raises:
        UserError: A file cannot be read.
    """
    datasets = [load(chosen(path, purpose), convention, hands=hands) for path in paths]
    labels = np.concatenate([dataset.labels for dataset in datasets])
    counts = np.bincount(labels, minlength=CLASSES + 1)
    rng = np.random.default_rng(0)
    sampled: list[int] = []
    for letter in np.flatnonzero(counts[:CLASSES]):
        own = np.flatnonzero(labels == letter)
        sampled += rng.choice(own, min(_EACH, len(own)), replace=False).tolist()
    samples = [_image(datasets, index) for index in sampled]
    return Summary(
        tuple(_shape(path, dataset) for path, dataset in zip(paths, datasets, strict=True)),
        counts[:CLASSES].astype(np.int64),
        int(counts[CLASSES]),
        tuple(note for dataset in datasets for note in dataset.notes),
        np.stack(samples) if samples else np.empty((0, 28, 28), np.uint8),
        "".join(LETTERS[labels[index]] for index in sampled),
    )


def _shape(path: Path, dataset: Dataset) -> str:
    height, width = dataset.images.shape[1:]
    return f"{path.name}: {len(dataset):,} images of {width} × {height}"


def _image(datasets: Sequence[Dataset], index: int) -> Image:
    for dataset in datasets:
        if index < len(dataset):
            return Preprocessing().image(dataset.images[index], dataset.box(index))
        index -= len(dataset)
    raise IndexError(index)
