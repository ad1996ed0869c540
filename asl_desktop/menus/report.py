"""Report a problem: what a developer asks for first, to be copied by the user; nothing is sent."""

from __future__ import annotations

import platform
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QSize, Signal, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialogButtonBox, QPlainTextEdit, QPushButton, QWidget

from asl_desktop.dialogs import Dialog
from asl_desktop.widgets import file_dialogs
from asl_desktop.widgets.parts import line, row
from trainer.support import atomic, files
from trainer.support.errors import UserError

_PACKAGES = ("asl-desktop", "PySide6-Essentials", "numpy", "opencv-python", "pandas", "pyqtgraph")
_LOG_BYTES = 32 << 10
"""Of the end of the log."""


class ReportDialog(Dialog):
    """Shows versions, screens and the end of the log.

    Args:
        facts: Further lines, by name, such as the network that reads.
        log: The log file, which may be missing.
        parent: The window.
    """

    folder_wanted = Signal(Path)
    """The user wants to see a folder."""

    error = Signal(str)

    def __init__(self, facts: dict[str, str], log: Path, parent: QWidget) -> None:
        super().__init__(QCoreApplication.translate("ReportDialog", "Report a problem"), parent)
        words = line()
        words.setText(
            self.tr(
                "Describe what you did and what you expected, and add the text below. Nothing is "
                "sent from here: copy or save it, and look through it before you pass it on."
            )
        )
        self.text = QPlainTextEdit(report(facts, log))
        self.text.setReadOnly(True)
        self.text.setAccessibleName(self.windowTitle())
        self.copy_button = QPushButton(self.tr("&Copy"))
        self.save_button = QPushButton(self.tr("&Save…"))
        self.folder_button = QPushButton(self.tr("Open the &log folder"))
        self.said = line(muted=True)
        for button in (self.copy_button, self.save_button, self.folder_button):
            button.setAutoDefault(False)
        self.column.addWidget(words)
        self.column.addWidget(self.text, 1)
        self.column.addWidget(self.said)
        self.column.addLayout(row(self.copy_button, self.save_button, self.folder_button))
        self.add_buttons(QDialogButtonBox.StandardButton.Close)
        self.copy_button.clicked.connect(self._copy)
        self.save_button.clicked.connect(self._save)
        self.folder_button.clicked.connect(lambda: self.folder_wanted.emit(log.parent))

    def sizeHint(self) -> QSize:
        """Some thirty lines."""
        return QSize(self.fontMetrics().averageCharWidth() * 90, 520)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text.toPlainText())
        self.said.setText(self.tr("Copied."))

    def _save(self) -> None:
        kinds = file_dialogs.kinds(self.tr("Text"), [".txt"])
        chosen = file_dialogs.ask_where_to_save(
            self, self.windowTitle(), "", "asl-desktop-report.txt", kinds
        )
        if chosen is None:
            return
        try:
            atomic.write_bytes(chosen, self.text.toPlainText().encode())
        except UserError as error:
            self.error.emit(str(error))
        else:
            self.said.setText(self.tr("Saved as {0}.").replace("{0}", str(chosen)))


def report(facts: dict[str, str], log: Path) -> str:
    """Versions, system, screens, further facts and the end of the log, in English.

    Args:
        facts: Further lines, by name.
        log: The log file, which may be missing.
    """
    lines = [f"{name} {_version(name)}" for name in _PACKAGES]
    lines.append(f"Qt {qVersion()}, {QGuiApplication.platformName()}")
    lines.append(f"Python {platform.python_version()}, {platform.platform()}")
    for screen in QGuiApplication.screens():
        size = screen.size()
        lines.append(f"screen {size.width()} × {size.height()}, × {screen.devicePixelRatio():g}")
    lines += [f"{name}: {value}" for name, value in facts.items()]
    lines += ["", "log:", _log(log)]
    # The user's name is nobody's business.
    return "\n".join(lines).replace(str(Path.home()), "~")


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "?"


def _log(path: Path) -> str:
    if not path.exists():
        return "none: nothing went wrong so far"
    try:
        return files.tail(path, _LOG_BYTES).decode("utf-8", "replace")
    except UserError as error:
        return str(error)
