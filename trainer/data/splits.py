"""Which rows to hold out for validation: the protocols, from the strictest to the leaking one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from trainer.data.dataset import Dataset
from trainer.data.groups import group, hold_out
from trainer.data.plain_csv import SIDE
from trainer.images.preprocessing import resample
from trainer.support.errors import UserError

SHARE = 0.2
"""Held out by photograph and at random: the share that the official test file has."""


class Protocol(StrEnum):
    """How the held-out rows differ from the ones that are learned from."""

    PHOTOGRAPH = "photograph"
    """Other photographs of the same people: what the official test file measures."""

    USER = "user"
    """Other people: what a new user meets."""

    RANDOM = "random"
    """Other variants of the same photographs. Leaks: it is here to show by how much."""


@dataclass(frozen=True)
class Split:
    """Rows to hold out.

    Attributes:
        held: (n,) mask.
        note: A sentence for the user.
    """

    held: NDArray[np.bool_]
    note: str


def split(dataset: Dataset, protocol: Protocol, seed: int = 0) -> Split:
    """Chooses the rows to hold out.

    Args:
        dataset: To be divided.
        protocol: How.
        seed: Of the choice, by photograph and at random.

    Raises:
        UserError: The data set's users are not known, or there is too little to hold any out.
    """
    if protocol is Protocol.RANDOM:
        held = np.zeros(len(dataset), bool)
        held[np.random.default_rng(seed).permutation(len(dataset))[: int(len(held) * SHARE)]] = True
        note = "leaks: variants of one photograph stand on both sides, so the score is too high"
    elif protocol is Protocol.PHOTOGRAPH:
        groups = group(dataset)
        held = hold_out(groups.photograph, dataset.labels, SHARE, seed)
        note = f"no photograph stands on both sides, {groups.how}; the people do"
    else:
        user_of_row = _user_of_each(dataset)
        user = user_of_row.min()
        held = user_of_row == user
        note = f"nobody stands on both sides: user {user} is held out"
    count = int(held.sum())
    if count == 0:
        raise UserError(
            f"nothing can be held out by {protocol}: there are too few images, or too many alike."
        )
    return Split(held, f"Validation on {count:,} of {len(held):,} rows, by {protocol}: {note}.")


def users(dataset: Dataset) -> NDArray[np.int64]:
    """The data set's users, in order.

    Raises:
        UserError: They are not known.
    """
    return np.unique(_user_of_each(dataset))


def _user_of_each(dataset: Dataset) -> NDArray[np.int64]:
    user = group(dataset).user
    if user is None:
        raise UserError(
            "whose hands these are is known for the two official Sign Language MNIST files only. "
            "Validate by photograph instead."
        )
    return user


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
        UserError: The data sets hold images of different kinds.
    """
    if len({dataset.images.shape[1:] for dataset in datasets}) > 1:
        raise UserError("CSV files and crop files cannot be searched together. Name one kind.")
    if len(datasets) == 1:
        return datasets[0]
    whole = _as_one(datasets)
    return replace(
        whole,
        images=np.concatenate([dataset.images for dataset in datasets]),
        boxes=np.concatenate([dataset.all_boxes for dataset in datasets]),
        notes=tuple(note for dataset in datasets for note in dataset.notes),
    )


def _as_one(datasets: Sequence[Dataset]) -> Dataset:
    """All rows in one size, good enough to tell which ones look alike."""
    images = [_small(dataset) for dataset in datasets]
    return Dataset(
        np.concatenate(images),
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
    if dataset.images.shape[1:] == (SIDE, SIDE):
        return dataset.images
    return np.stack([resample(image, SIDE) for image in dataset.images])
