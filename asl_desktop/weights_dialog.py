"""What a network is, in words; the whole description is in a fold below."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QFileInfo, QLocale, Qt
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from asl_desktop.dialogs import Dialog
from asl_desktop.widgets import theme
from asl_desktop.widgets.parts import line, plain_label, plain_tip, switch
from asl_desktop.widgets.theme import SPACE

_TREE_HEIGHT = 300


class WeightsDialog(Dialog):
    """What a weight file is: kind, training data, accuracy, date and size.

    Args:
        name: What people call the network.
        path: The file.
        description: What `trainer.model.card.card` gave, with the layers' specs and the history.
        parent: Qt's parent.
    """

    def __init__(self, name: str, path: Path, description: dict[str, Any], parent: QWidget) -> None:
        super().__init__(QCoreApplication.translate("WeightsDialog", "Weights info"), parent)
        title = plain_label(name)
        theme.scale(title, 1.4, bold=True)
        self.facts = QFormLayout()
        self.facts.setHorizontalSpacing(2 * SPACE)
        for caption, words in (
            (self.tr("What it is"), self._kind(description)),
            (self.tr("Trained on"), self._data(description)),
            (self.tr("Accuracy"), self._accuracy(description)),
            (self.tr("Date of the file"), _date(path)),
            (self.tr("Size"), self._size(path, description)),
            (self.tr("File"), str(path)),
        ):
            value = line()
            value.setText(words)
            value.setMinimumWidth(400)
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            label = QLabel(caption)
            label.setProperty("muted", True)
            self.facts.addRow(label, value)
        self.details = switch("")
        self.details.setText(self.tr("&Details"))
        self.details.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.tree = QTreeWidget()
        self.tree.setHeaderHidden(True)
        self.tree.setColumnCount(2)
        self.tree.setWordWrap(True)
        self.tree.setAccessibleName(self.windowTitle())
        # Data and accuracy first, the layers last.
        for key in sorted(
            description, key=lambda key: (key not in ("data", "accuracy"), key == "layers")
        ):
            self.tree.addTopLevelItem(_item(key, description[key]))
        self.tree.expandToDepth(0)
        self._fit_names()
        self.tree.itemExpanded.connect(self._fit_names)
        self.tree.setMinimumHeight(_TREE_HEIGHT)
        self.column.addWidget(title)
        self.column.addLayout(self.facts)
        self.column.addWidget(self.details)
        self.column.addWidget(self.tree, 1)
        self.column.addStretch()
        self.add_buttons(QDialogButtonBox.StandardButton.Close)
        self.details.toggled.connect(self._fold)
        self._fold(False)

    def _fold(self, opened: bool) -> None:
        self.details.setArrowType(Qt.ArrowType.DownArrow if opened else Qt.ArrowType.RightArrow)
        self.tree.setVisible(opened)
        self.adjustSize()

    def _kind(self, description: dict[str, Any]) -> str:
        kinds = [layer.get("kind", "") for layer in description.get("layers", [])]
        convolutions = kinds.count("conv2d")
        words = (
            self.tr("A convolutional network (convolutions: {0}, fully-connected layers: {1})")
            if convolutions
            else self.tr("A fully-connected network (layers: {1})")
        )
        words = words.replace("{0}", str(convolutions)).replace("{1}", str(kinds.count("linear")))
        side = description.get("preprocessing", {}).get("size")
        reads = self.tr("{0}. It sees the hand as {1} × {1} gray pixels.")
        return reads.replace("{0}", words).replace("{1}", str(side))

    def _data(self, card: dict[str, Any]) -> str:
        names = [str(entry["name"]) for entry in card.get("data", [])] or list(
            card.get("files", {})
        )
        return ", ".join(names) or self.tr("The file does not say.")

    def _accuracy(self, card: dict[str, Any]) -> str:
        return "\n".join(
            self.tr("{0} % on {1}")
            .replace("{0}", f"{measured['accuracy'] * 100:.1f}")
            .replace("{1}", str(measured["on"]))
            for measured in card.get("accuracy", [])
        ) or self.tr("The file does not say; the model card lists what was measured.")

    def _size(self, path: Path, description: dict[str, Any]) -> str:
        try:
            # With a decimal point, as all numbers of the window.
            size = QLocale.c().formattedDataSize(path.stat().st_size)
        except OSError:
            size = "–"
        words = self.tr("{0} parameters, {1}")
        count = f"{int(description.get('parameters', 0)):,}"
        return words.replace("{0}", count).replace("{1}", size)

    def _fit_names(self) -> None:
        self.tree.resizeColumnToContents(0)
        self.tree.setColumnWidth(0, self.tree.columnWidth(0) + 2 * SPACE)


def _date(path: Path) -> str:
    """When the file was written, in the window's language."""
    written = QFileInfo(str(path)).lastModified().date()
    return QLocale().toString(written, QLocale.FormatType.LongFormat) or "–"


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
