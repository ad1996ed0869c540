"""Which pixels of a colour crop are hand, so that training can exchange the background."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from trainer.images.box import Box
from trainer.images.preprocessing import Image

_WORK_SIDE = 80
"""GrabCut takes a time in proportion to the pixels, and a mask may be coarse."""

_PLAUSIBLE = (0.3, 0.75)
"""Share of the hand box that a hand covers; outside of it the mask is taken for a failure."""


def hand_mask(crop: NDArray[Any], box: Box) -> Image | None:
    """(h, w) uint8, 255 on the hand and arm, of a BGR crop; None where no plausible mask is found.

    Pixels near the middle of the hand box give the skin's colour in L*a*b*. What is like it within
    the box starts as probable foreground, all outside of the box as background, and GrabCut (Rother
    et al., 2004) finds the border. Of the result, the pieces that hold a good part of the hand
    stay.
    """
    height, width = crop.shape[:2]
    small = cv2.resize(crop, (_WORK_SIDE, _WORK_SIDE), interpolation=cv2.INTER_AREA)
    scale_x, scale_y = _WORK_SIDE / width, _WORK_SIDE / height
    x, y, w, h = box.x * scale_x, box.y * scale_y, box.w * scale_x, box.h * scale_y
    rows, columns = np.mgrid[:_WORK_SIDE, :_WORK_SIDE] + 0.5
    across, down = (columns - x - w / 2) / w, (rows - y - h / 2) / h
    inside = (np.abs(across) < 0.52) & (np.abs(down) < 0.52)
    core = (across / 0.25) ** 2 + ((down - 0.08) / 0.28) ** 2 < 1

    colours = cv2.cvtColor(small, cv2.COLOR_BGR2LAB).astype(np.float32)
    skin = np.median(colours[core], axis=0)
    spread = np.maximum(1.5 * np.median(np.abs(colours[core] - skin), axis=0), [12, 4, 4])
    # Lightness counts half: shadows are skin, too.
    distance = (((colours - skin) / spread) ** 2 * [0.5, 1, 1]).sum(axis=2)

    trimap = np.full((_WORK_SIDE, _WORK_SIDE), cv2.GC_BGD, np.uint8)
    trimap[~inside & (distance < 9)] = cv2.GC_PR_BGD
    trimap[inside] = cv2.GC_PR_BGD
    trimap[inside & (distance < 9)] = cv2.GC_PR_FGD
    trimap[core & (distance < 5)] = cv2.GC_FGD
    if not (trimap == cv2.GC_FGD).any():
        return None
    # GrabCut starts its colour models from OpenCV's own random numbers.
    cv2.setRNGSeed(0)
    models = np.zeros((1, 65)), np.zeros((1, 65))
    cv2.grabCut(small, trimap, (0, 0, 0, 0), *models, 2, cv2.GC_INIT_WITH_MASK)
    found = np.isin(trimap, (cv2.GC_FGD, cv2.GC_PR_FGD))
    kept = _large_pieces(found, inside)
    share = kept[inside].mean()
    if not _PLAUSIBLE[0] <= share <= _PLAUSIBLE[1]:
        return None
    full = cv2.resize(kept.astype(np.uint8) * 255, (width, height), interpolation=cv2.INTER_LINEAR)
    return np.asarray(full, np.uint8)


def _large_pieces(found: NDArray[np.bool_], inside: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The connected pieces of a mask that hold more than a twelfth of what lies inside the box."""
    count, pieces = cv2.connectedComponents(found.astype(np.uint8), connectivity=4)
    sizes = np.bincount(pieces[inside & found], minlength=count)
    large = sizes > sizes.sum() / 12
    large[0] = False
    return np.asarray(large[pieces])
