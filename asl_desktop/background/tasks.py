"""Long work in a thread of its own, so that the window stays responsive."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress

from PySide6.QtCore import QObject, Qt, Signal

from trainer.support.errors import UserError

_held: dict[threading.Thread, tuple[object, ...]] = {}
"""What running threads use. A widget whose last reference went in a thread would be destroyed
there, which Qt does not survive; these are let go in the window's thread."""


def _let_go() -> None:
    """Forgets what threads that have ended used."""
    for thread in [thread for thread in _held if not thread.is_alive()]:
        del _held[thread]


class Background(QObject):
    """Runs one function at a time; of several asked for, only the last one's result is reported.

    The function runs in a thread and must not use Qt, not even to translate.
    """

    done = Signal(object)
    """What the function returned."""

    refused = Signal(str)
    """Why the function failed, in one sentence."""

    _finished = Signal(int, object, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._asked = 0
        self._thread: threading.Thread | None = None
        self._finished.connect(self._pass_on, Qt.ConnectionType.QueuedConnection)

    @property
    def busy(self) -> bool:
        """Whether a function is running or waiting to run."""
        return self._thread is not None

    def run(self, function: Callable[[], object]) -> None:
        """Runs a function in the thread; it may raise UserError."""
        self._asked += 1
        before = self._thread
        self._thread = threading.Thread(
            target=self._work, args=(self._asked, function, before), daemon=True
        )
        _let_go()
        _held[self._thread] = (self, function)
        self._thread.start()

    def forget(self) -> None:
        """Discards the results of all functions so far."""
        self._asked += 1
        self._thread = None

    def wait(self, seconds: float) -> None:
        """Discards all results and waits for the thread, at most this many seconds."""
        thread = self._thread
        self.forget()
        if thread is not None:
            thread.join(seconds)

    def _work(
        self, number: int, function: Callable[[], object], before: threading.Thread | None
    ) -> None:
        if before is not None:
            # Two at a time would take both cores from the live view.
            before.join()
        if number != self._asked:
            return
        result, reason = None, ""
        try:
            result = function()
        except UserError as error:
            reason = str(error)
        # What nobody waits for may have no receiver any more, nor a sender, if its window is gone.
        if number == self._asked:
            with suppress(RuntimeError):
                self._finished.emit(number, result, reason)

    def _pass_on(self, number: int, result: object, reason: str) -> None:
        if number != self._asked:
            return
        self._thread = None
        if reason:
            self.refused.emit(reason)
        else:
            self.done.emit(result)
