"""What a user can do with the text."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction

SUGGESTIONS = 3


class TextActions(QObject):
    """Actions of the Text menu and of the text strip.

    Args:
        make: Makes an action of text, shortcut and hint; `checkable` is its one keyword.
        parent: Qt's parent.
    """

    def __init__(self, make: Callable[..., QAction], parent: QObject) -> None:
        super().__init__(parent)
        self.type_by_signing = make(
            self.tr("&Type by signing"),
            "Ctrl+T",
            self.tr("Add a letter to the text when its sign is held"),
            checkable=True,
        )
        self.show_strip = make(
            self.tr("Show the te&xt"),
            "Ctrl+Shift+T",
            self.tr("Show the text below the image"),
            checkable=True,
        )
        self.edit = make(
            self.tr("&Go to the text"), "Ctrl+J", self.tr("Edit the text with the keyboard")
        )
        self.suggestions = [
            make(
                self.tr("Take word &{0}").replace("{0}", str(number)),
                f"Alt+{number}",
                self.tr("Finish the word that was begun with this suggestion"),
            )
            for number in range(1, SUGGESTIONS + 1)
        ]
        self.space = make(self.tr("&Space"), "Shift+Space", self.tr("Add a space to the text"))
        self.delete = make(
            self.tr("&Delete"), "Shift+Backspace", self.tr("Delete the letter before the cursor")
        )
        self.undo = make(self.tr("&Undo"), "Ctrl+Z", self.tr("Take back the last change"))
        self.clear = make(
            self.tr("&Clear"),
            "Ctrl+Shift+Backspace",
            self.tr("Delete the whole text; can be undone"),
        )
        self.speak = make(self.tr("S&peak"), "Ctrl+Shift+S", self.tr("Read the text aloud"))
        self.copy = make(
            self.tr("C&opy"), "Ctrl+Shift+C", self.tr("Copy the whole text for other programs")
        )
        self.save = make(self.tr("S&ave…"), "Ctrl+S", self.tr("Save the text as a file"))

    @property
    def groups(self) -> list[list[QAction]]:
        """All of them, as the menu divides them."""
        return [
            [self.type_by_signing, self.show_strip, self.edit],
            self.suggestions,
            [self.space, self.delete, self.undo, self.clear],
            [self.speak, self.copy, self.save],
        ]

    @property
    def all(self) -> list[QAction]:
        """All of them, for the list of shortcuts."""
        return [action for group in self.groups for action in group]
