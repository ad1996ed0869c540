"""What is in the files that were chosen, as soon as they are."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from asl_desktop import fonts
from asl_desktop.theme import SPACE
from asl_desktop.training.background import Background
from asl_desktop.training.letter_counts import LetterCounts
from asl_desktop.training.pictures import PictureList
from trainer.data.summary import Summary, summarise
from trainer.letters import Convention


class DataPage(QWidget):
    """Shape, letters and samples; or what is wrong with a file, and in which row."""

    summarised = Signal()
    """A summary, or why there is none, is shown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.background = Background(self)
        self.shape = QLabel()
        self.shape.setWordWrap(True)
        fonts.scale(self.shape, 1.0, bold=True)
        self.notes = QLabel()
        self.notes.setWordWrap(True)
        for label in (self.shape, self.notes):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.counts = LetterCounts()
        self.few = QLabel()
        self.few.setWordWrap(True)
        self.samples = PictureList(self.tr("Some pictures of each letter"), 56)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, SPACE, 0, 0)
        layout.setSpacing(SPACE)
        layout.addWidget(self.shape)
        layout.addWidget(self.counts)
        layout.addWidget(self.few)
        layout.addWidget(self.samples, 1)
        layout.addWidget(self.notes)
        self.background.done.connect(self._show)
        self.background.refused.connect(self._refuse)
        self.show_files([], [], None)

    def show_files(
        self, train: Sequence[Path], validation: Sequence[Path], convention: Convention | None
    ) -> None:
        """Reads files in the background and shows what is in them."""
        for widget in (self.counts, self.few, self.samples):
            widget.hide()
        self.notes.clear()
        if not train:
            self.background.forget()
            self.shape.setText(self.tr("No pictures yet"))
            self.notes.setText(
                self.tr(
                    "Add a CSV in the layout of Sign Language MNIST (label, pixel1 … pixel784), "
                    "or drop it here."
                )
            )
            return
        self.shape.setText(self.tr("Reading…"))
        train, validation = list(train), list(validation)
        self.background.run(
            lambda: (
                summarise(train, convention),
                summarise(validation, convention) if validation else None,
            )
        )

    def _show(self, result: tuple[Summary, Summary | None]) -> None:
        train, validation = result
        lines = list(train.shapes)
        if validation is not None:
            lines += [
                self.tr("To measure on: {0}").replace("{0}", shape) for shape in validation.shapes
            ]
        self.shape.setText("\n".join(lines))
        self.counts.show_counts(
            train.counts,
            None if validation is None else validation.counts,
            train.few + train.missing,
        )
        self.few.setText(self._about_letters(train, validation))
        self.samples.show_pictures(list(train.samples), list(train.sampled))
        self.notes.setText("\n".join(train.notes))
        self.counts.show()
        self.few.show()
        self.samples.show()
        self.summarised.emit()

    def _about_letters(self, train: Summary, validation: Summary | None) -> str:
        sentences = []
        if train.few:
            sentences.append(
                self.tr("! Few pictures: {0}, less than half of the usual number.").replace(
                    "{0}", ", ".join(train.few)
                )
            )
        if train.missing:
            sentences.append(self.tr("! No picture: {0}.").replace("{0}", ", ".join(train.missing)))
        if train.without_sign:
            sentences.append(
                self.tr("{0} pictures without a sign.").replace("{0}", f"{train.without_sign:,}")
            )
        if validation is not None:
            sentences.append(self.tr("The lines show the pictures to measure on."))
        return " ".join(sentences) or self.tr("Every letter has enough pictures.")

    def _refuse(self, reason: str) -> None:
        self.shape.setText(self.tr("⚠ These files cannot be learned from"))
        self.notes.setText(reason)
        self.summarised.emit()
