"""Labelled images in memory."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from trainer.images.box import Box
from trainer.images.preprocessing import Image, Preprocessing
from trainer.joints import JOINTS
from trainer.letters import CLASSES


@dataclass(frozen=True)
class Dataset:
    """Gray images of one size with their letters.

    Attributes:
        images: (n, h, w) uint8.
        labels: (n,) int64 class indices 0–23; in crop files also `NO_SIGN`.
        boxes: (n, 4) float32 hand boxes x, y, w, h within the images, NaN where an image is the
            finished crop, as a CSV row is; None: all are.
        masks: (n, h, w) uint8, 255 on the hand, all 0 where nobody knows; or None.
        sources: (n,) names: the signer, folder or file that each image is from.
        digests: SHA-256 of the files that were read, by name.
        notes: Sentences for the user on how the files were read.
        joints: (n, 21, 2) float32 in pixels of the images, NaN where they are not known; or None.
    """

    images: Image
    labels: NDArray[np.int64]
    sources: NDArray[np.str_]
    boxes: NDArray[np.float32] | None = None
    digests: dict[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    masks: Image | None = None
    joints: NDArray[np.float32] | None = None

    def __post_init__(self) -> None:
        n = len(self.images)
        if not (len(self.labels) == len(self.sources) == n):
            raise ValueError("images, labels and sources differ in number")
        if self.boxes is not None and self.boxes.shape != (n, 4):
            raise ValueError(f"boxes must be ({n}, 4), not {self.boxes.shape}")
        if self.masks is not None and self.masks.shape != self.images.shape:
            raise ValueError("masks and images differ in shape")
        if self.joints is not None and self.joints.shape != (n, JOINTS, 2):
            raise ValueError(f"joints must be ({n}, {JOINTS}, 2), not {self.joints.shape}")

    def __len__(self) -> int:
        return len(self.images)

    @property
    def boxed(self) -> NDArray[np.bool_]:
        """(n,) which images have a hand box; the others are finished crops."""
        if self.boxes is None:
            return np.zeros(len(self), np.bool_)
        return np.asarray(~np.isnan(self.boxes).any(axis=1))

    @property
    def all_boxes(self) -> NDArray[np.float32]:
        """`boxes`, also where it is None."""
        return np.full((len(self), 4), np.nan, np.float32) if self.boxes is None else self.boxes

    def box(self, index: int) -> Box | None:
        """The hand box of one image; None: it is the finished crop."""
        if self.boxes is None or np.isnan(self.boxes[index]).any():
            return None
        return Box(*map(float, self.boxes[index]))

    def subset(self, where: NDArray[Any]) -> Dataset:
        """The images at these indices, or where this mask is true."""
        return Dataset(
            self.images[where],
            self.labels[where],
            self.sources[where],
            None if self.boxes is None else self.boxes[where],
            self.digests,
            self.notes,
            None if self.masks is None else self.masks[where],
            None if self.joints is None else self.joints[where],
        )

    def inputs(self, preprocessing: Preprocessing) -> NDArray[np.float32]:
        """Everything as network inputs, float32 (n, size²), without augmentation."""
        size = preprocessing.size
        shown = np.empty((len(self), size, size), np.uint8)
        for index, image in enumerate(self.images):
            shown[index] = preprocessing.image(image, self.box(index))
        return preprocessing.normalised(shown)

    def counts(self) -> NDArray[np.int64]:
        """Images per letter, (24,)."""
        return np.bincount(self.labels, minlength=CLASSES)[:CLASSES].astype(np.int64)
