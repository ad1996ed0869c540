"""The text strip: the signed text, word suggestions and buttons for the text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QGuiApplication, QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from asl_desktop.actions import TextActions, keys, plain_name
from asl_desktop.compose.corrections import Corrections
from asl_desktop.compose.suggestion_bar import ElidedTail, SuggestionBar
from asl_desktop.compose.text_field import TextField
from asl_desktop.compose.voice import Voice
from asl_desktop.own_file import OwnFile
from asl_desktop.settings import Settings
from asl_desktop.widgets import file_dialogs
from asl_desktop.widgets.parts import announce
from asl_desktop.widgets.theme import SPACE
from trainer.recognition.seen import Seen
from trainer.recognition.steady import SPACE as BLANK
from trainer.recognition.steady import Steady
from trainer.support import atomic
from trainer.support.errors import UserError

ENDING = ".txt"

_PATIENCE_SECONDS = 5.0
"""Longest wait for the lists of words when the window closes."""


class Composer(QFrame):
    """Text field, suggestions and buttons; its keys work while it is on the screen.

    Args:
        settings: Remembers whether signs are typed and whether the strip is open.
        actions: What its buttons do.
        undo: Undoes the last change of the text; whoever performs it calls `field.undo_step`.
        draft: Saves the text at every change.
    """

    error = Signal(str)
    """Why something failed, in one sentence."""

    message = Signal(str)
    """What was done, in one sentence."""

    def __init__(
        self,
        settings: Settings,
        actions: TextActions,
        undo: QAction,
        draft: Draft,
    ) -> None:
        super().__init__()
        self.setObjectName("card")
        self._settings = settings
        self._actions = actions
        self._undo = undo
        self._draft = draft
        self._saved = ""
        self.field = TextField()
        self.bar = SuggestionBar(actions)
        self.words = Corrections(settings, self.field, self.bar, parent=self)
        self.voice = Voice(self)
        self.typing = QToolButton()
        self.fold = QToolButton()
        self._tail = ElidedTail()
        self._body = QWidget()
        self._narrow = False
        self._pause = ""
        # At the end of a turn of the event loop, so that a burst of changes is written once.
        self._saving = QTimer(self)
        self._saving.setSingleShot(True)
        self._saving.timeout.connect(self.save_draft)
        self._lay_out()
        self._connect()

    def restore(self) -> None:
        """Shows the saved text."""
        self._saved = self._draft.read()
        if self._draft.notice:
            self.error.emit(self._draft.notice)
        self.field.restore(self._saved)

    def take(self, steady: Steady | None) -> None:
        """Types what a frame brings, if typing is on and the strip is visible."""
        held = self._takes() and not self._actions.continuous.isChecked()
        if steady is not None and held and (typed := self.words.take(steady)):
            announce(self.field, self.tr("Space") if typed == BLANK else typed)

    def take_word(self, seen: Sequence[Seen]) -> None:
        """Types a whole word that was spelled without holding its letters."""
        if self._takes() and (typed := self.words.take_word(seen)):
            announce(self.field, typed)

    def _takes(self) -> bool:
        return self._actions.type_by_signing.isChecked() and self.isVisible()

    def pause(self, reason: str) -> None:
        """Switches typing off until the user switches it on, or with "" back to the user's choice.

        Args:
            reason: What the button says.
        """
        self._pause = reason
        on = self._settings.typing and not reason
        self._actions.type_by_signing.setChecked(on)
        self._name_typing(on)

    def set_narrow(self, narrow: bool) -> None:
        """Shows one line with the end of the text, or the whole strip."""
        if narrow != self._narrow:
            self._narrow = narrow
            self._fold_or_unfold()

    def save_draft(self) -> None:
        """Writes the text to disk if it has changed."""
        text = self.field.text
        if text != self._saved and self._draft.save(text, self.error.emit):
            self._saved = text

    def shut_down(self) -> None:
        """Saves the text and stops speaking."""
        self.save_draft()
        self._draft.close()
        self.voice.stop()
        self.words.shut_down(_PATIENCE_SECONDS)

    def minimumSizeHint(self) -> QSize:
        """As wide as one line; the buttons for the text are shown where there is room for them."""
        return QSize(self.typing.sizeHint().width() + 4 * SPACE, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Shows one line in a narrow window."""
        super().resizeEvent(event)
        self._fold_or_unfold()

    def showEvent(self, event: QShowEvent) -> None:
        """Enables the shortcuts of the strip."""
        super().showEvent(event)
        self.words.suggest()
        self._update_actions()

    def hideEvent(self, event: QHideEvent) -> None:
        """Disables the shortcuts: another tab is shown."""
        super().hideEvent(event)
        self.words.suggest()
        self._update_actions()

    # Making -----------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        actions = self._actions
        self.typing.setCheckable(True)
        self.typing.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.typing.setAccessibleName(plain_name(actions.type_by_signing))
        self.typing.setToolTip(actions.type_by_signing.toolTip())
        self.fold.setToolTip(actions.show_strip.toolTip())
        self.fold.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        top = QHBoxLayout()
        top.setSpacing(SPACE)
        top.addWidget(self.typing)
        top.addWidget(self.bar, 1)
        top.addWidget(self._tail, 1)
        top.addWidget(self.fold)
        body = QGridLayout(self._body)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(SPACE)
        body.addWidget(self.field, 0, 0)
        edits = (actions.space, actions.delete, self._undo, actions.clear)
        body.addLayout(_buttons(QHBoxLayout(), edits), 1, 0)
        body.addLayout(
            _buttons(QVBoxLayout(), (actions.speak, actions.copy, actions.save)), 0, 1, 2, 1
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE, SPACE, SPACE, SPACE)
        layout.setSpacing(SPACE)
        layout.addLayout(top)
        layout.addWidget(self._body)

    def _connect(self) -> None:
        actions = self._actions
        self.field.textChanged.connect(self._text_changed)
        self.field.cursorPositionChanged.connect(self.words.suggest)
        self.field.undoAvailable.connect(self._update_actions)
        self.field.word_ended.connect(self.words.end_word)
        self.words.error.connect(self.error)
        self.voice.refused.connect(self._refuse_to_speak)
        actions.space.triggered.connect(self.words.end_word)
        actions.delete.triggered.connect(self.field.delete_letter)
        actions.clear.triggered.connect(self.field.clear_text)
        actions.edit.triggered.connect(self._edit)
        actions.copy.triggered.connect(self._copy)
        actions.save.triggered.connect(self._save)
        actions.speak.triggered.connect(lambda: self.voice.say(self.field.text))
        self.typing.toggled.connect(actions.type_by_signing.setChecked)
        actions.type_by_signing.toggled.connect(self._switch_typing)
        self.fold.clicked.connect(actions.show_strip.toggle)
        actions.type_by_signing.setChecked(self._settings.typing)
        self._name_typing(self._settings.typing)
        actions.show_strip.setChecked(self._settings.text_shown)
        actions.show_strip.toggled.connect(self._switch_strip)
        actions.continuous.setChecked(self._settings.continuous)
        actions.continuous.toggled.connect(self._switch_continuous)
        actions.correct.setChecked(self._settings.corrections)
        actions.correct.toggled.connect(self._switch_corrections)
        actions.accept_by_holding.setChecked(self._settings.accept_by_holding)
        actions.accept_by_holding.toggled.connect(self._switch_holding)
        self._fold_or_unfold()

    # Doing ------------------------------------------------------------------------------------

    def _text_changed(self) -> None:
        self._saving.start()
        self._tail.setText(self.field.text)
        self.words.suggest()
        self._update_actions()

    def _update_actions(self) -> None:
        actions, here = self._actions, self.isVisible()
        written = here and bool(self.field.text)
        for action in (*actions.switches, actions.edit):
            action.setEnabled(here)
        for action in (actions.space, actions.delete, actions.clear, actions.copy, actions.save):
            action.setEnabled(written)
        self._undo.setEnabled(here and self.field.document().isUndoAvailable())
        actions.speak.setEnabled(written and not self.voice.reason)
        self._describe_voice()

    def _describe_voice(self) -> None:
        """Says on the button what speaks, or why nothing does."""
        hint = self.voice.reason
        if not hint and self.voice.program:
            hint = self.tr("Read the text aloud with the voice of {0}")
            hint = hint.replace("{0}", self.voice.program)
        if hint:
            self._actions.speak.setToolTip(f"{hint} ({keys(self._actions.speak)})")
            self._actions.speak.setStatusTip(hint)

    def _switch_typing(self, on: bool) -> None:
        self.typing.setChecked(on)
        self._name_typing(on)
        # What is chosen during a pause holds for this source only.
        if not self._pause:
            self._settings.typing = on

    def _name_typing(self, on: bool) -> None:
        off = self._pause or self.tr("Typing is off")
        self.typing.setText(self.tr("Typing is on") if on else off)

    def _switch_continuous(self, on: bool) -> None:
        self._settings.continuous = on

    def _switch_corrections(self, on: bool) -> None:
        self._settings.corrections = on

    def _switch_holding(self, on: bool) -> None:
        self._settings.accept_by_holding = on

    def _switch_strip(self, shown: bool) -> None:
        self._settings.text_shown = shown
        self._fold_or_unfold()

    def _fold_or_unfold(self) -> None:
        shown = self._actions.show_strip.isChecked()
        whole = self._body.minimumSizeHint().width() + 2 * SPACE
        narrow = self._narrow or self.width() < whole
        open_now = shown and not narrow
        self._body.setVisible(open_now)
        self.bar.setVisible(open_now)
        self._tail.setVisible(not open_now)
        self.fold.setVisible(not narrow)
        self.fold.setArrowType(Qt.ArrowType.DownArrow if shown else Qt.ArrowType.UpArrow)
        self.fold.setAccessibleName(self.tr("Hide the text") if shown else self.tr("Show the text"))

    def _edit(self) -> None:
        self._actions.show_strip.setChecked(True)
        self.field.setFocus()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.field.text)
        self.message.emit(self.tr("The text is copied: paste it where you need it."))

    def _save(self) -> None:
        kinds = file_dialogs.kinds(self.tr("Text"), [ENDING])
        folder = self._settings.folder("text")
        path = file_dialogs.ask_where_to_save(
            self, self.tr("Save text"), folder, self.tr("text") + ENDING, kinds
        )
        if path is None:
            return
        self._settings.set_folder("text", path.parent)
        try:
            atomic.write_bytes(path, self.field.text.encode("utf-8", "replace"))
        except UserError as error:
            self.error.emit(str(error))
        else:
            self.message.emit(self.tr("Saved as {0}.").replace("{0}", str(path)))

    def _refuse_to_speak(self, reason: str) -> None:
        self._update_actions()
        self.error.emit(reason)


def _buttons(layout: QBoxLayout, actions: Iterable[QAction]) -> QBoxLayout:
    layout.setSpacing(SPACE)
    for action in actions:
        button = QToolButton()
        button.setDefaultAction(action)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        # All buttons of a column get the width of the widest.
        button.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        layout.addWidget(button)
    layout.addStretch(1)
    return layout


class Draft:
    """The text on disk, written at every change, so that a crash loses nothing.

    Args:
        path: Made with its folder at the first change.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file = OwnFile(path, "the text")

    @property
    def notice(self) -> str:
        """One sentence about what could not be read or will not be saved, or ""."""
        return self._file.notice

    def read(self) -> str:
        """The saved text; "" if there is none or it cannot be read."""
        content = self._file.read(bytes, b"")
        try:
            text = content.decode()
        except UnicodeDecodeError:
            # Damaged bytes become replacement characters; the rest of the text is still useful.
            text = content.decode("utf-8", "replace")
            self._file.put_aside(f"{self._path}: the text is damaged.")
            with suppress(UserError):
                self._file.write(text.encode())
        # Files edited elsewhere may have other line ends.
        return text.replace("\r\n", "\n").replace("\r", "\n")

    def save(self, text: str, tell: Callable[[str], None]) -> bool:
        """Replaces the saved text, as `OwnFile.save`."""
        return self._file.save(text.encode("utf-8", "replace"), tell)

    def close(self) -> None:
        """Lets another window save its text."""
        self._file.close()
