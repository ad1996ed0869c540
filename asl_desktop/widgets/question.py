"""A question before something that cannot be undone."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget


def confirm(parent: QWidget, title: str, text: str, yes: str, no: str) -> bool:
    """Asks, and waits for the answer; Enter and Escape choose `no`.

    Args:
        parent: The window.
        title: What it is about.
        text: The question, which is never read as HTML.
        yes: The button that does it, by a verb.
        no: The button that leaves all as it is.
    """
    box = QMessageBox(QMessageBox.Icon.Question, title, text, parent=parent)
    box.setTextFormat(Qt.TextFormat.PlainText)
    does = box.addButton(yes, QMessageBox.ButtonRole.DestructiveRole)
    leaves = box.addButton(no, QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(leaves)
    box.setEscapeButton(leaves)
    box.exec()
    chosen = box.clickedButton() is does
    box.deleteLater()
    return chosen
