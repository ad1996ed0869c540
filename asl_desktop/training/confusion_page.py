"""The confusion matrix, and the images behind its cells."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

import numpy as np
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from asl_desktop.background.tasks import Background
from asl_desktop.settings import Settings
from asl_desktop.training.confusion_matrix import ConfusionMatrix
from asl_desktop.training.inspection import Inspection
from asl_desktop.training.runs_page import set_text
from asl_desktop.widgets import file_dialogs, question
from asl_desktop.widgets.image_list import ImageList
from asl_desktop.widgets.parts import plain_label
from asl_desktop.widgets.theme import SPACE
from trainer.capture.opening import DATA_ENDINGS
from trainer.data.corrections import write_corrected
from trainer.evaluation.predictions import HeldOut
from trainer.letters import LETTERS, Convention

_MOST = 300
"""Most images listed for a cell."""


class ConfusionPage(QWidget):
    """The confusion matrix, the images of a cell, and their corrections.

    Args:
        settings: Remembers folders.
        inspection: What is looked at.
        convention: Gives how CSV files number the letters.
    """

    record_more = Signal(str)
    """Two confused letters of which the user wants to record more samples."""

    measure = Signal(Path)
    """A file on which to evaluate the shown weights."""

    error = Signal(str)
    message = Signal(str)
    """A message for the user."""

    def __init__(
        self,
        settings: Settings,
        inspection: Inspection,
        convention: Callable[[], Convention | None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._settings = settings
        self._inspection = inspection
        self._convention = convention
        self._corrections = Corrections()
        self._behind = np.empty(0, np.int64)
        self._before = ""
        """What `where` said before a file was read."""
        self.background = Background(self)
        self.matrix = ConfusionMatrix()
        self.where = plain_label()
        self.where.setWordWrap(True)
        self.measure_button = QPushButton(self.tr("Evaluate on a file…"))
        self.measure_button.setToolTip(
            self.tr("Evaluate these weights on every image of a file, such as the test file")
        )
        self.cell = plain_label()
        self.cell.setWordWrap(True)
        self.images = ImageList(self.tr("Images behind the cell"), 56)
        self.relabel_button = QPushButton()
        set_text(self.relabel_button, self.tr("Relabel"), "F4")
        letters = QMenu(self)
        for letter in LETTERS:
            letters.addAction(letter).triggered.connect(partial(self._relabel, letter))
        self.relabel_button.setMenu(letters)
        self.drop_button = QPushButton(self.tr("Drop"))
        self.drop_button.setToolTip(
            self.tr("Leave the chosen images out of a corrected copy (Delete, in the list)")
        )
        self.more_button = QPushButton(self.tr("Record more"))
        self.more_button.setToolTip(self.tr("Record more images of these two letters"))
        self.save_button = QPushButton(self.tr("Save cop&y…"))
        self.save_button.setToolTip(self.tr("The file itself is never changed"))
        self._lay_out()
        self._connect()
        self._update()

    @property
    def pair(self) -> str:
        """The two letters of the chosen cell, or ""."""
        if self.matrix.cell is None or self.matrix.cell[0] == self.matrix.cell[1]:
            return ""
        return "".join(LETTERS[index] for index in self.matrix.cell)

    def show_live(self, confusion: list[list[int]], epoch: int) -> None:
        """Shows (24, 24) counts during training."""
        self.matrix.show_counts(np.array(confusion, np.int64))
        self._describe(self.tr("Validation after epoch {0}").replace("{0}", str(epoch + 1)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Gives the matrix the height that it can use."""
        super().resizeEvent(event)
        self.matrix.setMaximumWidth(max(290, self.height() - 40))

    def sizeHint(self) -> QSize:
        """The matrix and three columns of images."""
        return QSize(760, 480)

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(SPACE)
        head = QHBoxLayout()
        head.setSpacing(SPACE)
        head.addWidget(self.where, 1)
        left.addLayout(head)
        left.addWidget(self.matrix, 1)
        right = QVBoxLayout()
        right.setSpacing(SPACE)
        right.addWidget(self.measure_button)
        right.addWidget(self.cell)
        right.addWidget(self.images, 1)
        buttons = QGridLayout()
        buttons.setSpacing(SPACE)
        buttons.addWidget(self.relabel_button, 0, 0)
        buttons.addWidget(self.drop_button, 1, 0)
        # The widest two share a column.
        buttons.addWidget(self.more_button, 0, 1)
        buttons.addWidget(self.save_button, 1, 1)
        right.addLayout(buttons)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, SPACE, 0, 0)
        layout.setSpacing(2 * SPACE)
        layout.addLayout(left, 3)
        layout.addLayout(right, 2)

    def _connect(self) -> None:
        self._inspection.changed.connect(self._show)
        self._inspection.error.connect(self._refuse)
        self.matrix.cell_chosen.connect(self._list)
        self.measure_button.clicked.connect(self._ask_for_file)
        self.images.itemSelectionChanged.connect(self._update)
        self.drop_button.clicked.connect(self._drop)
        delete = QShortcut(QKeySequence(Qt.Key.Key_Delete), self.images)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        delete.activated.connect(self._drop)
        self.more_button.clicked.connect(lambda: self.record_more.emit(self.pair))
        self.save_button.clicked.connect(self._save)
        self.background.done.connect(self._saved)
        self.background.refused.connect(self.error)

    def say_while_reading(self, words: str) -> None:
        """Says that a file is read; what stood there comes back if it is refused."""
        self._before = self._before or self.where.text()
        self.where.setText(words)

    def _refuse(self) -> None:
        if self._before:
            self.where.setText(self._before)
        self._before = ""

    def _show(self) -> None:
        shown = self._inspection.shown
        if shown is None:
            self._before = ""
            self.matrix.show_counts(np.zeros_like(self.matrix.counts))
            self.where.setText(
                self.tr(
                    "There were no validation images. Evaluate on a file, or choose what to "
                    "validate on."
                )
            )
        else:
            self.matrix.show_counts(shown.confusion)
            self._describe(shown.where)
        self._list()

    def _describe(self, where: str) -> None:
        self._before = ""
        counts = self.matrix.counts
        right = int(np.trace(counts)) / max(int(counts.sum()), 1)
        self.where.setText(
            self.tr("{0}: accuracy {1} % on {2} images. Rows: true letter; columns: predicted.")
            .replace("{0}", where)
            .replace("{1}", f"{right * 100:.1f}")
            .replace("{2}", f"{int(counts.sum()):,}")
        )

    def _list(self) -> None:
        shown, cell = self._inspection.shown, self.matrix.cell
        self._behind = np.empty(0, np.int64)
        if shown is not None and cell is not None:
            self._behind = shown.behind(*cell)[:_MOST]
        self.cell.setText(
            self.matrix.words(*cell)
            if cell is not None
            else self.tr("Choose a cell to see the images behind it.")
        )
        self._show_images()

    def _show_images(self) -> None:
        shown = self._inspection.shown
        if shown is None:
            self.images.clear()
            self._update()
            return
        held_out, outcomes = shown.held_out, shown.outcomes
        captions, tips = [], []
        for index in self._behind.tolist():
            correction = self._corrections.said_of(held_out, index)
            read = LETTERS[outcomes.read[index]]
            captions.append(
                f"→ {correction}" if correction else f"{read} {outcomes.confidence[index]:.2f}"
            )
            tips.append(
                self.tr("Shows {0} (confidence {1}), read as {2} ({3}). {4}, row {5}")
                .replace("{0}", LETTERS[held_out.labels[index]])
                .replace("{1}", f"{outcomes.true[index]:.2f}")
                .replace("{2}", read)
                .replace("{3}", f"{outcomes.confidence[index]:.2f}")
                .replace("{4}", Path(held_out.files[held_out.file[index]]).name)
                .replace("{5}", str(held_out.row[index] + 1))
            )
        self.images.show_images(list(held_out.images[self._behind]), captions, tips)
        self._update()

    def _chosen(self) -> list[int]:
        return [int(self._behind[index]) for index in self.images.chosen]

    def _relabel(self, letter: str) -> None:
        shown = self._inspection.shown
        if shown is not None:
            self._corrections.relabel(shown.held_out, self._chosen(), letter)
            self._show_images()

    def _drop(self) -> None:
        shown = self._inspection.shown
        if shown is not None:
            self._corrections.drop(shown.held_out, self._chosen())
            self._show_images()

    def _save(self) -> None:
        """Asks where, a file at a time."""
        source = Path(self._corrections.files[0])
        # Of a packed table, the copy is plain.
        ending = ".npz" if source.suffix.lower() == ".npz" else ".csv"
        target = file_dialogs.ask_where_to_save(
            self,
            self.tr("Save a corrected copy of {0}").replace("{0}", source.name),
            str(source.parent),
            f"{source.stem.removesuffix('.csv')}-corrected{ending}",
            f"{ending[1:].upper()} (*{ending})",
        )
        if target is None:
            return
        letters, dropped = self._corrections.of(str(source))
        convention = self._convention()
        letters, dropped = dict(letters), set(dropped)
        self.save_button.setEnabled(False)
        self.background.run(
            lambda: (source, target, write_corrected(source, target, letters, dropped, convention))
        )

    def may_close(self) -> bool:
        """Asks where corrections would be lost: whether to quit without them."""
        count = self._corrections.count
        return not count or question.confirm(
            self.window(),
            self.tr("Corrections are not saved"),
            self.tr("{0} corrected images are in no file yet. If you quit, this is lost.").replace(
                "{0}", f"{count:,}"
            ),
            self.tr("&Quit without saving"),
            self.tr("&Keep them"),
        )

    def _saved(self, result: tuple[Path, Path, int]) -> None:
        source, target, count = result
        self._corrections.forget(str(source))
        self._show_images()
        self.message.emit(
            self.tr("{0} images saved as {1}.")
            .replace("{0}", f"{count:,}")
            .replace("{1}", str(target))
        )

    def _ask_for_file(self) -> None:
        path = file_dialogs.ask_for_file(
            self,
            self.tr("Evaluate on a file"),
            self._settings.folder("training"),
            file_dialogs.kinds(self.tr("Images with letters"), DATA_ENDINGS),
        )
        if path:
            self._settings.set_folder("training", Path(path).parent)
            self.measure.emit(Path(path))

    def _update(self) -> None:
        chosen = bool(self.images.selectedItems())
        self.relabel_button.setEnabled(chosen)
        self.drop_button.setEnabled(chosen)
        self.more_button.setEnabled(bool(self.pair))
        count = self._corrections.count
        self.save_button.setEnabled(count > 0)
        self.save_button.setText(
            self.tr("Save cop&y ({0})…").replace("{0}", str(count))
            if count
            else self.tr("Save cop&y…")
        )


class Corrections:
    """Letters and dropped rows, by file and row."""

    def __init__(self) -> None:
        self._letters: dict[str, dict[int, str]] = {}
        self._dropped: dict[str, set[int]] = {}

    def relabel(self, held_out: HeldOut, images: Iterable[int], letter: str) -> None:
        """The images show another letter."""
        for file, row in _places(held_out, images):
            self._letters.setdefault(file, {})[row] = letter
            self._dropped.get(file, set()).discard(row)

    def drop(self, held_out: HeldOut, images: Iterable[int]) -> None:
        """The images show no letter well."""
        for file, row in _places(held_out, images):
            self._dropped.setdefault(file, set()).add(row)
            self._letters.get(file, {}).pop(row, None)

    def of(self, file: str) -> tuple[dict[int, str], set[int]]:
        """Letters by row, and dropped rows, of a file."""
        return self._letters.get(file, {}), self._dropped.get(file, set())

    def said_of(self, held_out: HeldOut, image: int) -> str:
        """The new letter, "–" for a dropped image, or ""."""
        ((file, row),) = _places(held_out, [image])
        letters, dropped = self.of(file)
        return "–" if row in dropped else letters.get(row, "")

    @property
    def files(self) -> list[str]:
        """Files that something is to be corrected in."""
        named = {*self._letters, *self._dropped}
        return sorted(file for file in named if any(self.of(file)))

    @property
    def count(self) -> int:
        """Images that are to be corrected."""
        return sum(len(part) for file in self.files for part in self.of(file))

    def forget(self, file: str) -> None:
        """Forgets the corrections of a file: they are saved."""
        self._letters.pop(file, None)
        self._dropped.pop(file, None)


def _places(held_out: HeldOut, images: Iterable[int]) -> list[tuple[str, int]]:
    return [(held_out.files[held_out.file[i]], int(held_out.row[i])) for i in images]
