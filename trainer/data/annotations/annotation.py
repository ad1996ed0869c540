"""One label of one image, as any kind of annotation gives it."""

from __future__ import annotations

import math
from dataclasses import dataclass

from trainer.data.left_out import LeftOut
from trainer.images.box import Box

NOT_THERE = "listed, but not there"
NO_BOX = "with a box that is none"
NO_NAME = "of a class without a name"


@dataclass(frozen=True)
class Annotation:
    """A label, and where in an image the hand is.

    Attributes:
        image: The image's name in its tree.
        label: As it stands in the annotation.
        box: The hand box; None where nobody gave one.
        source: Whose hand; "" where nobody said.
        size: Width and height of the image that the box was drawn in; None: the image's own. With
            (1, 1), the box is in shares of the image.
    """

    image: str
    label: str
    box: Box | None = None
    source: str = ""
    size: tuple[float, float] | None = None


@dataclass
class Annotations:
    """What the files of one kind say.

    Attributes:
        found: The labels, in the order of the files.
        files: Names of the annotation files.
        covered: Names of images that they speak of, even if only to say that no hand is there.
        left_out: What could not be used of them.
        how: What they are, as a phrase for the user: "labels from index.csv".
    """

    found: list[Annotation]
    files: set[str]
    covered: set[str]
    left_out: LeftOut
    how: str


def sound_box(x: float, y: float, w: float, h: float) -> Box | None:
    """A box of these numbers, unless they are none: not finite, without a size, absurdly far."""
    numbers = (x, y, w, h)
    if not all(math.isfinite(n) and abs(n) < 1e6 for n in numbers) or w <= 0 or h <= 0:
        return None
    return Box(*map(float, numbers))


SHARES = (1.0, 1.0)


def in_shares(box: Box) -> bool:
    """Whether a box must be in shares of its image: in pixels, it would be one pixel large."""
    return max(box.x + box.w, box.y + box.h) <= 1.0 and min(box.x, box.y) >= 0.0
