"""Labelled photographs, read one by one: bad ones are counted, hands in whole frames are found.

The finder is handed in: it is trained on data sets, so this package cannot know it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from trainer.data.folders import Listing, Photograph
from trainer.data.left_out import LeftOut
from trainer.images.box import Box
from trainer.images.preprocessing import Image
from trainer.support.errors import UserError, printable

SQUARE = 1.02
"""Longer over shorter side up to which an image counts as a finished square crop."""

SURE = 0.5
"""Probability from which there is a hand."""

_SAME_SHAPE = 1.02
"""Deviation of two aspect ratios that rounding explains."""

_LEAST_INSIDE = 0.1
"""Share of the hand box that must lie in its image."""

_LARGEST = 4.0
"""Sides of a box over the longer side of its image."""

_MOST_SIDE = 4096
"""Pixels of a box's side: a larger image is reduced first, so that crops around it stay small."""


@dataclass(frozen=True)
class HandFinding:
    """How the hand is found in images that come without a box.

    Attributes:
        find: Gives the box in the pixels of an unmirrored frame, and the probability of a hand.
        always: Whether square images are searched, too; else they are taken for finished crops.
    """

    find: Callable[[Image], tuple[Box, float]]
    always: bool = False


class HandImage(NamedTuple):
    """A photograph as it was read."""

    photograph: Photograph
    image: Image
    """(h, w, 3) BGR."""
    box: Box | None
    """In the image's pixels; None: the image is the finished crop, or its middle square is."""
    joints: NDArray[np.float32] | None
    """(21, 2) in the image's pixels; None: not known."""


class PhotographReader:
    """Reads photographs, and counts what it cannot read and what it has to assume.

    Args:
        hands: How hands are found; None: not at all.

    Attributes:
        used: Images that were read.
        left_out: What could not be used.
        found: Images in which the finder gave the box.
        unsure: Of these, those in which it probably saw no hand.
        middle: Images that are no square crops, and of which the middle square is taken.
    """

    def __init__(self, hands: HandFinding | None = None) -> None:
        self._hands = hands
        self.left_out = LeftOut()
        self.used = self.found = self.unsure = self.middle = 0

    def read(self, photographs: Iterable[Photograph]) -> Iterator[HandImage]:
        """The photographs that can be used, in their order."""
        for photograph in photographs:
            try:
                image = photograph.image()
            except UserError as error:
                self.left_out.add("that could not be read", str(error))
                continue
            height, width = image.shape[:2]
            box = self._box(photograph, width, height)
            if photograph.box is not None and box is None:
                self.left_out.add(
                    "with a box outside the image or for another", str(photograph.path)
                )
                continue
            if box is None:
                box = self._search(image)
            self.used += 1
            shown, box = _bounded(image, box)
            joints = photograph.joints
            if joints is not None:
                joints = joints * np.float32(shown.shape[1] / width)
            yield HandImage(photograph, shown, box, joints)

    def notes(self, path: Path, listing: Listing) -> tuple[str, ...]:
        """Sentences for the user on what was found in a folder, and what became of it."""
        left_out = self._all_left_out(listing)
        notes = [f"{path}: {self.used:,} images, {listing.how}.", left_out.sentence()]
        if self.found:
            unsure = f"; in {self.unsure:,} it is not sure of one" if self.unsure else ""
            notes.append(f"The hand finder gave the box in {self.found:,} images{unsure}.")
        if self.middle:
            notes.append(
                f"{self.middle:,} images without a hand box are no square crops, so only their "
                "middle square is used. If they show more than the hand, use --find-hands auto."
            )
        return tuple(printable(note) for note in notes if note)

    def to_json(self, listing: Listing) -> dict[str, Any]:
        """The counts as JSON values."""
        left_out = self._all_left_out(listing)
        return {
            "n": self.used,
            "left_out": left_out.total,
            "left_out_by_reason": left_out.counts,
            "boxes_found": self.found,
            "boxes_unsure": self.unsure,
            "middle_taken": self.middle,
        }

    def _all_left_out(self, listing: Listing) -> LeftOut:
        both = LeftOut()
        both.update(self.left_out)
        both.update(listing.left_out)
        return both

    @staticmethod
    def _box(photograph: Photograph, width: int, height: int) -> Box | None:
        """The box in pixels of the image; None where there is none that fits it."""
        box, size = photograph.box, photograph.size
        if box is None:
            return None
        if size is not None and size != (width, height):
            across, down = width / size[0], height / size[1]
            alike = 1 / _SAME_SHAPE <= across / down <= _SAME_SHAPE
            if size != (1.0, 1.0) and not alike:
                return None
            box = box.scaled(across, down)
        inside = box.share_inside(Box(0, 0, width, height)) >= _LEAST_INSIDE
        sensible = max(box.w, box.h) <= _LARGEST * max(width, height)
        return box if inside and sensible and min(box.w, box.h) > 0 else None

    def _search(self, image: Image) -> Box | None:
        """The box of an image that came without one."""
        whole = is_whole_frame(image)
        if self._hands is None or not (whole or self._hands.always):
            self.middle += whole
            return None
        box, probability = self._hands.find(image)
        self.found += 1
        self.unsure += probability < SURE
        return box


def is_whole_frame(image: Image) -> bool:
    """Whether an image is no square, so that it is rather a whole frame than a finished crop."""
    height, width = image.shape[:2]
    return bool(max(width, height) > SQUARE * min(width, height))


def _bounded(image: Image, box: Box | None) -> tuple[Image, Box | None]:
    """Image and box as they are, or reduced where the box is so large that crops would be."""
    side = max(box.w, box.h) if box else 0.0
    if box is None or side <= _MOST_SIDE:
        return image, box
    scale = _MOST_SIDE / side
    size = (max(1, round(image.shape[1] * scale)), max(1, round(image.shape[0] * scale)))
    small = np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA), np.uint8)
    return small, box.scaled(size[0] / image.shape[1], size[1] / image.shape[0])
