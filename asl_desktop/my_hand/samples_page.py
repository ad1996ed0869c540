"""My samples: view, delete, restore, export."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from asl_desktop.my_hand.recorder import WANTED
from asl_desktop.settings import Settings
from asl_desktop.widgets import file_dialogs
from asl_desktop.widgets.image_list import ImageList
from asl_desktop.widgets.letter_buttons import LetterStrip
from asl_desktop.widgets.parts import line, row
from asl_desktop.widgets.theme import SPACE
from trainer.images.preprocessing import resample, to_gray
from trainer.letters import LETTERS
from trainer.samples.store import Removed, Sample, SampleStore, Sitting
from trainer.support.errors import UserError

_SIDE = 96


class SamplesPage(QWidget):
    """The samples of one letter at a time.

    Args:
        store: What is shown and changed.
        settings: Remembers where exports went.
        parent: Qt's parent.
    """

    changed = Signal()
    """Samples were deleted or restored."""

    error = Signal(str)
    message = Signal(str)

    def __init__(
        self, store: SampleStore, settings: Settings, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._store = store
        self._settings = settings
        self._shown: list[Sample] = []
        self._removed: list[Removed] = []
        self.strip = LetterStrip()
        self.images = ImageList(self.tr("Samples of this letter"), _SIDE)
        self.status = line(muted=True)
        self.delete_button = QPushButton(self.tr("&Delete"))
        self.delete_button.setToolTip(self.tr("Delete the chosen samples (Del)"))
        self.delete_all_button = QPushButton(self.tr("Delete everyth&ing"))
        self.delete_all_button.setToolTip(self.tr("Delete the samples of all letters"))
        self.undo_button = QPushButton(self.tr("&Undo"))
        self.undo_button.setToolTip(self.tr("Bring back what was deleted last"))
        self.export_button = QPushButton(self.tr("E&xport…"))
        self.export_button.setToolTip(self.tr("Save all samples as a CSV or crop file"))
        self._lay_out()
        self.strip.chosen.connect(self.show_letter)
        self.images.itemSelectionChanged.connect(self._update)
        self.delete_button.clicked.connect(self.delete_chosen)
        self.delete_all_button.clicked.connect(self._delete_everything)
        self.undo_button.clicked.connect(self.undo)
        self.export_button.clicked.connect(self._export)
        key = QShortcut(QKeySequence(Qt.Key.Key_Delete), self.images)
        key.setContext(Qt.ShortcutContext.WidgetShortcut)
        key.activated.connect(self.delete_chosen)
        self.show_letter(LETTERS[0])

    def use(self, store: SampleStore) -> None:
        """Shows another store from now on, another person's."""
        self._store, self._removed = store, []
        self.refresh()

    def show_letter(self, letter: str) -> None:
        """Shows the samples of a letter."""
        self.strip.choose(letter)
        self.refresh()

    def refresh(self) -> None:
        """The samples changed elsewhere."""
        self._shown, thumbnails = [], []
        for sample in self._store.of(self.strip.letter):
            try:
                thumbnails.append(resample(to_gray(self._store.image(sample)), _SIDE))
            except UserError as error:
                self.error.emit(str(error))
                continue
            self._shown.append(sample)
        check = self.tr("{0}, to check")
        captions = [
            check.replace("{0}", str(index + 1))
            if sample.sitting is Sitting.CHECK
            else str(index + 1)
            for index, sample in enumerate(self._shown)
        ]
        self.images.show_images(thumbnails, captions)
        self._update()

    def delete_chosen(self) -> None:
        """Deletes the selected samples."""
        self._delete([self._shown[index] for index in self.images.chosen])

    def undo(self) -> None:
        """Restores the samples that were deleted last."""
        try:
            self._store.restore(self._removed)
        except UserError as error:
            self.error.emit(str(error))
        self._change()

    def _delete_everything(self) -> None:
        self._delete(list(self._store.samples))

    def _delete(self, samples: list[Sample]) -> None:
        if not samples:
            return
        removed: list[Removed] = []
        try:
            self._store.delete(samples, removed)
        except UserError as error:
            self.error.emit(str(error))
        self._removed = removed or self._removed
        self._change()

    def _export(self) -> None:
        kinds = self.tr("CSV in Kaggle's layout (*.csv);;Crop file (*.npz)")
        folder = self._settings.folder("samples")
        title = self.tr("Export samples")
        name = self.tr("my hand") + ".csv"
        path = file_dialogs.ask_where_to_save(self, title, folder, name, kinds)
        if path is None:
            return
        self._settings.set_folder("samples", path.parent)
        try:
            self._store.export(path)
        except UserError as error:
            self.error.emit(str(error))
            return
        self.message.emit(self.tr("Exported to {0}.").replace("{0}", str(path)))

    def _change(self) -> None:
        self.refresh()
        self.changed.emit()

    def _update(self) -> None:
        counts = self._store.counts().tolist()
        self.strip.show_counts(counts, sum(WANTED.values()))
        self.delete_button.setEnabled(bool(self.images.chosen))
        self.delete_all_button.setEnabled(bool(self._store.samples))
        self.export_button.setEnabled(bool(self._store.samples))
        self.undo_button.setEnabled(bool(self._removed))
        letter = self.strip.letter
        if not self._shown:
            text = self.tr("There are no samples of {0} yet.")
        else:
            text = self.tr("{1} samples of {0}. They stay on this computer.")
        self.status.setText(text.replace("{0}", letter).replace("{1}", str(len(self._shown))))

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE)
        layout.addWidget(self.status)
        layout.addWidget(self.images, 1)
        left = (self.delete_button, self.undo_button)
        right = (self.delete_all_button, self.export_button)
        layout.addLayout(row(*left, right=right))
        layout.addSpacing(SPACE)
        layout.addWidget(self.strip)
