"""Small dialogs: a stream's address, the shortcuts, the weights, about."""

from __future__ import annotations

import platform
import re
from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from asl_desktop.actions import Actions, keys, plain_name
from asl_desktop.widgets import theme
from asl_desktop.widgets.parts import plain_label, plain_tip
from asl_desktop.widgets.theme import SPACE
from trainer.support.version import version

_STREAM = re.compile(r"(https?|rtsps?)://\S+", re.IGNORECASE)


class _Dialog(QDialog):
    """A dialog that does not block the window and deletes itself when closed."""

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(3 * SPACE, 3 * SPACE, 3 * SPACE, 2 * SPACE)
        self.column.setSpacing(2 * SPACE)

    def add_buttons(self, *kinds: QDialogButtonBox.StandardButton) -> QDialogButtonBox:
        """The row at the bottom."""
        buttons = QDialogButtonBox()
        for kind in kinds:
            buttons.addButton(kind)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.column.addWidget(buttons)
        return buttons


class StreamDialog(_Dialog):
    """Asks for a stream's address and accepts only http and rtsp addresses."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(QCoreApplication.translate("StreamDialog", "Open stream"), parent)
        label = QLabel(self.tr("&Address of an HTTP or RTSP stream"))
        self.address = QLineEdit()
        self.address.setPlaceholderText("http://192.168.1.20:8080/video")
        self.address.setMinimumWidth(420)
        label.setBuddy(self.address)
        self.column.addWidget(label)
        self.column.addWidget(self.address)
        buttons = self.add_buttons(
            QDialogButtonBox.StandardButton.Open, QDialogButtonBox.StandardButton.Cancel
        )
        self._open = buttons.button(QDialogButtonBox.StandardButton.Open)
        self._open.setEnabled(False)
        self.address.textChanged.connect(
            lambda text: self._open.setEnabled(_STREAM.fullmatch(text.strip()) is not None)
        )

    @property
    def text(self) -> str:
        """The address."""
        return self.address.text().strip()


class ShortcutsDialog(_Dialog):
    """All shortcuts, including those of the hand box."""

    def __init__(self, actions: Actions, parent: QWidget) -> None:
        super().__init__(
            QCoreApplication.translate("ShortcutsDialog", "Keyboard shortcuts"), parent
        )
        columns = QHBoxLayout()
        columns.setSpacing(6 * SPACE)
        columns.addLayout(
            self._column(
                self.tr("Everywhere"),
                _rows(a for a in actions.with_shortcuts if a not in actions.text.all),
            )
        )
        right = QVBoxLayout()
        right.setSpacing(2 * SPACE)
        right.addLayout(self._column(self.tr("For the text"), _rows(actions.text.all)))
        right.addLayout(
            self._column(
                self.tr("On the image with the hand box"),
                [
                    (self.tr("Move the box"), self.tr("Arrow keys")),
                    (self.tr("Resize the box"), self.tr("Shift + arrow keys")),
                    ("", self.tr("+ and −")),
                    (self.tr("In fine steps"), self.tr("Ctrl with these")),
                    (self.tr("Reset the box"), self.tr("Home")),
                    (self.tr("Dismiss a message"), self.tr("Esc")),
                ],
            )
        )
        columns.addLayout(right)
        self.column.addLayout(columns)
        self.add_buttons(QDialogButtonBox.StandardButton.Close)

    @staticmethod
    def _column(title: str, rows: list[tuple[str, str]]) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(3 * SPACE)
        grid.setVerticalSpacing(SPACE // 2)
        grid.setColumnStretch(0, 1)
        heading = QLabel(title)
        theme.scale(heading, 1.1, bold=True)
        grid.addWidget(heading, 0, 0, 1, 2)
        for index, (name, shortcut) in enumerate(rows, start=1):
            grid.addWidget(QLabel(name), index, 0)
            label = QLabel(shortcut)
            label.setProperty("muted", True)
            grid.addWidget(label, index, 1)
        grid.setRowStretch(len(rows) + 1, 1)
        return grid


def _rows(actions: Iterable[QAction]) -> list[tuple[str, str]]:
    return [(plain_name(action), keys(action)) for action in actions]


class AboutDialog(_Dialog):
    """What this program does and does not do."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(QCoreApplication.translate("AboutDialog", "About ASL Desktop"), parent)
        title = QLabel("ASL Desktop")
        theme.scale(title, 1.6, bold=True)
        text = QLabel(
            self.tr(
                "Reads the letters of the American Sign Language alphabet from a camera, with a "
                "neural network written in NumPy that you can train anew.\n\n"
                "Fingerspelling is a small part of ASL, which is a language of its own with its "
                "own grammar. This program spells; it does not translate. J and Z are signed "
                "with a movement and are not read.\n\n"
                "No image leaves this computer."
            )
        )
        text.setWordWrap(True)
        text.setMinimumWidth(440)
        versions = QLabel(
            self.tr("Version {0}, Python {1}. Free software under the MIT licence.")
            .replace("{0}", version())
            .replace("{1}", platform.python_version())
        )
        versions.setProperty("muted", True)
        for widget in (title, text, versions):
            self.column.addWidget(widget)
        self.add_buttons(QDialogButtonBox.StandardButton.Close)


class WeightsDialog(_Dialog):
    """A weight file's description as a tree.

    Args:
        path: The file.
        description: What `trainer.model.weights.describe` gave.
        parent: Qt's parent.
    """

    def __init__(self, path: str, description: dict[str, Any], parent: QWidget) -> None:
        super().__init__(QCoreApplication.translate("WeightsDialog", "Weights info"), parent)
        name = plain_label(path)
        name.setWordWrap(True)
        name.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.tree = QTreeWidget()
        self.tree.setHeaderHidden(True)
        self.tree.setColumnCount(2)
        self.tree.setWordWrap(True)
        self.tree.setAccessibleName(self.windowTitle())
        # Origin and accuracy first, then the layers.
        for key in sorted(description, key=lambda key: (key != "about", key != "parameters")):
            self.tree.addTopLevelItem(_item(key, description[key]))
        self.tree.expandToDepth(0)
        self._fit_names()
        self.tree.itemExpanded.connect(self._fit_names)
        self.tree.setMinimumSize(560, 380)
        self.column.addWidget(name)
        self.column.addWidget(self.tree, 1)
        self.add_buttons(QDialogButtonBox.StandardButton.Close)

    def _fit_names(self) -> None:
        self.tree.resizeColumnToContents(0)
        self.tree.setColumnWidth(0, self.tree.columnWidth(0) + 2 * SPACE)


def _item(key: str, value: Any) -> QTreeWidgetItem:
    """An item for a JSON value; containers can be expanded."""
    name = key.replace("_", " ")
    if isinstance(value, dict):
        item = QTreeWidgetItem([name])
        item.addChildren([_item(str(k), v) for k, v in value.items()])
    elif _opens_up(value):
        item = QTreeWidgetItem([name])
        item.addChildren([_part(str(index), v) for index, v in enumerate(value, start=1)])
    else:
        item = QTreeWidgetItem([name, _flat(value)])
        item.setToolTip(1, plain_tip(item.text(1)))
    return item


def _part(index: str, value: Any) -> QTreeWidgetItem:
    """One of a list: a layer in a line, the history of one of several teachers as a tree."""
    nested = isinstance(value, dict) and any(isinstance(part, dict) for part in value.values())
    return _item(index, value if nested else _flat(value))


def _opens_up(value: Any) -> bool:
    """Whether a value is a list of descriptions, which needs more than one line."""
    return isinstance(value, list) and any(isinstance(part, dict) for part in value)


def _flat(value: Any) -> str:
    if isinstance(value, dict):
        # A layer's kind needs no key.
        return ", ".join(
            _flat(part) if key == "kind" else f"{key} {_flat(part)}" for key, part in value.items()
        )
    if isinstance(value, list):
        return ", ".join(_flat(part) for part in value)
    if isinstance(value, float):
        return f"{value:.6g}"
    return f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str(value)
