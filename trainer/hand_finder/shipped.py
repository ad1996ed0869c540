"""The finder that travels with the program, for data sets of whole frames."""

from __future__ import annotations

from functools import cache
from threading import Lock

from trainer.data.hands import HandFinding
from trainer.hand_finder.file import load_finder
from trainer.hand_finder.finder import HandFinder
from trainer.images.box import Box
from trainer.images.preprocessing import Image
from trainer.support.paths import FINDER_WEIGHTS, asset


def shipped_finder(*, always: bool = False) -> HandFinding:
    """Finds hands with the shipped finder, which is loaded when the first one is searched.

    Args:
        always: Whether square images are searched, too.
    """
    return HandFinding(_find, always)


_one_at_a_time = Lock()
"""A finder reuses its buffers, and the app reads data in several threads."""


def _find(image: Image) -> tuple[Box, float]:
    with _one_at_a_time:
        found = _finder().find(image)
    return found.box, found.probability


@cache
def _finder() -> HandFinder:
    return HandFinder(load_finder(asset(FINDER_WEIGHTS)))
