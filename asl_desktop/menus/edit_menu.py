"""The Edit menu: undo, redo, cut, copy and paste for the field in which one writes."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
    QMenu,
    QMenuBar,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)
from shiboken6 import isValid

from asl_desktop.actions import EditActions
from asl_desktop.compose.text_field import TextField

Editor = QLineEdit | QPlainTextEdit | QTextEdit


class EditMenu(QMenu):
    """Acts on the field that has the focus, or had it before the menu; else on the Live tab's text.

    Args:
        actions: What stands in the menu.
        text: The field of the Live tab.
        parent: Qt's parent.
    """

    def __init__(
        self, actions: EditActions, text: TextField, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setTitle(self.tr("&Edit"))
        self._actions = actions
        self._text = text
        self._focused: Editor | None = None
        self.addActions([actions.undo, actions.redo])
        self.addSeparator()
        self.addActions([actions.cut, actions.copy, actions.paste, actions.select_all])
        self.addSeparator()
        QApplication.instance().focusChanged.connect(self._follow_focus)  # type: ignore[union-attr]
        self.aboutToShow.connect(self._enable)
        # After the chosen action: one that is disabled by then would do nothing.
        self.aboutToHide.connect(lambda: QTimer.singleShot(0, self, self._enable_keys))
        actions.undo.triggered.connect(lambda: self._on_editor("undo"))
        actions.redo.triggered.connect(lambda: self._on_editor("redo"))
        actions.cut.triggered.connect(lambda: self._on_editor("cut"))
        actions.copy.triggered.connect(lambda: self._on_editor("copy"))
        actions.paste.triggered.connect(lambda: self._on_editor("paste"))
        actions.select_all.triggered.connect(lambda: self._on_editor("selectAll"))

    @property
    def editor(self) -> Editor | None:
        """The field that the menu is for; None while there is none to see."""
        focused = self._focused
        if focused is not None and isValid(focused) and focused.isVisible():
            return focused
        return self._text if self._text.isVisible() else None

    def _follow_focus(self, _: QWidget | None, now: QWidget | None) -> None:
        if isinstance(now, QLineEdit | QPlainTextEdit | QTextEdit):
            self._focused = now
        elif now is not None and not isinstance(now, QMenuBar | QMenu):
            self._focused = None

    def _on_editor(self, method: str) -> None:
        editor = self.editor
        if editor is self._text and method == "undo":
            # A signed letter and what the word became by it are one step.
            self._text.undo_step()
        elif editor is not None:
            getattr(editor, method)()

    def _enable(self) -> None:
        """Enables what can be done now."""
        actions, editor = self._actions, self.editor
        for action in actions.all:
            action.setEnabled(editor is not None)
        if editor is None:
            return
        if isinstance(editor, QLineEdit):
            undo, redo = editor.isUndoAvailable(), editor.isRedoAvailable()
            selected = editor.hasSelectedText()
            hidden = editor.echoMode() is not QLineEdit.EchoMode.Normal
        else:
            document = editor.document()
            undo, redo = document.isUndoAvailable(), document.isRedoAvailable()
            selected, hidden = editor.textCursor().hasSelection(), False
        fixed = editor.isReadOnly()
        actions.undo.setEnabled(undo and not fixed)
        actions.redo.setEnabled(redo and not fixed)
        actions.cut.setEnabled(selected and not fixed and not hidden)
        actions.copy.setEnabled(selected and not hidden)
        actions.paste.setEnabled(bool(QGuiApplication.clipboard().text()) and not fixed)

    def _enable_keys(self) -> None:
        """Enables the keys, whose actions do nothing where there is nothing to do."""
        for action in self._actions.all:
            action.setEnabled(True)
        text = self._text
        self._actions.undo.setEnabled(text.isVisible() and text.document().isUndoAvailable())
