"""The system's own dialogs for files and folders."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from PySide6 import QtWidgets
from PySide6.QtCore import QCoreApplication, QStandardPaths
from PySide6.QtWidgets import QWidget

from asl_desktop.widgets.question import confirm

_ENDING = re.compile(r"\*(\.\w+)")
"""An ending in a filter of a file dialog."""


def ask_for_file(parent: QWidget, title: str, folder: str, kinds: str) -> str:
    """A file's path, or "" if the user cancelled."""
    return QtWidgets.QFileDialog.getOpenFileName(parent, title, folder, kinds)[0]


def ask_for_files(parent: QWidget, title: str, folder: str, kinds: str) -> list[str]:
    """Paths of files; none if the user cancelled."""
    return QtWidgets.QFileDialog.getOpenFileNames(parent, title, folder, kinds)[0]


def ask_for_folder(parent: QWidget, title: str, folder: str) -> str:
    """A folder's path, or "" if the user cancelled."""
    return QtWidgets.QFileDialog.getExistingDirectory(parent, title, folder)


def ask_where_to_save(
    parent: QWidget, title: str, folder: str, name: str, kinds: str
) -> Path | None:
    """A path to write to, with an ending of one of the kinds; None if the user cancelled.

    What is there already is replaced only where the user says so.

    Args:
        parent: The window.
        title: Of the dialog.
        folder: Where it begins; "" for the user's documents.
        name: The file name that it proposes.
        kinds: As from `kinds`.
    """
    documents = QStandardPaths.StandardLocation.DocumentsLocation
    proposed = Path(folder or QStandardPaths.writableLocation(documents), name)
    while True:
        typed, kind = QtWidgets.QFileDialog.getSaveFileName(parent, title, str(proposed), kinds)
        if not typed:
            return None
        proposed = Path(typed)
        endings = _ENDING.findall(kinds)
        if proposed.suffix.lower() in endings:
            return proposed
        # The dialog asked about the name that was typed, not about this one.
        proposed = Path(typed + (_ENDING.findall(kind) or endings)[0])
        if not proposed.exists() or _is_replaced(parent, title, proposed):
            return proposed


def _is_replaced(parent: QWidget, title: str, path: Path) -> bool:
    return confirm(
        parent,
        title,
        QCoreApplication.translate("file_dialogs", "{0} is there already. Replace it?").replace(
            "{0}", path.name
        ),
        QCoreApplication.translate("file_dialogs", "&Replace"),
        QCoreApplication.translate("file_dialogs", "&Keep it"),
    )


def kinds(name: str, endings: Sequence[str]) -> str:
    """A filter of a file dialog, from a name and file endings."""
    return f"{name} ({' '.join('*' + ending for ending in endings)})"
