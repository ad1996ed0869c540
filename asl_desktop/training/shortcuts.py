"""Keys for buttons whose letters are all taken."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QAbstractButton


def set_text(button: QAbstractButton, text: str, key: str, hint: str = "") -> None:
    """Gives a button a text, a key, and a hint that names the key.

    Setting a text takes a button's key away, so both are set together.
    """
    button.setText(text)
    button.setShortcut(QKeySequence(key))
    shown = button.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    button.setToolTip(f"{hint} ({shown})" if hint else shown)
