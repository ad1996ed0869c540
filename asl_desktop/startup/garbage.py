"""Garbage is collected in the window's thread alone.

Python collects in whatever thread happens to allocate. A widget that is part of a cycle would be
taken apart in a camera's thread then, which Qt does not survive.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

_EVERY_MS = 1000


class GarbageCollector(QObject):
    """Replaces Python's automatic collection for as long as it lives.

    Args:
        parent: In the window's thread.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.collect)
        self._timer.start(_EVERY_MS)

    def collect(self) -> None:
        """Collects what Python would have collected by now."""
        collect()


def collect() -> None:
    """Collects the generations that Python would have collected by now, and no others."""
    counts, limits = gc.get_count(), gc.get_threshold()
    for generation in reversed(range(len(counts))):
        if counts[generation] > limits[generation] > 0:
            gc.collect(generation)
            return
