"""Several data sets divided as one, so that no photograph stands on both sides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from trainer.data.dataset import Dataset
from trainer.data.plain_csv import SIDE
from trainer.data.splits import Protocol, split
from trainer.errors import UserError
from trainer.preprocess import resample


def divide(
    datasets: Sequence[Dataset], protocol: Protocol, seed: int = 0
) -> tuple[list[NDArray[np.bool_]], str]:
    """Chooses the rows to hold out of each data set.

    Args:
        datasets: At least one.
        protocol: How.
        seed: Of the choice.

    Returns:
        For every data set a mask (n,) of the rows to hold out, and a sentence for the user.

    Raises:
        UserError: As `trainer.data.splits.split`.
    """
    division = split(datasets[0] if len(datasets) == 1 else _as_one(datasets), protocol, seed)
    ends = np.cumsum([len(dataset) for dataset in datasets])
    return np.split(division.held, ends[:-1]), division.note


def joined(datasets: Sequence[Dataset]) -> Dataset:
    """All rows of CSV files as one data set.

    Raises:
        UserError: The data sets hold pictures of different kinds.
    """
    kinds = {(d.pictures.shape[1:], d.boxes is None) for d in datasets}
    if len(kinds) > 1:
        raise UserError("CSV files and crop files cannot be searched together. Name one kind.")
    if len(datasets) == 1:
        return datasets[0]
    boxes = [d.boxes for d in datasets if d.boxes is not None]
    whole = _as_one(datasets)
    return replace(
        whole,
        pictures=np.concatenate([dataset.pictures for dataset in datasets]),
        boxes=np.concatenate(boxes) if boxes else None,
        notes=tuple(note for dataset in datasets for note in dataset.notes),
    )


def _as_one(datasets: Sequence[Dataset]) -> Dataset:
    """All rows in one size, good enough to tell which ones look alike."""
    pictures = [_small(dataset) for dataset in datasets]
    return Dataset(
        np.concatenate(pictures),
        np.concatenate([dataset.labels for dataset in datasets]),
        np.concatenate([dataset.sources for dataset in datasets]),
        # Numbered: two folders may hold files of one name.
        digests={
            f"{place} {name}": digest
            for place, dataset in enumerate(datasets)
            for name, digest in dataset.digests.items()
        },
    )


def _small(dataset: Dataset) -> NDArray[np.uint8]:
    if dataset.pictures.shape[1:] == (SIDE, SIDE):
        return dataset.pictures
    return np.stack([resample(picture, SIDE) for picture in dataset.pictures])
