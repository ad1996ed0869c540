"""The hand box on a command line. Imports nothing: the app reads its command line before NumPy."""

from __future__ import annotations

import argparse

_FARTHEST = 1e6
"""Pixels; no image reaches so far."""


def box_numbers(text: str) -> tuple[float, float, float, float]:
    """Left, top, width and height in pixels from "X,Y,W,H".

    Raises:
        argparse.ArgumentTypeError: The text is no such thing, or the box has no size.
    """
    try:
        x, y, w, h = (float(part) for part in text.split(","))
    except ValueError:
        w = h = 0.0
    # Not a number is not larger than 0 either.
    if not (w > 0 and h > 0 and all(abs(number) < _FARTHEST for number in (x, y, w, h))):
        raise argparse.ArgumentTypeError(
            f"{text!r} is no box: left,top,width,height in pixels, such as 200,100,240,240"
        )
    return x, y, w, h
