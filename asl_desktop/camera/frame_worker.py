"""The thread that reads one source and the letter in each of its frames. It uses no Qt."""

from __future__ import annotations

import math
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum, auto

from asl_desktop.camera.sight import Sight
from asl_desktop.hand_box import HandBox
from trainer.capture.faults import CameraError, Cause, StreamError
from trainer.capture.images import SECONDS_PER_IMAGE
from trainer.capture.source import Frame, Source
from trainer.hand_finder.finder import FinderModel
from trainer.hand_finder.follow import Tracking
from trainer.images.preprocessing import Image
from trainer.model.model import Model
from trainer.recognition.reader import Reading
from trainer.support.errors import UserError
from trainer.support.memory import return_free_memory

RETRY_SECONDS = 0.5
STALL_SECONDS = 2.0
"""A live source that played and gives no frame for so long has stalled."""
OPENING_SECONDS = 10.0
"""What opening a live source may take, and then its first frame again."""
_RATE_OVER_SECONDS = 1.0
_PREDECESSOR_SECONDS = 3.0


@dataclass(frozen=True)
class LiveFrame:
    """A frame with what was read in it.

    Attributes:
        image: (h, w, 3) blue-green-red, unmirrored, nothing drawn on it.
        name: The image's path, or the source's name.
        box: The box that was read.
        reading: None while there is no network.
        arrived: `time.perf_counter()` when the source handed it over.
        frames_per_second: Measured over the last second; 0 while a frame stands still.
        tracking: What a box that follows the hand does; None for a box that stays.
        live: Whether it shows what is there now: a camera's or a stream's, not a file's.
    """

    image: Image
    name: str
    box: HandBox
    reading: Reading | None
    arrived: float
    frames_per_second: float
    tracking: Tracking | None = None
    live: bool = True


class Phase(Enum):
    """How a source is doing."""

    OPENING = auto()
    PLAYING = auto()
    RETRYING = auto()
    """It broke or is not there; another try follows by itself."""
    FAILED = auto()
    """It cannot be shown, and trying again would not help."""
    SKIPPING = auto()
    """One image of several cannot be read; the next one follows."""


@dataclass(frozen=True)
class SourceState:
    """Phase, and for the last three why, in one sentence."""

    phase: Phase
    message: str = ""


class FrameWorker(threading.Thread):
    """Plays one source: live ones as they come, videos at their pace and again and again.

    Box, network and pause may be set at any time from any thread; a still or frozen frame is then
    read again. The thread is a daemon: a driver that never returns from a read cannot keep the
    program alive. Its owner polls `overdue`, and starts another worker when this one is stuck.

    Args:
        open_source: Called in this thread, again after each failure of a live source.
        live: Whether to try again by itself.
        on_frame: Called in this thread for each frame.
        on_state: Called in this thread when the phase changes.
        finder: Keeps the box on the hand, or None.
        after: A worker that may still hold the same device; it gets a moment to release it.
        paused: Whether to leave a live source alone until `set_paused(False)`.
        holders: Workers that got stuck with the same source.
        has_played: Whether the source played before, in another worker.
    """

    def __init__(
        self,
        open_source: Callable[[], Source],
        *,
        live: bool,
        on_frame: Callable[[LiveFrame], None],
        on_state: Callable[[SourceState], None],
        box: HandBox,
        model: Model | None = None,
        finder: FinderModel | None = None,
        after: threading.Thread | None = None,
        paused: bool = False,
        holders: Sequence[threading.Thread] = (),
        has_played: bool = False,
    ) -> None:
        super().__init__(name="frames", daemon=True)
        self._open_source = open_source
        self._live = live
        self._on_frame = on_frame
        self._on_state = on_state
        self._after = after
        self._holders = holders
        # Guards all below; notified at every change.
        self._changed = threading.Condition()
        self._stopping = False
        self._paused = paused
        self._box = box
        self._model = model
        self._finder = finder
        self._changes = 0
        # Written by this thread alone, read by any.
        self._blocked: _Blocked | None = None
        self.has_played = has_played
        """Whether the source has given a frame."""
        # Used by this thread alone.
        self._shown = 0  # `_changes` when the last frame was read
        self._has_shown = False
        self._sight = Sight()
        self._arrivals: deque[float] = deque()

    def set_box(self, box: HandBox) -> None:
        """Sets the box to read in."""
        with self._changed:
            self._box = box
            self._notify()

    def set_model(self, model: Model | None) -> None:
        """Sets the network to read with; None: frames are only shown."""
        with self._changed:
            self._model = model
            self._notify()

    def set_finder(self, finder: FinderModel | None) -> None:
        """Sets the finder that keeps the box on the hand; None switches it off."""
        with self._changed:
            self._finder = finder
            self._notify()

    def set_paused(self, paused: bool) -> None:
        """Freezes the last frame. A live source is released, so that others can have the device."""
        with self._changed:
            self._paused = paused
            self._notify()

    def ask_to_stop(self) -> None:
        """Asks the thread to end after its current read, and to report nothing from now on."""
        with self._changed:
            self._stopping = True
            self._notify()

    def overdue(self) -> str:
        """Why this worker is stuck, in one sentence; "" while it is not."""
        blocked = self._blocked
        if blocked is None or time.perf_counter() - blocked.since <= blocked.seconds:
            return ""
        if blocked.name and blocked.seconds == STALL_SECONDS:
            return (
                f"{blocked.name} has stalled: it is still there, but has sent no frame for "
                f"{blocked.seconds:.0f} seconds."
            )
        return (
            f"{blocked.name or 'The source'} does not answer: it gave no frame within "
            f"{blocked.seconds:.0f} seconds."
        )

    def run(self) -> None:
        """Opens, plays, and for live sources opens again until asked to stop."""
        try:
            self._play_on()
        finally:
            self._forget()
            return_free_memory()

    def _play_on(self) -> None:
        if self._after is not None:
            self._after.join(_PREDECESSOR_SECONDS)
            self._take_over(self._after)
            self._after = None
        if self._live:
            self._wait(0)
        while not self._stopping:
            try:
                self._play()
            except UserError as error:
                final = isinstance(error, StreamError) and error.final and not self.has_played
                if final or not self._live:
                    self._report(SourceState(Phase.FAILED, str(error)))
                    return
                self._report(SourceState(Phase.RETRYING, self._why(error)))
                self._wait(RETRY_SECONDS)
            except Exception:
                fault = "This source stopped because of a fault in the program. Choose it again."
                self._report(SourceState(Phase.FAILED, fault))
                raise  # for threading.excepthook, which logs it

    def _take_over(self, predecessor: threading.Thread) -> None:
        """Goes on with the compiled networks of a worker that has ended."""
        if isinstance(predecessor, FrameWorker) and not predecessor.is_alive():
            self._sight = predecessor._sight.successor()

    def _forget(self) -> None:
        """Breaks the circles of references, which would keep frames until garbage is collected."""
        self._on_frame = self._on_state = _ignore
        self._holders = ()

    def _play(self) -> None:
        """Plays until asked to stop, or until the source should be opened anew.

        Raises:
            UserError: It does not open, or broke.
        """
        self._report(SourceState(Phase.OPENING))
        with self._watched("", OPENING_SECONDS):
            source = self._open_source()
        try:
            self._arrivals.clear()
            played = _Played()
            while not self._stopping:
                if (frame := self._next(source, played)) is None:
                    return
                now = time.perf_counter()
                rate = self._rate(now)
                self._show(frame, now, rate, follows=played.since_start > 1)
                if not played.reported:
                    self._report(SourceState(Phase.PLAYING))
                    played.reported = self.has_played = True
                if source.live:
                    if self._paused:
                        source.close()
                        self._hold(frame, now, rate)
                        return
                elif frame.duration is not None:
                    # A machine that is too slow plays slower; it does not rush afterwards.
                    played.due = max(played.due + frame.duration, now)
                    self._hold(frame, played.due, rate)
                else:
                    self._hold(frame, math.inf, 0.0)
        finally:
            source.close()

    def _next(self, source: Source, played: _Played) -> Frame | None:
        """The next frame, from the start again after the last; None if that needs a new opening."""
        while not self._stopping:
            limit = STALL_SECONDS if played.since_start else OPENING_SECONDS
            try:
                with self._watched(source.name, limit):
                    frame = source.read()
            except UserError as error:
                if source.live or not source.more_after_error:
                    raise
                if str(error) not in played.skipped:  # or every round through a folder said it
                    self._report(SourceState(Phase.SKIPPING, str(error)))
                played.skipped[str(error)] = error
                played.reported = False
                self._wait(SECONDS_PER_IMAGE)
                continue
            if frame is not None:
                played.since_start += 1
                return frame
            if not played.since_start:
                if played.skipped:
                    raise [*played.skipped.values()][-1]
                return None
            played.since_start = 0
            if not source.rewind():
                return None
        return None

    @contextmanager
    def _watched(self, name: str, seconds: float) -> Iterator[None]:
        """Around calls that may never return."""
        if self._live:
            self._blocked = _Blocked(name, time.perf_counter(), seconds)
        try:
            yield
        finally:
            self._blocked = None

    def _why(self, error: UserError) -> str:
        busy = isinstance(error, CameraError) and error.cause is Cause.BUSY
        if busy and any(holder.is_alive() for holder in self._holders):
            # The other program is this one.
            return "The camera's driver does not answer. Unplug the camera and plug it in again."
        if self.has_played and isinstance(error, StreamError):
            return error.reconnecting
        return str(error)

    def _hold(self, frame: Frame, due: float, rate: float) -> None:
        """Keeps a frame until `due` and while paused, and reads it again after changes."""
        while not self._stopping:
            with self._changed:
                before = self._shown
                left = math.inf if self._paused else due - time.perf_counter()
            if left <= 0 or not self._wait_for_change(before, left):
                return
            self._show(frame, time.perf_counter(), 0.0 if self._paused else rate)

    def _wait_for_change(self, before: int, seconds: float) -> bool:
        with self._changed:
            return self._changed.wait_for(
                lambda: self._changes != before, None if seconds == math.inf else seconds
            )

    def _show(self, frame: Frame, arrived: float, rate: float, *, follows: bool = False) -> None:
        """Finds the hand, reads it, and hands the frame on.

        Args:
            frame: To be shown.
            arrived: When, on the clock of `time.perf_counter`.
            rate: Frames a second.
            follows: Whether it is the next one of its source, and not shown for another time.
        """
        with self._changed:
            box, model, finder, before = self._box, self._model, self._finder, self._changes
        self._shown = before
        if finder is not None and not (self._has_shown or self._sight.has_finder or self._stopping):
            # The first frame does not wait until the finder is compiled.
            self._on_frame(
                LiveFrame(frame.image, frame.name, box, None, arrived, rate, live=self._live)
            )
        self._has_shown = True
        height, width = frame.image.shape[:2]
        found = self._sight.find(finder, frame.image, arrived)
        if found is not None:
            box = HandBox.of(found, width, height)
            with self._changed:
                # Whoever moved the box meanwhile wants it to stay there.
                if self._changes == before:
                    self._box = box
        pixels = box.pixels(width, height)
        reading = self._sight.read(model, frame.image, pixels, arrived if follows else None)
        if not self._stopping:
            track, live = self._sight.tracking, self._live
            self._on_frame(
                LiveFrame(frame.image, frame.name, box, reading, arrived, rate, track, live)
            )

    def _rate(self, now: float) -> float:
        self._arrivals.append(now)
        while now - self._arrivals[0] > _RATE_OVER_SECONDS:
            self._arrivals.popleft()
        span = now - self._arrivals[0]
        return (len(self._arrivals) - 1) / span if span > 0 else 0.0

    def _report(self, state: SourceState) -> None:
        if not self._stopping:
            self._on_state(state)

    def _wait(self, seconds: float) -> None:
        """Waits, but not for longer than until the stop; a pause prolongs it."""
        with self._changed:
            self._changed.wait_for(lambda: self._stopping, seconds)
            self._changed.wait_for(lambda: self._stopping or not self._paused)

    def _notify(self) -> None:
        self._changes += 1
        self._changed.notify_all()


def _ignore(_: object) -> None:
    """In the place of the callbacks of a worker that has ended."""


@dataclass(frozen=True)
class _Blocked:
    """A call into a driver that has not returned."""

    name: str
    since: float
    seconds: float


class _Played:
    """What the worker remembers of one opening of a source."""

    def __init__(self) -> None:
        self.since_start = 0
        self.due = time.perf_counter()
        self.reported = False
        self.skipped: dict[str, UserError] = {}
