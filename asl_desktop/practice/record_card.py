"""The record at the bottom of a page, and the button that erases it."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QMessageBox, QPushButton, QVBoxLayout

from asl_desktop.parts import line
from asl_desktop.practice.record_store import RecordStore
from asl_desktop.practice.record_strip import RecordStrip
from asl_desktop.theme import SPACE
from trainer.practice.record import Skill


class RecordCard(QFrame):
    """The strip with a sentence above it.

    Args:
        store: What is shown, and erased.
        skill: Which of its parts is shown.
        letters: For which letters.
    """

    def __init__(self, store: RecordStore, skill: Skill, letters: str) -> None:
        super().__init__()
        self.setObjectName("card")
        self._store = store
        self.summary = line(muted=True)
        self.erase_button = QPushButton(self.tr("Erase &your record…"))
        self.strip = RecordStrip(skill, letters)
        above = QHBoxLayout()
        above.setSpacing(SPACE)
        above.addWidget(self.summary, 1)
        above.addWidget(self.erase_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
        layout.setSpacing(SPACE // 2)
        layout.addLayout(above)
        layout.addWidget(self.strip)
        self.erase_button.clicked.connect(self._ask_to_erase)
        store.changed.connect(self._show)
        self._show()

    def _ask_to_erase(self) -> None:
        answer = QMessageBox.question(
            self,
            self.tr("Erase your record"),
            self.tr(
                "Erase how your letters went so far, signed and read, and your best pace? They "
                "cannot be brought back."
            ),
        )
        if answer is QMessageBox.StandardButton.Yes:
            self._store.erase()

    def _show(self) -> None:
        self.strip.show_record(self._store.record)
        self.summary.setText(self.strip.summary())
        self.erase_button.setEnabled(not self._store.record.empty)
