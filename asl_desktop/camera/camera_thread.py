"""The window's side of the frame worker: swaps sources, and hands over only the latest frame."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from asl_desktop.camera.frame_worker import FrameWorker, LiveFrame, Phase, SourceState
from asl_desktop.hand_box import HandBox
from trainer.capture.opening import is_live, open_first_camera, open_source
from trainer.capture.source import Source
from trainer.hand_finder.finder import FinderModel
from trainer.model.model import Model

T = TypeVar("T")

STOP_SECONDS = 2.0
"""How long the window waits at its end for a driver that does not return from a read."""

MAX_STUCK = 3
"""Threads that may hang in drivers at a time; then a live source is not opened once more."""

_WATCH_MS = 200


class CameraThread(QObject):
    """Plays one source at a time in a thread of its own.

    Frames are not queued: `Latest` holds one, and `frame_ready` is not emitted again before `take`
    was called, so a slow window drops frames.

    A blocked read cannot be interrupted. When a live source stalls, its thread is abandoned and
    reports nothing more, and a new thread opens the source again.
    """

    frame_ready = Signal()
    state_changed = Signal(SourceState)
    _worker_state = Signal(object, SourceState)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worker: FrameWorker | None = None
        self._stuck: list[FrameWorker] = []
        self._opener: tuple[Callable[[], Source], bool] | None = None
        self._reason = ""
        self._paused = False
        self._watch = QTimer(self)
        self._watch.setInterval(_WATCH_MS)
        self._watch.timeout.connect(self._leave_behind_when_stuck)
        self._latest: Latest[LiveFrame] = Latest()
        self._box = HandBox()
        self._model: Model | None = None
        self._finder: FinderModel | None = None
        self._worker_state.connect(self._pass_on, Qt.ConnectionType.QueuedConnection)

    def play(self, text: str, preferred: str = "") -> None:
        """Plays what `trainer.capture.opening.open_source` understands.

        Args:
            text: "" is a camera: the preferred one if it is there, else the first.
            preferred: A camera's name.
        """
        if text:
            self.play_source(lambda: open_source(text), live=is_live(text))
        else:
            self.play_source(lambda: open_first_camera(preferred), live=True)

    def play_source(self, opener: Callable[[], Source], *, live: bool) -> None:
        """Plays what `opener` gives, which is called in the thread."""
        before = self._worker
        if before is not None:
            before.ask_to_stop()
            if before.overdue():
                self._stuck.append(before)
                before = None
        self._paused = False
        self._start(opener, live, before)
        self._watch.start()

    def _start(
        self,
        opener: Callable[[], Source],
        live: bool,
        before: FrameWorker | None,
        has_played: bool = False,
    ) -> None:
        self._opener = opener, live
        self._reason = ""
        # A frame of the old source that is still on its way ends up in the old place.
        latest = self._latest = Latest()

        def leave(frame: LiveFrame) -> None:
            if latest.put(frame):
                self.frame_ready.emit()

        worker = FrameWorker(
            opener,
            live=live,
            on_frame=leave,
            on_state=lambda state: self._worker_state.emit(worker, state),
            box=self._box,
            model=self._model,
            finder=self._finder,
            after=before,
            paused=self._paused,
            holders=tuple(self._stuck),
            has_played=has_played,
        )
        self._worker = worker
        worker.start()

    def take(self) -> LiveFrame | None:
        """The latest frame; None if it was taken already."""
        return self._latest.take()

    def set_box(self, box: HandBox) -> None:
        """Sets the box to read in."""
        self._box = box
        if self._worker is not None:
            self._worker.set_box(box)

    def set_model(self, model: Model | None) -> None:
        """Sets the network to read with; None: frames are only shown."""
        self._model = model
        if self._worker is not None:
            self._worker.set_model(model)

    def set_finder(self, finder: FinderModel | None) -> None:
        """Sets the finder that keeps the box on the hand; None switches it off."""
        self._finder = finder
        if self._worker is not None:
            self._worker.set_finder(finder)

    def set_paused(self, paused: bool) -> None:
        """Freezes the last frame, and releases a live source meanwhile."""
        self._paused = paused
        if self._worker is not None:
            self._worker.set_paused(paused)

    def stop(self, seconds: float = STOP_SECONDS) -> bool:
        """Ends the threads; False if one is stuck in a read and was abandoned."""
        self._watch.stop()
        workers = [*self._stuck, *([self._worker] if self._worker else [])]
        self._worker, self._stuck = None, []
        self._latest = Latest()
        deadline = time.monotonic() + seconds
        for worker in workers:
            worker.ask_to_stop()
        for worker in workers:
            worker.join(max(0.0, deadline - time.monotonic()))
        return not any(worker.is_alive() for worker in workers)

    def _leave_behind_when_stuck(self) -> None:
        worker = self._worker
        if worker is None or self._opener is None or self._paused:
            return
        self._stuck = [stuck for stuck in self._stuck if stuck.is_alive()]
        reason = worker.overdue()
        if not reason:
            return
        if reason != self._reason:
            self._reason = reason
            self.state_changed.emit(SourceState(Phase.RETRYING, reason))
        if len(self._stuck) < MAX_STUCK:
            worker.ask_to_stop()
            self._stuck.append(worker)
            self._start(*self._opener, before=None, has_played=worker.has_played)

    def _pass_on(self, worker: FrameWorker, state: SourceState) -> None:
        if worker is self._worker:
            self.state_changed.emit(state)


class Latest(Generic[T]):
    """Hands values from one thread to another without a queue: a new value replaces the last."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._value: T | None = None

    def put(self, value: T) -> bool:
        """Sets the value; True if the last one was taken, so that the reader must be notified."""
        with self._lock:
            waiting = self._value is not None
            self._value = value
        return not waiting

    def take(self) -> T | None:
        """The latest value; None if it was taken already."""
        with self._lock:
            value, self._value = self._value, None
        return value
