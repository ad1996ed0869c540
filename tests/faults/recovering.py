"""A camera thread that is played a stream, and what it showed and said."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from asl_desktop.camera.camera_thread import CameraThread
from asl_desktop.camera.frame_worker import LiveFrame, Phase, SourceState


class Shown(NamedTuple):
    """What was seen of a frame."""

    arrived: float
    size: tuple[int, int]
    """Height and width."""
    level: int
    """Gray value of its first pixel."""


class Watched:
    """Keeps what was seen of each frame, and every state with the time that it was told."""

    def __init__(self, qtbot: QtBot, camera: CameraThread) -> None:
        self._qtbot = qtbot
        self.camera = camera
        self.frames: list[Shown] = []
        self.states: list[tuple[float, SourceState]] = []
        camera.frame_ready.connect(self._take, Qt.ConnectionType.QueuedConnection)
        camera.state_changed.connect(lambda state: self.states.append((time.perf_counter(), state)))

    def wait(self, condition: Callable[[], bool]) -> None:
        """Lets the event loop run until then."""
        self._qtbot.waitUntil(condition)

    def now(self) -> float:
        """This moment, with all that was told before it noted."""
        QApplication.processEvents()
        return time.perf_counter()

    def seconds_to_frame(self, since: float) -> float:
        """Waits for the first frame that arrived after this moment, and says how long after."""
        self.wait(lambda: bool(self.frames) and self.frames[-1].arrived > since)
        return next(f.arrived for f in self.frames if f.arrived > since) - since

    def messages_since(self, moment: float) -> list[str]:
        """Waits until it says that the source is retried; the sentences so far."""

        def told() -> list[str]:
            return [
                state.message
                for when, state in self.states
                if when > moment and state.phase is Phase.RETRYING
            ]

        self.wait(lambda: bool(told()))
        return told()

    def retries_since(self, moment: float) -> int:
        """How often it failed to open or play after this moment."""
        return sum(w > moment and s.phase is Phase.RETRYING for w, s in self.states)

    def _take(self) -> None:
        frame: LiveFrame | None = self.camera.take()
        if frame is not None:
            height, width = frame.image.shape[:2]
            self.frames.append(Shown(frame.arrived, (height, width), int(frame.image[0, 0, 0])))
