"""The rows of a data set as a source."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np

from trainer.capture.images import SECONDS_PER_IMAGE
from trainer.capture.source import Frame, Source
from trainer.data.load import load
from trainer.images.preprocessing import crop_square, to_gray
from trainer.letters import LETTERS

_SHOWN = 280
"""Side of a row's image in the frame, in pixels."""

ROW_SHARE = 0.6
"""Of the frame's height that it takes: as much as the hand box takes at first in the app."""


class RowSource(Source):
    """The images of a CSV or crop file in their order, one a second, named by row and letter.

    Raises:
        UserError: The file cannot be read.
    """

    live = False

    def __init__(self, path: Path) -> None:
        self.name = str(path)
        self._title = path.name
        self._data = load(path)
        self._next = 0

    def read(self) -> Frame | None:
        """The next row, with its edge repeated around it."""
        row = self._next
        if row == len(self._data):
            return None
        self._next += 1
        image, box = self._data.images[row], self._data.box(row)
        # Crops are wider than the hand; a row of a table is the hand alone.
        small = to_gray(np.ascontiguousarray(crop_square(image, box) if box else image))
        large = cv2.resize(small, (_SHOWN, _SHOWN), interpolation=cv2.INTER_NEAREST)
        rim = round(_SHOWN * (1 / ROW_SHARE - 1) / 2)
        framed = cv2.copyMakeBorder(large, rim, rim, rim, rim, cv2.BORDER_REPLICATE)
        image = np.asarray(cv2.cvtColor(framed, cv2.COLOR_GRAY2BGR), np.uint8)
        label = int(self._data.labels[row])
        letter = LETTERS[label] if label < len(LETTERS) else "–"
        seconds = row * SECONDS_PER_IMAGE
        return Frame(image, f"{self._title}, {row + 1}: {letter}", seconds, SECONDS_PER_IMAGE)

    def rewind(self) -> bool:
        """Back to the first row."""
        self._next = 0
        return True

    def close(self) -> None:
        """Nothing is held open."""
