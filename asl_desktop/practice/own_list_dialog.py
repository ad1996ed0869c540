"""The user's own list of words: pasted, typed or opened from a file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QDialogButtonBox, QLabel, QPlainTextEdit, QPushButton, QWidget

from asl_desktop.dialogs import Dialog
from asl_desktop.practice.word_lists import OwnWords, own_words, read_words
from asl_desktop.settings import Settings
from asl_desktop.widgets import file_dialogs
from asl_desktop.widgets.parts import line, row
from trainer.support.errors import UserError, printable

_LISTED = 5
_LONGEST = 40
"""Characters that are shown of an entry: a pasted page may be one."""


class OwnListDialog(Dialog):
    """Edits the list; `words` has what was accepted.

    Args:
        words: The list so far.
        settings: Remembers the folder of files.
        parent: Qt's parent.
    """

    def __init__(self, words: Sequence[str], settings: Settings, parent: QWidget) -> None:
        super().__init__(QCoreApplication.translate("OwnListDialog", "Own list"), parent)
        self._settings = settings
        self.text = QPlainTextEdit("\n".join(words))
        self.text.setMinimumSize(360, 220)
        label = QLabel(self.tr("&Words or names, one a line or with commas between them"))
        label.setBuddy(self.text)
        self.open_button = QPushButton(self.tr("Open a &file…"))
        self.said = line(muted=True)
        self.column.addWidget(label)
        self.column.addWidget(self.text, 1)
        self.column.addWidget(self.said)
        self.column.addLayout(row(self.open_button))
        self.add_buttons(QDialogButtonBox.StandardButton.Ok, QDialogButtonBox.StandardButton.Cancel)
        self.open_button.clicked.connect(self._open)
        self.text.textChanged.connect(self._count)
        self._count()

    @property
    def words(self) -> tuple[str, ...]:
        """The words of the text."""
        return own_words(self.text.toPlainText()).words

    def _open(self) -> None:
        chosen = file_dialogs.ask_for_file(
            self,
            self.tr("Open a list of words"),
            self._settings.folder("words"),
            file_dialogs.kinds(self.tr("Lists"), (".txt", ".csv")),
        )
        if chosen:
            self.add_file(Path(chosen))

    def add_file(self, path: Path) -> None:
        """Adds the words of a file, or says why it cannot be read."""
        try:
            found = read_words(path)
        except UserError as error:
            self.said.setText(str(error))
            return
        self._settings.set_folder("words", path.parent)
        both = dict.fromkeys([*self.words, *found.words])
        self.text.setPlainText("\n".join(both))
        self._count(found)

    def _count(self, found: OwnWords | None = None) -> None:
        left_out = (found or own_words(self.text.toPlainText())).left_out
        text = self.tr("Words: {0}").replace("{0}", str(len(self.words)))
        if left_out:
            more = "" if len(left_out) <= _LISTED else " …"
            out = self.tr("Left out, since only words of A to Z can be signed: {0}")
            text += ". " + out.replace("{0}", ", ".join(map(_short, left_out[:_LISTED])) + more)
        self.said.setText(text)


def _short(entry: str) -> str:
    return printable(entry if len(entry) <= _LONGEST else f"{entry[:_LONGEST]}…")
