"""A form of all hyper-parameters, each with one line on what it does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QLineEdit, QWidget

from asl_desktop.training.hyper_parameter_texts import PRESET, PRESET_HELP
from asl_desktop.training.hyper_parameters import GROUPS, translated
from asl_desktop.widgets import theme
from asl_desktop.widgets.theme import SPACE
from trainer.commands.recipe_arguments import AUGMENTATION
from trainer.support.hyper_parameter import HyperParameter, hyper_parameters
from trainer.training.augment import PRESETS, Augmentation

Field = QLineEdit | QComboBox


class Advanced(QWidget):
    """A form of all hyper-parameters, as texts by the flags of `trainer train`."""

    changed = Signal()
    """A value was changed, by the user or by `set_values`."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, Field] = {}
        self._of_network: list[QWidget] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(SPACE)
        self._grid.setVerticalSpacing(SPACE // 4)
        self._grid.setColumnStretch(1, 1)
        for title, parameters in GROUPS:
            heading = QLabel(translated(title))
            theme.scale(heading, 1.0, bold=True)
            self._grid.addWidget(heading, self._grid.rowCount(), 0, 1, 2)
            if title == GROUPS[-1][0]:
                preset = QComboBox()
                preset.activated.connect(self._take_augmentation)
                self._add(AUGMENTATION, PRESET, PRESET_HELP, preset, sorted(PRESETS))
            for parameter in parameters:
                self._add_parameter(parameter)

    def values(self) -> dict[str, str]:
        """All values by flag."""
        return {
            flag: field.currentText() if isinstance(field, QComboBox) else field.text()
            for flag, field in self.fields.items()
        }

    def set_values(self, values: Mapping[str, str]) -> None:
        """Shows values by flag."""
        with QSignalBlocker(self):
            for flag, value in values.items():
                field = self.fields[flag]
                if isinstance(field, QComboBox):
                    field.setCurrentText(value)
                else:
                    field.setText(value)
                    field.setCursorPosition(0)
        self.changed.emit()

    def set_network_given(self, given: bool) -> None:
        """Disables the settings that weights to start from decide."""
        for widget in self._of_network:
            widget.setEnabled(not given)

    def _add_parameter(self, parameter: HyperParameter) -> None:
        choices = ("off", "on") if parameter.kind is bool else parameter.choices
        field = QComboBox() if choices else QLineEdit()
        label = self._add(parameter.flag, parameter.name, parameter.help, field, choices)
        if parameter.of_network:
            self._of_network += [label, field]

    def _add(
        self, flag: str, name: str, help_text: str, field: Field, choices: Sequence[str]
    ) -> QLabel:
        name, help_text = translated(name), translated(help_text)
        if isinstance(field, QComboBox):
            field.addItems(choices)
            field.currentTextChanged.connect(self.changed)
        else:
            field.textChanged.connect(self.changed)
        field.setMinimumWidth(60)
        field.setAccessibleName(name)
        field.setAccessibleDescription(help_text)
        label = QLabel(name)
        label.setBuddy(field)
        explained = QLabel(help_text)
        explained.setWordWrap(True)
        explained.setProperty("muted", True)
        theme.scale(explained, 0.9)
        explained.setContentsMargins(0, 0, 0, SPACE)
        row = self._grid.rowCount()
        self._grid.addWidget(label, row, 0)
        self._grid.addWidget(field, row, 1)
        self._grid.addWidget(explained, row + 1, 0, 1, 2)
        self.fields[flag] = field
        return label

    def _take_augmentation(self) -> None:
        chosen = PRESETS[self.values()[AUGMENTATION]]
        self.set_values(
            {p.flag: p.text(getattr(chosen, p.key)) for p in hyper_parameters(Augmentation)}
        )
