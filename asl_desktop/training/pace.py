"""How long a run will take, told from the part of it that is over."""

from __future__ import annotations

import time


class Pace:
    """Measures progress against time; pauses, and what another process did, do not count.

    Args:
        epochs: Of the whole run.
    """

    def __init__(self, epochs: int) -> None:
        self._epochs = max(epochs, 1)
        self._began: tuple[float, float] | None = None
        self._paused: float | None = None
        self.done = 0.0
        """Epochs, with the part of the one under way."""

    @property
    def share(self) -> float:
        """Of the run that is over."""
        return self.done / self._epochs

    @property
    def paused(self) -> bool:
        """Whether time stands still."""
        return self._paused is not None

    def reach(self, done: float) -> None:
        """So many epochs are over."""
        self.done = done
        if self._began is None:
            # Reading the data, and what an earlier process learned, are no part of the pace.
            self._began = (done, time.monotonic())

    def pause(self) -> None:
        """Time stands still."""
        self._paused = time.monotonic()

    def resume(self) -> None:
        """Time goes on."""
        if self._paused is not None and self._began is not None:
            done, began = self._began
            self._began = (done, began + time.monotonic() - self._paused)
        self._paused = None

    def seconds_left(self) -> float | None:
        """To the end of the last epoch; None as long as nobody can know."""
        if self._began is None or self.done <= self._began[0]:
            return None
        done, began = self._began
        return (time.monotonic() - began) / (self.done - done) * (self._epochs - self.done)
