"""Uncaught exceptions are logged and shown, and the app continues."""

from __future__ import annotations

import contextlib
import logging
import math
import sys
import threading
import time
from pathlib import Path
from types import CodeType, TracebackType

from PySide6.QtCore import QObject, QStandardPaths, Qt, Signal

from trainer.support.errors import UserError

log = logging.getLogger("asl_desktop")

_QUIET_SECONDS = 10.0
"""A fault that comes again within so long is reported once."""


def log_file() -> Path:
    """Where failures are logged; made with its folder at the first one."""
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppLocalDataLocation)
    return Path(folder) / "asl-desktop.log"


class FailureReporter(QObject):
    """Takes over `sys.excepthook` and `threading.excepthook`.

    PySide calls the first for exceptions in slots, so one faulty slot does not end the program.
    """

    failed = Signal(str)
    """One sentence for the user, always delivered in the window's thread."""

    _caught = Signal(str, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._handlers: list[logging.Handler] = []
        self._failed: dict[tuple[str, CodeType | None, int], float] = {}
        self._log_file = log_file()
        self._caught.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Installs the hooks; the first exception makes the log file."""
        self._before = (sys.excepthook, threading.excepthook)
        sys.excepthook = self._from_main
        threading.excepthook = self._from_thread

    def uninstall(self) -> None:
        """Restores the previous hooks."""
        sys.excepthook, threading.excepthook = self._before
        for handler in self._handlers:
            log.removeHandler(handler)
            handler.close()
        self._handlers = []

    def _from_main(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        self._report(kind, error, trace)

    def _from_thread(self, arguments: threading.ExceptHookArgs) -> None:
        if arguments.exc_type is SystemExit or arguments.exc_value is None:
            return
        self._report(arguments.exc_type, arguments.exc_value, arguments.exc_traceback)

    def _report(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if self._repeats(error, trace):
            return
        self._open_log()
        log.error("uncaught exception", exc_info=(kind, error, trace))
        reason = str(error) if isinstance(error, UserError) else ""
        self._caught.emit(reason, kind.__name__)

    def _tell(self, reason: str, kind: str) -> None:
        """In the window's thread, for a fault in any."""
        self.failed.emit(
            reason
            or self.tr("Something went wrong in the program ({0}). It goes on; details are in {1}.")
            .replace("{0}", kind)
            .replace("{1}", str(self._log_file))
        )

    def _repeats(self, error: BaseException, trace: TracebackType | None) -> bool:
        """Whether the same line failed a moment ago, as a fault in each frame does."""
        while trace is not None and trace.tb_next is not None:
            trace = trace.tb_next
        # Numbers in a message may differ from frame to frame; a sentence for the user may not.
        what = str(error) if isinstance(error, UserError) else type(error).__name__
        line = (what, trace.tb_frame.f_code if trace else None, trace.tb_lineno if trace else 0)
        now = time.monotonic()
        before = self._failed.get(line, -math.inf)
        self._failed[line] = now
        return now - before < _QUIET_SECONDS

    def _open_log(self) -> None:
        if self._handlers:
            return
        self._handlers.append(logging.StreamHandler())
        # If the file cannot be written, the log still goes to the terminal.
        with contextlib.suppress(OSError):
            self._log_file.parent.mkdir(parents=True, exist_ok=True)
            self._handlers.append(logging.FileHandler(self._log_file, encoding="utf-8"))
        for handler in self._handlers:
            handler.setFormatter(
                logging.Formatter("%(asctime)s %(name)s %(levelname)s %(message)s")
            )
            log.addHandler(handler)
