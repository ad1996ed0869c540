"""The system's own dialogs for files and folders."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6 import QtWidgets
from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QWidget


def ask_for_file(parent: QWidget, title: str, folder: str, kinds: str) -> str:
    """A file's path, or "" if the user cancelled."""
    return QtWidgets.QFileDialog.getOpenFileName(parent, title, folder, kinds)[0]


def ask_for_files(parent: QWidget, title: str, folder: str, kinds: str) -> list[str]:
    """Paths of files; none if the user cancelled."""
    return QtWidgets.QFileDialog.getOpenFileNames(parent, title, folder, kinds)[0]


def ask_for_folder(parent: QWidget, title: str, folder: str) -> str:
    """A folder's path, or "" if the user cancelled."""
    return QtWidgets.QFileDialog.getExistingDirectory(parent, title, folder)


def ask_where_to_save(parent: QWidget, title: str, folder: str, name: str, kinds: str) -> str:
    """A path to write to, or "" if the user cancelled.

    Args:
        parent: The window.
        title: Of the dialog.
        folder: Where it begins; "" for the user's documents.
        name: The file name that it proposes.
        kinds: As from `kinds`.
    """
    documents = QStandardPaths.StandardLocation.DocumentsLocation
    proposed = Path(folder or QStandardPaths.writableLocation(documents), name)
    return QtWidgets.QFileDialog.getSaveFileName(parent, title, str(proposed), kinds)[0]


def kinds(name: str, endings: Sequence[str]) -> str:
    """A filter of a file dialog, from a name and file endings."""
    return f"{name} ({' '.join('*' + ending for ending in endings)})"
