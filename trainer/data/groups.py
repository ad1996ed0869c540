"""Which rows are images of the same moment, so that a validation set holds none of them twice.

The rows of Sign Language MNIST are about 21 variants each of 1,680 photographs by seven users
(`data/sign_mnist_photos.npz`; found by matching every row with the photographs). A random split
puts variants of one photograph on both sides, and everything then seems to be read correctly.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from trainer.data.dataset import Dataset
from trainer.data.download import FILES
from trainer.support.paths import packaged_data

_OFFICIAL = dict(zip(FILES.values(), ("train", "test"), strict=True))
"""By SHA-256, the array that says which photographs the rows of a file are of."""

_ALIKE = 0.9
"""Correlation from which two images of one letter count as variants of one photograph."""


@dataclass(frozen=True)
class Groups:
    """The group of every row of a data set.

    Attributes:
        photograph: (n,) int64: equal for variants of one photograph.
        user: (n,) int64: the data set's user folder, or None where nobody knows.
        how: A phrase that says where the groups come from.
    """

    photograph: NDArray[np.int64]
    user: NDArray[np.int64] | None
    how: str


def group(dataset: Dataset) -> Groups:
    """Known photographs for the two official files, near-duplicates for every other data set."""
    official = [_OFFICIAL[d] for d in dataset.digests.values() if d in _OFFICIAL]
    if official and len(official) == len(dataset.digests):
        # The files share one numbering of photographs and users.
        known = [_known(file) for file in official]
        photograph, user = (np.concatenate(parts) for parts in zip(*known, strict=True))
        if len(photograph) == len(dataset):
            how = "this file" if len(official) == 1 else "these files"
            return Groups(photograph, user, f"by photograph, as found for {how}")
    return Groups(_near_duplicates(dataset), None, f"by likeness (correlation above {_ALIKE})")


@cache
def _known(file: str) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    with np.load(packaged_data("sign_mnist_photos.npz"), allow_pickle=False) as packed:
        photograph = packed[file].astype(np.int64)
        names = packed["photographs"]
    users = np.array([int(name.split(b"_")[0].removeprefix(b"user")) for name in names], np.int64)
    return photograph, users[photograph]


def _near_duplicates(dataset: Dataset) -> NDArray[np.int64]:
    """Groups of images that are linked by correlations above `_ALIKE` within one letter."""
    images = dataset.images.reshape(len(dataset), -1)
    parent = np.arange(len(dataset))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = int(parent[i])
        return i

    for letter in np.unique(dataset.labels):
        members = np.flatnonzero(dataset.labels == letter)
        rows = images[members].astype(np.float32)
        rows -= rows.mean(axis=1, keepdims=True)
        rows /= np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-6)
        # A thousand rows at a time: the whole table of a large class would not fit in memory.
        for start in range(0, len(rows), 1000):
            alike = rows[start : start + 1000] @ rows[start:].T > _ALIKE
            for a, b in np.argwhere(alike):
                one, other = root(int(members[start + a])), root(int(members[start + b]))
                parent[max(one, other)] = min(one, other)
    return np.array([root(i) for i in range(len(dataset))], np.int64)


def hold_out(
    groups: NDArray[np.int64], labels: NDArray[np.int64], share: float, seed: int
) -> NDArray[np.bool_]:
    """(n,) mask of the rows to hold out: about `share` of every letter's groups, whole.

    A letter that has a single group keeps it for training.
    """
    rng = np.random.default_rng(seed)
    held = np.zeros(len(groups), bool)
    for letter in np.unique(labels):
        own = np.unique(groups[labels == letter])
        count = min(round(len(own) * share), len(own) - 1)
        held |= (labels == letter) & np.isin(groups, rng.permutation(own)[:count])
    return held
