"""Images without a sign: parts of photographs that show no hand, or not the signing one."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np

from trainer.data.annotations.annotation import sound_box
from trainer.data.annotations.tables import MAX_BYTES, csv_rows
from trainer.data.file_tree import FileTree, open_tree
from trainer.data.folders import Photograph
from trainer.data.left_out import LeftOut
from trainer.images.box import Box
from trainer.images.files import IMAGE_ENDINGS
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


def windows_without_sign(
    folder: Path, per_image: int, seed: int, left_out: LeftOut | None = None
) -> list[Photograph]:
    """Random square windows of the images in a folder, with its subfolders, or in an archive.

    With a `boxes.csv` (file, source, x, y, w, h; `file` relative to the folder or to the one
    above), the images show a sign in the box, and windows keep away from it. Without one, no
    image shows a sign anywhere. The source is that of the table, or the image's folder.

    Args:
        folder: Of the images.
        per_image: Windows of each.
        seed: Of their places.
        left_out: Counts images that cannot be read.

    Raises:
        UserError: There are no images that can be read, or a row of the table is wrong.
    """
    rng = np.random.default_rng([seed])
    found: list[Photograph] = []
    left_out = LeftOut() if left_out is None else left_out
    tree = open_tree(folder)
    for name, source, hand in images_with_hands(tree):
        try:
            height, width = tree.image(name).shape[:2]
        except UserError as error:
            left_out.add("that could not be read", str(error))
            continue
        for _ in range(per_image):
            window = _window(width, height, hand, rng)
            if window is not None:
                found.append(
                    Photograph(tree.where(name), NO_SIGN, source, window, tree=tree, name=name)
                )
    if not found:
        endings = ", ".join(IMAGE_ENDINGS)
        raise UserError(f"{folder}: no images ({endings}) in there. {left_out.sentence()}".strip())
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


def images_with_hands(tree: FileTree) -> Iterator[tuple[str, str, Box | None]]:
    """Name, source and hand box of the images of a tree, as `windows_without_sign` takes it.

    Raises:
        UserError: A row of the table is wrong.
    """
    if BOXES not in tree.names:
        for name in tree.names:
            if name.lower().endswith(IMAGE_ENDINGS):
                yield name, tree.where(name).parent.name, None
        return
    table = tree.where(BOXES)
    rows = csv_rows(tree.read(BOXES, MAX_BYTES))
    try:
        header = [name.strip().lower() for name in next(rows, [])]
        for number, row in enumerate(rows, start=1):
            record = dict(zip(header, row, strict=False))
            listed = tree.find(record.get("file", ""))
            box = _box(record)
            if listed is None or box is None:
                raise UserError(
                    f"{table}, row {number}: file must name an image, and x, y, w, h its hand box."
                )
            yield listed, record.get("source") or tree.where(listed).parent.name, box
    except csv.Error as error:
        raise UserError(f"{table}: not a CSV file that can be read ({error}).") from error


def _box(record: Mapping[str, str]) -> Box | None:
    try:
        return sound_box(*(float(record[side]) for side in "xywh"))
    except (KeyError, ValueError):
        return None
