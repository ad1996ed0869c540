"""Pause, resume and stop for a training run in a process of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import IO


class Control:
    """Obeys the lines `pause`, `resume` and `stop` of a stream, which a thread of its own reads.

    The end of the stream means stop: whoever held its other end is gone.

    Args:
        stream: Standard input, as a rule.
        on_stop: Called by the thread when it is told to stop.
    """

    def __init__(self, stream: IO[str], on_stop: Callable[[], None] | None = None) -> None:
        self._on_stop = on_stop
        self._running = threading.Event()
        self._running.set()
        self._stopped = threading.Event()
        # A daemon: a read that never returns must not keep the process alive.
        threading.Thread(target=self._obey, args=(stream,), name="control", daemon=True).start()

    @property
    def stopped(self) -> bool:
        """Whether to stop now."""
        return self._stopped.is_set()

    def wait_while_paused(self) -> None:
        """Returns at once, or when a pause is over."""
        self._running.wait()

    def _obey(self, stream: IO[str]) -> None:
        for line in stream:
            match line.strip():
                case "pause":
                    self._running.clear()
                case "resume":
                    self._running.set()
                case "stop":
                    break
        self._stopped.set()
        self._running.set()
        if self._on_stop is not None:
            self._on_stop()
