"""What to learn from and how: pictures, validation, preset, hyper-parameters."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from asl_desktop import file_dialogs, fonts
from asl_desktop.settings import Settings
from asl_desktop.theme import SPACE
from asl_desktop.training.presets import PRESETS, Preset

DATA_ENDINGS = (".csv", ".gz", ".npz")


class RecipeCard(QFrame):
    """The left column of the tab. `arguments` says it in the words of `trainer train`."""

    changed = Signal()
    """Files were added or removed."""

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self.setObjectName("card")
        self.setAcceptDrops(True)
        self.files = QListWidget()
        self.files.setAccessibleName(self.tr("Files to learn from"))
        self.files.setMinimumHeight(64)
        self.files.setMaximumHeight(96)
        self.add_button = QPushButton(self.tr("&Add files…"))
        self.remove_button = QPushButton(self.tr("Re&move"))
        self.validation = QComboBox()
        for text, value in (
            (self.tr("Other photographs"), "photograph"),
            (self.tr("Other people"), "user"),
            (self.tr("Random rows (leaks: too good)"), "random"),
            (self.tr("Nothing"), ""),
        ):
            self.validation.addItem(text, value)
        self.labels = QComboBox()
        for text, value in (
            (self.tr("Decided by rule"), ""),
            (self.tr("0–24 without 9 (10 is K)"), "gap"),
            (self.tr("0–23 without a gap (9 is K)"), "no-gap"),
        ):
            self.labels.addItem(text, value)
        self.preset = QComboBox()
        self.preset.addItems([preset.name for preset in PRESETS])
        self.purpose = QLabel()
        self.purpose.setWordWrap(True)
        self.purpose.setProperty("muted", True)
        self.hidden, self.epochs, self.batch_size, self.learning_rate, self.seed = (
            QLineEdit() for _ in range(5)
        )
        self._lay_out()
        self.add_button.clicked.connect(self._ask)
        self.remove_button.clicked.connect(self._remove)
        self.preset.currentIndexChanged.connect(self._take_preset)
        self.files.itemSelectionChanged.connect(self._update)
        self._take_preset(0)
        self._update()

    @property
    def paths(self) -> list[Path]:
        """The chosen files."""
        return [Path(self.files.item(i).text()) for i in range(self.files.count())]

    def add_files(self, paths: Sequence[Path]) -> None:
        """Adds files that are not in the list yet."""
        known = self.paths
        self.files.addItems([str(path) for path in paths if path not in known])
        self._update()
        self.changed.emit()

    def arguments(self) -> list[str]:
        """The arguments of `trainer train` that say what this card says."""
        result = ["--train", *map(str, self.paths)]
        if self.validation.isEnabled() and self.validation.currentData():
            result += ["--validate", self.validation.currentData()]
        if self.labels.currentData():
            result += ["--labels", self.labels.currentData()]
        for flag, field in (
            ("--hidden", self.hidden),
            ("--epochs", self.epochs),
            ("--batch-size", self.batch_size),
            ("--learning-rate", self.learning_rate),
            ("--seed", self.seed),
        ):
            result += [flag, field.text().strip()]
        return [*result, *self._preset.more]

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Takes data files."""
        if self._dropped(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Adds the files that were dropped."""
        self.add_files(self._dropped(event))
        event.acceptProposedAction()

    @property
    def _preset(self) -> Preset:
        return PRESETS[self.preset.currentIndex()]

    @staticmethod
    def _dropped(event: QDropEvent) -> list[Path]:
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        return [path for path in paths if path.suffix.lower() in DATA_ENDINGS]

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        layout.setSpacing(SPACE)
        layout.addWidget(self._title(self.tr("Learn from")))
        layout.addWidget(self.files)
        buttons = QHBoxLayout()
        buttons.addWidget(self.add_button)
        buttons.addWidget(self.remove_button)
        layout.addLayout(buttons)
        form = QFormLayout()
        form.setVerticalSpacing(SPACE)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        form.addRow(self.tr("&Labels"), self.labels)
        form.addRow(self.tr("&Hold out"), self.validation)
        layout.addLayout(form)
        layout.addSpacing(SPACE)
        layout.addWidget(self._title(self.tr("Recipe")))
        layout.addWidget(self.preset)
        layout.addWidget(self.purpose)
        numbers = QFormLayout()
        numbers.setVerticalSpacing(SPACE)
        for name, field, hint in (
            (self.tr("&Widths"), self.hidden, self.tr("Of the hidden layers, such as 512,256")),
            (self.tr("&Epochs"), self.epochs, self.tr("Passes over all pictures")),
            (self.tr("&Batch"), self.batch_size, self.tr("Pictures a step learns from")),
            (self.tr("&Rate"), self.learning_rate, self.tr("How far a step goes, at its peak")),
            (self.tr("See&d"), self.seed, self.tr("The same seed gives the same weights")),
        ):
            field.setToolTip(hint)
            field.setAccessibleDescription(hint)
            numbers.addRow(name, field)
        layout.addLayout(numbers)
        layout.addStretch(1)

    @staticmethod
    def _title(text: str) -> QLabel:
        label = QLabel(text)
        fonts.scale(label, 1.0, bold=True)
        return label

    def _ask(self) -> None:
        path = file_dialogs.ask_for_file(
            self,
            self.tr("Add pictures to learn from"),
            self._settings.folder("training"),
            f"{self.tr('Pictures with letters')} ({' '.join('*' + e for e in DATA_ENDINGS)})",
        )
        if path:
            self._settings.set_folder("training", Path(path).parent)
            self.add_files([Path(path)])

    def _remove(self) -> None:
        for item in self.files.selectedItems():
            self.files.takeItem(self.files.row(item))
        self._update()
        self.changed.emit()

    def _take_preset(self, _: int) -> None:
        preset = self._preset
        self.purpose.setText(self.tr(preset.purpose))
        self.hidden.setText(preset.hidden)
        self.epochs.setText(str(preset.epochs))
        self.batch_size.setText(str(preset.batch_size))
        self.learning_rate.setText(f"{preset.learning_rate:g}")
        self.seed.setText("0")

    def _update(self) -> None:
        self.remove_button.setEnabled(bool(self.files.selectedItems()))
        # Groups of photographs are known within one file only.
        self.validation.setEnabled(self.files.count() <= 1)
