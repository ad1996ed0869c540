"""Every hyper-parameter as a field with one line on what it does."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication, QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QLineEdit, QWidget

from asl_desktop.training import hyper_parameters
from asl_desktop.training.hyper_parameters import AUGMENTATION, GROUPS, HyperParameter
from asl_desktop.widgets import theme
from asl_desktop.widgets.theme import SPACE


class Advanced(QWidget):
    """A form of all hyper-parameters."""

    changed = Signal()
    """A value was changed, by the user or by `set_values`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.fields: dict[str, QLineEdit | QComboBox] = {}
        self._of_network: list[QWidget] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(SPACE)
        self._grid.setVerticalSpacing(SPACE // 4)
        self._grid.setColumnStretch(1, 1)
        for title, parameters in GROUPS:
            heading = QLabel(_translated(title))
            theme.scale(heading, 1.0, bold=True)
            self._grid.addWidget(heading, self._grid.rowCount(), 0, 1, 2)
            for parameter in parameters:
                self._add(parameter)

    def values(self) -> dict[str, str]:
        """All values by flag."""
        return {
            flag: field.currentText() if isinstance(field, QComboBox) else field.text()
            for flag, field in self.fields.items()
        }

    def set_values(self, values: Mapping[str, str]) -> None:
        """Shows values by flag."""
        with QSignalBlocker(self):
            self._set(values)
        self.changed.emit()

    def _set(self, values: Mapping[str, str]) -> None:
        for flag, value in values.items():
            field = self.fields[flag]
            if isinstance(field, QComboBox):
                field.setCurrentText(value)
            else:
                field.setText(value)
                field.setCursorPosition(0)

    def set_network_given(self, given: bool) -> None:
        """With a network to go on from, its own settings cannot be changed."""
        for widget in self._of_network:
            widget.setEnabled(not given)

    def _add(self, parameter: HyperParameter) -> None:
        name, hint = _translated(parameter.name), _translated(parameter.hint)
        field: QLineEdit | QComboBox
        if parameter.choices:
            field = QComboBox()
            field.addItems(parameter.choices)
            field.currentTextChanged.connect(self.changed)
            if parameter.flag == AUGMENTATION:
                field.activated.connect(self._take_augmentation)
        else:
            field = QLineEdit()
            field.textChanged.connect(self.changed)
        field.setMinimumWidth(60)
        field.setAccessibleName(name)
        field.setAccessibleDescription(hint)
        label = QLabel(name)
        label.setBuddy(field)
        explained = QLabel(hint)
        explained.setWordWrap(True)
        explained.setProperty("muted", True)
        theme.scale(explained, 0.9)
        explained.setContentsMargins(0, 0, 0, SPACE)
        row = self._grid.rowCount()
        self._grid.addWidget(label, row, 0)
        self._grid.addWidget(field, row, 1)
        self._grid.addWidget(explained, row + 1, 0, 1, 2)
        self.fields[parameter.flag] = field
        if parameter.of_network:
            self._of_network += [label, field]

    def _take_augmentation(self) -> None:
        self.set_values(hyper_parameters.changes_of(self.values()[AUGMENTATION]))


def _translated(text: str) -> str:
    return QCoreApplication.translate(hyper_parameters.CONTEXT, text)
