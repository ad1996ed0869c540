"""Images without a sign: parts of photographs that show no hand, or not the signing one."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from trainer.data.folders import Photograph
from trainer.images.box import Box
from trainer.images.files import IMAGE_ENDINGS, read_image
from trainer.letters import NO_SIGN
from trainer.support.errors import UserError

BOXES = "boxes.csv"
SIDES = (0.25, 0.9)
"""Side of a window over the shorter side of its image; with a known hand, see `HAND_SIDES`."""

HAND_SIDES = (0.6, 1.6)
"""Side of a window over the longer side of the hand box."""

OVERLAP = 0.2
"""Largest share of the hand box that a window may show."""

_TRIES = 30


def windows_without_sign(folder: Path, per_image: int, seed: int) -> list[Photograph]:
    """Random square windows of the images in a folder and its subfolders.

    With a `boxes.csv` (file, source, x, y, w, h; `file` relative to the folder or to the one
    above), the images show a sign in the box, and windows keep away from it. Without one, no
    image shows a sign anywhere. The source is that of the table, or the image's folder.

    Raises:
        UserError: There are no images, or one cannot be read.
    """
    rng = np.random.default_rng([seed])
    found: list[Photograph] = []
    for path, source, hand in images_with_hands(folder):
        height, width = read_image(path).shape[:2]
        for _ in range(per_image):
            window = _window(width, height, hand, rng)
            if window is not None:
                found.append(Photograph(path, NO_SIGN, source, window))
    if not found:
        raise UserError(f"{folder}: no images ({', '.join(IMAGE_ENDINGS)}) in there.")
    return found


def _window(width: int, height: int, hand: Box | None, rng: np.random.Generator) -> Box | None:
    """A window whose middle lies in the image; None where the hand leaves no room."""
    for _ in range(_TRIES):
        if hand is None:
            side = min(width, height) * rng.uniform(*SIDES)
        else:
            side = max(hand.w, hand.h) * rng.uniform(*HAND_SIDES)
        middle = rng.uniform((0.0, 0.0), (width, height))
        window = Box(float(middle[0] - side / 2), float(middle[1] - side / 2), side, side)
        if hand is None or hand.share_inside(window) <= OVERLAP:
            return window
    return None


def images_with_hands(folder: Path) -> Iterator[tuple[Path, str, Box | None]]:
    """Path, source and hand box of the images of a folder, as `windows_without_sign` takes it.

    Raises:
        UserError: A row of the table is wrong.
    """
    table = folder / BOXES
    if not table.is_file():
        for path in sorted(folder.rglob("*")):
            if path.suffix.lower() in IMAGE_ENDINGS:
                yield path, path.parent.name, None
        return
    with table.open(encoding="utf-8-sig", newline="") as file:
        for row, record in enumerate(csv.DictReader(file), start=1):
            try:
                box = Box(*(float(record[side]) for side in "xywh"))
                paths = [base / record["file"] for base in (folder, folder.parent)]
                path = next(path for path in paths if path.is_file())
            except (KeyError, TypeError, ValueError, StopIteration):
                raise UserError(
                    f"{table}, row {row}: file must name an image, and x, y, w, h its hand box."
                ) from None
            yield path, record.get("source") or path.parent.name, box
