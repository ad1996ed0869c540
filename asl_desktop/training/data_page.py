"""A summary of the chosen files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QLabel, QSizePolicy, QToolTip, QVBoxLayout, QWidget

from asl_desktop.background.tasks import Background
from asl_desktop.widgets import theme
from asl_desktop.widgets.image_list import ImageList
from asl_desktop.widgets.theme import SPACE, accent_colour, muted_colour, stage_colour
from trainer.data.hands import HandFinding
from trainer.data.summary import Summary, summarise
from trainer.data.unpack import Purpose
from trainer.letters import CLASSES, LETTERS, Convention


class DataPage(QWidget):
    """Shape, letters and sample images, or the faulty row of a file."""

    summarised = Signal()
    """A summary or an error is shown."""

    def __init__(self) -> None:
        super().__init__()
        self.background = Background(self)
        self.shape = QLabel()
        self.shape.setWordWrap(True)
        theme.scale(self.shape, 1.0, bold=True)
        self.notes = QLabel()
        self.notes.setWordWrap(True)
        for label in (self.shape, self.notes):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.counts = LetterCounts()
        self.few = QLabel()
        self.few.setWordWrap(True)
        self.samples = ImageList(self.tr("Some images of each letter"), 56)
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
        self,
        train: Sequence[Path],
        validation: Sequence[Path],
        convention: Convention | None,
        hands: HandFinding | None = None,
    ) -> None:
        """Reads files in the background and shows what is in them."""
        for widget in (self.counts, self.few, self.samples):
            widget.hide()
        self.notes.clear()
        if not train:
            self.background.forget()
            self.shape.setText(self.tr("No images yet"))
            self.notes.setText(
                self.tr(
                    "Add images with letters, or drop them here: folders named by letter or "
                    "number, a table such as that of Sign Language MNIST, an archive of either, or "
                    "images with YOLO, COCO, Pascal VOC or Roboflow annotations."
                )
            )
            return
        self.shape.setText(self.tr("Reading…"))
        train, validation = list(train), list(validation)
        self.background.run(
            lambda: (
                summarise(train, convention, hands=hands),
                summarise(validation, convention, purpose=Purpose.TEST, hands=hands)
                if validation
                else None,
            )
        )

    def _show(self, result: tuple[Summary, Summary | None]) -> None:
        train, validation = result
        lines = list(train.shapes)
        if validation is not None:
            lines += [
                self.tr("For validation: {0}").replace("{0}", shape) for shape in validation.shapes
            ]
        self.shape.setText("\n".join(lines))
        self.counts.show_counts(
            train.counts,
            None if validation is None else validation.counts,
            train.few + train.missing,
        )
        self.few.setText(self._about_letters(train, validation))
        self.samples.show_images(list(train.samples), list(train.sampled))
        self._show_notes([*train.notes, *(validation.notes if validation else ())])
        self.counts.show()
        self.few.show()
        self.samples.show()
        self.summarised.emit()

    def _about_letters(self, train: Summary, validation: Summary | None) -> str:
        sentences = []
        if train.few:
            sentences.append(
                self.tr("! Few images: {0}, less than half of the usual number.").replace(
                    "{0}", ", ".join(train.few)
                )
            )
        if train.missing:
            sentences.append(self.tr("! No image: {0}.").replace("{0}", ", ".join(train.missing)))
        if train.without_sign:
            sentences.append(
                self.tr("{0} no-sign images.").replace("{0}", f"{train.without_sign:,}")
            )
        if validation is not None:
            sentences.append(self.tr("The lines show the validation images."))
        return " ".join(sentences) or self.tr("Every letter has enough images.")

    def _show_notes(self, notes: Sequence[str]) -> None:
        """Shows what the trainer says, and where this window has the options that it names."""
        lines = list(notes)
        for option, here in (
            ("--labels", self.tr("Labels in the files")),
            ("--find-hands", self.tr("Hands in the images")),
        ):
            if any(option in note for note in notes):
                text = self.tr("{0} is the choice “{1}” on the left.")
                lines.append(text.replace("{0}", option).replace("{1}", here))
        self.notes.setText("\n".join(lines))

    def _refuse(self, reason: str) -> None:
        self.shape.setText(self.tr("⚠ These files cannot be used for training"))
        self._show_notes([reason])
        self.summarised.emit()


_MARK = "!"


class LetterCounts(QWidget):
    """A bar for each letter; marked letters have a sign, lines show the validation images."""

    def __init__(self) -> None:
        super().__init__()
        self._counts = np.zeros(CLASSES, np.int64)
        self._second = np.zeros(CLASSES, np.int64)
        self._marked = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setMinimumHeight(90)
        self.setAccessibleName(self.tr("Images of each letter"))
        self.setMouseTracking(True)

    @property
    def marked(self) -> str:
        """The letters that are marked."""
        return self._marked

    def show_counts(
        self, counts: NDArray[np.int64], second: NDArray[np.int64] | None, marked: str
    ) -> None:
        """Shows (24,) numbers of training and of validation images, and marks some letters."""
        self._counts = counts
        self._second = np.zeros(CLASSES, np.int64) if second is None else second
        self._marked = marked
        pairs = zip(LETTERS, counts.tolist(), strict=True)
        self.setAccessibleDescription(", ".join(f"{letter} {count}" for letter, count in pairs))
        self.update()

    def sizeHint(self) -> QSize:
        """Wide and low."""
        return QSize(420, 120)

    def event(self, event: QEvent) -> bool:
        """Shows the numbers of the letter under the mouse."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            index = int(event.pos().x() / max(self.width() / CLASSES, 1e-9))
            if 0 <= index < CLASSES:
                text = f"{LETTERS[index]}: {self._counts[index]:,}"
                if self._second[index]:
                    text += f" + {self._second[index]:,}"
                QToolTip.showText(event.globalPos(), text, self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints bars, letters and marks."""
        painter = QPainter(self)
        line = self.fontMetrics().height()
        room = QRectF(0, line, self.width(), self.height() - 2 * line - 2)
        width = room.width() / CLASSES
        most = max(int(self._counts.max()), int(self._second.max()), 1)
        text = self.palette().color(QPalette.ColorRole.WindowText)
        for index, letter in enumerate(LETTERS):
            left = room.left() + index * width
            place = QRectF(left + width * 0.15, room.top(), width * 0.7, room.height())
            painter.fillRect(place, stage_colour(self))
            height = room.height() * int(self._counts[index]) / most
            bar = QRectF(place.left(), room.bottom() - height, place.width(), height)
            marked = letter in self._marked
            painter.fillRect(bar, muted_colour(self) if marked else accent_colour(self))
            if self._second[index]:
                height = room.height() * int(self._second[index]) / most
                painter.setPen(QPen(text, 1.5))
                top = round(room.bottom() - height)
                painter.drawLine(round(place.left()), top, round(place.right()), top)
            painter.setPen(text)
            middle = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(QRectF(left, room.bottom() + 2, width, line), middle, letter)
            if marked:
                painter.drawText(QRectF(left, 0, width, line), middle, _MARK)
