"""A button that downloads Sign Language MNIST, with progress, checked, and cancellable."""

from __future__ import annotations

import os
import threading
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from asl_desktop.background.tasks import Background
from asl_desktop.widgets.theme import SPACE
from trainer.data import download
from trainer.support import paths
from trainer.support.errors import UserError


class _CancelledError(UserError):
    """The user cancelled; what has arrived stays on disk for the next time."""


class Download(QWidget):
    """Downloads both files of the data set in a thread."""

    arrived = Signal(list)
    """Paths of the files, the training file first; each has the published SHA-256."""

    error = Signal(str)
    """Why they cannot be had, in one sentence."""

    _received = Signal(str, object, object)

    def __init__(self) -> None:
        super().__init__()
        self.background = Background(self)
        self._cancelled = threading.Event()
        self.button = QPushButton(self.tr("Download the data set"))
        self.button.setToolTip(
            self.tr("Sign Language MNIST, 105 MB, into {0}").replace("{0}", str(self.folder))
        )
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(self.tr("Download"))
        self.status = QLabel()
        self.status.setProperty("muted", True)
        self.cancel_button = QPushButton(self.tr("Cancel"))
        self.cancel_button.setToolTip(self.tr("The next download goes on from here"))
        under_way = QHBoxLayout()
        under_way.setSpacing(SPACE)
        under_way.addWidget(self.progress, 1)
        under_way.addWidget(self.cancel_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.button)
        layout.addLayout(under_way)
        layout.addWidget(self.status)
        self.button.clicked.connect(self._start)
        self.cancel_button.clicked.connect(self._cancel)
        self._received.connect(self._show_progress)
        self.background.done.connect(self._finish)
        self.background.refused.connect(self._fail)
        self._show_state(running=False)

    @property
    def folder(self) -> Path:
        """Where the files are put."""
        return paths.user_data() / "sign-language-mnist"

    def shut_down(self, seconds: float) -> None:
        """Stops the download and waits for its thread, at most this many seconds."""
        self._cancelled.set()
        self.background.wait(seconds)

    def _start(self) -> None:
        self._cancelled.clear()
        self.progress.setRange(0, 0)
        self.status.setText(self.tr("Connecting…"))
        self._show_state(running=True)
        self.cancel_button.setFocus()
        mirror = os.environ.get(download.MIRROR) or download.DEFAULT_MIRROR
        self.background.run(lambda: self._fetch(mirror))

    def _fetch(self, mirror: str) -> list[Path]:
        found = []
        for name, digest in download.FILES.items():

            def report(have: int, whole: int, name: str = name) -> None:
                if self._cancelled.is_set():
                    raise _CancelledError("cancelled")
                self._received.emit(name, have, whole)

            found.append(download.fetch(name, digest, mirror, self.folder, report))
        return found

    def _cancel(self) -> None:
        # The thread notices with the next piece that arrives, or when the server is given up.
        self._cancelled.set()
        self.cancel_button.setEnabled(False)
        self.status.setText(self.tr("Cancelling…"))

    def _show_progress(self, name: str, have: int, whole: int) -> None:
        if self._cancelled.is_set():
            return
        # A progress bar counts in 32 bits.
        self.progress.setRange(0, whole >> 10)
        self.progress.setValue(have >> 10)
        self.status.setText(f"{name}: {have * 100 // whole} %" if whole else name)

    def _finish(self, files: list[Path]) -> None:
        self._show_state(running=False)
        self.arrived.emit(files)

    def _fail(self, reason: str) -> None:
        self._show_state(running=False)
        if not self._cancelled.is_set():
            self.error.emit(reason)

    def _show_state(self, *, running: bool) -> None:
        self.button.setVisible(not running)
        for widget in (self.progress, self.cancel_button, self.status):
            widget.setVisible(running)
        self.cancel_button.setEnabled(running)
