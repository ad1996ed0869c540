"""What a run learns from, and how: images, validation, preset, hyper-parameters."""

from __future__ import annotations

import argparse
import os
import shlex
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QLabel,
    QToolButton,
    QVBoxLayout,
)

from asl_desktop.settings import Settings
from asl_desktop.training import hyper_parameters, presets
from asl_desktop.training.advanced import Advanced
from asl_desktop.training.download import Download
from asl_desktop.training.file_list import FileList
from asl_desktop.training.presets import PRESETS, Preset
from asl_desktop.widgets import theme
from asl_desktop.widgets.parts import plain_label
from asl_desktop.widgets.theme import SPACE
from trainer.commands.find_hands import FindHands
from trainer.commands.recipe_arguments import arguments_of, texts_from, texts_of
from trainer.letters import Convention
from trainer.training.recipe import Recipe

_CHOICES = "training/choices"
"""Key of the settings: labels, hands, validation."""

OWN_FILES = "files"
"""Choice of validation: files of their own."""


class RecipeCard(QFrame):
    """The left column of the tab, which makes the arguments of `trainer train`.

    Args:
        settings: What is remembered.
        loaded: Gives the weight file that reads live, to start from.
    """

    changed = Signal()
    """Other files, or other ways to read them."""

    error = Signal(str)
    """Why files cannot be had or used, in one sentence."""

    def __init__(self, settings: Settings, loaded: Callable[[], Path]) -> None:
        super().__init__()
        self._settings = settings
        self._loaded = loaded
        self._start_from: Path | None = None
        self._further: list[str] = []
        """Arguments of a loaded run that no field shows."""
        self._usual: dict[str, str] = {}
        self.setObjectName("card")
        self.files = FileList(
            settings,
            "training/files",
            self.tr("Training files"),
            self.tr("Add files…"),
            self.tr("Folder…"),
            self.tr("Remove"),
        )
        self.download = Download()
        self.validation = QComboBox()
        for text, value in (
            (self.tr("Other photographs"), "photograph"),
            (self.tr("Other people"), "user"),
            (self.tr("Files of their own"), OWN_FILES),
            (self.tr("Random rows (leaks)"), "random"),
            (self.tr("Nothing"), ""),
        ):
            self.validation.addItem(text, value)
        self.validation_hint = self._hint()
        self.validation_files = FileList(
            settings,
            "training/validation-files",
            self.tr("Validation files"),
            self.tr("Add files…"),
            self.tr("Folder…"),
            self.tr("Remove"),
        )
        self.labels = QComboBox()
        for text, value in (
            (self.tr("Detect automatically"), ""),
            (self.tr("0–24 without 9 (10 is K)"), "gap"),
            (self.tr("0–23 without a gap (9 is K)"), "no-gap"),
        ):
            self.labels.addItem(text, value)
        self.hands = QComboBox()
        for text, value in (
            (self.tr("Crop images that are not square"), FindHands.AUTO),
            (self.tr("Crop every image"), FindHands.ALWAYS),
            (self.tr("Take images whole"), FindHands.NEVER),
        ):
            self.hands.addItem(text, value)
        self.hands.setToolTip(
            self.tr("Whether the hand is found and cropped in images that come without a hand box")
        )
        self._restore_choices()
        self.preset = QComboBox()
        for preset in PRESETS:
            self.preset.addItem(QCoreApplication.translate(presets.CONTEXT, preset.name))
        self.purpose = self._hint()
        self.advanced_button = QToolButton()
        self.advanced_button.setCheckable(True)
        self.advanced_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.advanced = Advanced()
        self.advanced.hide()
        self._lay_out()
        self.files.changed.connect(self.changed)
        self.validation_files.changed.connect(self.changed)
        for files in (self.files, self.validation_files):
            files.error.connect(self.error)
        for choice in (self.labels, self.hands, self.validation):
            choice.currentIndexChanged.connect(self._remember_choices)
        self.labels.currentIndexChanged.connect(self.changed)
        self.hands.currentIndexChanged.connect(self.changed)
        self.validation.currentIndexChanged.connect(self._show_validation)
        self.download.arrived.connect(lambda files: self.add_files(files[:1]))
        self.download.error.connect(self.error)
        self.preset.currentIndexChanged.connect(self._take_preset)
        self.advanced_button.toggled.connect(self._show_advanced)
        self.advanced.changed.connect(self._count_changes)
        self._take_preset()
        self._show_validation()

    @property
    def paths(self) -> list[Path]:
        """The training files."""
        return self.files.paths

    @property
    def validation_paths(self) -> list[Path]:
        """The validation files, where they are files of their own."""
        return self.validation_files.paths if self._own_files else []

    @property
    def ready(self) -> bool:
        """Whether there are training files, and validation files where these are meant."""
        return bool(self.paths) and (not self._own_files or bool(self.validation_paths))

    @property
    def convention(self) -> Convention | None:
        """How CSV files number the letters; None: detected automatically."""
        value = self.labels.currentData()
        return Convention(value) if value else None

    @property
    def find_hands(self) -> FindHands:
        """In which images without a hand box the hand is searched for."""
        return FindHands(self.hands.currentData())

    @property
    def read_files(self) -> list[Path]:
        """Everything that a run with this recipe reads."""
        start = [self._start()] if self._preset.from_loaded else []
        return [*self.paths, *self.validation_paths, *start]

    def add_files(self, paths: Sequence[Path]) -> None:
        """Adds training files."""
        self.files.add(paths)

    def arguments(self) -> list[str]:
        """The arguments of `trainer train` for what this card shows."""
        result = ["--train", *map(str, self.paths)]
        if self._own_files:
            result += ["--validation", *map(str, self.validation_paths)]
        elif self.validation.currentData():
            result += ["--validate", self.validation.currentData()]
        result += self._ways_to_read()
        if self._preset.from_loaded:
            result += ["--fine-tune", str(self._start())]
        return [*result, *self._further, *arguments_of(self.advanced.values())]

    def showEvent(self, event: QShowEvent) -> None:
        """Other weights may read live by now."""
        self._say_purpose()

    def search_arguments(self) -> list[str]:
        """The arguments of `trainer search` that name the data."""
        # A search holds rows out of these files, whatever the runs are measured on.
        protocol = "" if self._own_files else self.validation.currentData()
        result = ["--train", *map(str, self.paths), "--validate", protocol or "photograph"]
        return [*result, *self._ways_to_read()]

    def _ways_to_read(self) -> list[str]:
        result = []
        if self.labels.currentData():
            result += ["--labels", self.labels.currentData()]
        if self.find_hands is not FindHands.AUTO:
            result += ["--find-hands", str(self.find_hands)]
        return result

    def take_recipe(self, recipe: Recipe) -> None:
        """Shows a recipe for training from fresh weights."""
        self._start_from, self._further = None, []
        self._show_values(texts_of(recipe))

    def take(self, arguments: Sequence[str]) -> None:
        """Shows the arguments of a run; those that are not understood change nothing."""
        run = hyper_parameters.parsed([*arguments, "--out", "x"])
        if run is None:
            return
        self._start_from, self._further = run.start_from, _further(run)
        self._show_values(texts_from(run))
        choice = OWN_FILES if run.validation else str(run.validate or "")
        self.validation.setCurrentIndex(self.validation.findData(choice))
        self.labels.setCurrentIndex(self.labels.findData(str(run.labels or "")))
        self.hands.setCurrentIndex(self.hands.findData(str(run.find_hands)))
        self.files.set_paths([Path(os.path.realpath(path)) for path in run.train])
        self.validation_files.set_paths([Path(os.path.realpath(path)) for path in run.validation])

    def _show_values(self, values: dict[str, str]) -> None:
        with QSignalBlocker(self.preset):
            self.preset.setCurrentIndex(_nearest(values, self._start_from is not None))
        self._take_preset()
        self.advanced.set_values(values)

    @property
    def _preset(self) -> Preset:
        return PRESETS[self.preset.currentIndex()]

    @property
    def _own_files(self) -> bool:
        return bool(self.validation.currentData() == OWN_FILES)

    def _start(self) -> Path:
        return self._start_from or self._loaded()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        layout.setSpacing(SPACE)
        layout.addWidget(self._title(self.tr("Training data")))
        layout.addWidget(self.files)
        layout.addWidget(self.download)
        self._add_choice(layout, self.tr("La&bels in the files"), self.labels)
        self._add_choice(layout, self.tr("Hands in the images"), self.hands)
        self._add_choice(layout, self.tr("Validate on"), self.validation)
        layout.addWidget(self.validation_hint)
        layout.addWidget(self.validation_files)
        layout.addSpacing(SPACE)
        self._add_choice(layout, self.tr("Recipe"), self.preset, bold=True)
        layout.addWidget(self.purpose)
        layout.addWidget(self.advanced_button)
        layout.addWidget(self.advanced)
        layout.addStretch(1)

    def _restore_choices(self) -> None:
        """Shows how the remembered files were read last."""
        choices = (self.labels, self.hands, self.validation)
        for choice, value in zip(choices, self._settings.remembered(_CHOICES), strict=False):
            choice.setCurrentIndex(max(choice.findData(value), 0))

    def _remember_choices(self) -> None:
        choices = (self.labels, self.hands, self.validation)
        self._settings.remember(_CHOICES, [str(choice.currentData()) for choice in choices])

    @classmethod
    def _add_choice(
        cls, layout: QVBoxLayout, text: str, choice: QComboBox, *, bold: bool = False
    ) -> None:
        label = cls._title(text) if bold else QLabel(text)
        label.setBuddy(choice)
        choice.setAccessibleName(text.replace("&", ""))
        layout.addWidget(label)
        layout.addWidget(choice)

    @staticmethod
    def _title(text: str) -> QLabel:
        label = QLabel(text)
        theme.scale(label, 1.0, bold=True)
        return label

    @staticmethod
    def _hint() -> QLabel:
        label = plain_label()
        label.setWordWrap(True)
        label.setProperty("muted", True)
        return label

    def _show_validation(self) -> None:
        self.validation_files.setVisible(self._own_files)
        self.validation_hint.setText(
            {
                "photograph": self.tr(
                    "A fifth of the photographs, with all their variants. The people are the same."
                ),
                "user": self.tr(
                    "One person's images. Known for the two Sign Language MNIST files only."
                ),
                OWN_FILES: self.tr("All images of these files; none of them are trained on."),
                "random": self.tr(
                    "⚠ Leaks: variants of one photograph are on both sides, so the result is too "
                    "good to be true."
                ),
                "": self.tr("All images are trained on, so no epoch is known to be the best."),
            }[self.validation.currentData()]
        )
        self.changed.emit()

    def _take_preset(self) -> None:
        preset = self._preset
        if self.sender() is self.preset:
            self._start_from, self._further = None, []
        self._say_purpose()
        self.advanced.set_network_given(preset.from_loaded)
        self._usual = texts_of(preset.recipe)
        self.advanced.set_values(self._usual)

    def _say_purpose(self) -> None:
        text = QCoreApplication.translate(presets.CONTEXT, self._preset.purpose)
        if self._preset.from_loaded:
            text += " " + self.tr("Now: {0}.").replace("{0}", self._start().name)
        if self._further:
            text += " " + self.tr("Also: {0}").replace("{0}", shlex.join(self._further))
        self.purpose.setText(text)

    def _show_advanced(self, shown: bool) -> None:
        self.advanced.setVisible(shown)
        self._count_changes()

    def _count_changes(self) -> None:
        now = self.advanced.values()
        count = sum(now[flag].strip() != value for flag, value in self._usual.items())
        text = self.tr("Advanced")
        if count:
            text += " " + self.tr("({0} changed)").replace("{0}", str(count))
        self.advanced_button.setText(text)
        self.advanced_button.setArrowType(
            Qt.ArrowType.DownArrow if self.advanced_button.isChecked() else Qt.ArrowType.RightArrow
        )


def _further(run: argparse.Namespace) -> list[str]:
    """The arguments of a run that decide its weights and that no field shows."""
    left_out = [f"{source}:{letters}" for source, letters in run.leave_out]
    named = {
        "--leave-out": left_out,
        "--teacher": list(map(str, run.teacher)),
        "--replay": list(map(str, run.replay)),
        "--initial-weights": [str(run.initial_weights)] if run.initial_weights else [],
    }
    return [word for flag, words in named.items() if words for word in (flag, *words)]


def _nearest(values: dict[str, str], from_loaded: bool) -> int:
    """Index of the preset that differs least from these values."""

    def distance(index: int) -> tuple[bool, int]:
        preset = PRESETS[index]
        usual = texts_of(preset.recipe)
        differing = sum(values[flag] != value for flag, value in usual.items())
        return preset.from_loaded != from_loaded, differing

    return min(range(len(PRESETS)), key=distance)
