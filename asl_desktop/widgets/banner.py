"""A message inside the window, which never blocks anything."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QToolButton

from asl_desktop.sentences import in_users_language
from asl_desktop.widgets import theme
from asl_desktop.widgets.parts import alarm
from asl_desktop.widgets.theme import SPACE

_NOTICE_MS = 8000


class Banner(QFrame):
    """One sentence with a way to close it (mouse, or Escape). A newer message replaces it."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("banner")
        self._sign = QLabel()
        theme.scale(self._sign, 1.3, bold=True)
        self._text = QLabel()
        self._text.setWordWrap(True)
        self._text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._close = QToolButton()
        self._close.setText(self.tr("Dismiss"))
        self._close.setToolTip(self.tr("Dismiss this message (Esc)"))
        self._close.clicked.connect(self.dismiss)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        escape.setContext(Qt.ShortcutContext.WindowShortcut)
        escape.activated.connect(self.dismiss)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(2 * SPACE, SPACE, SPACE, SPACE)
        layout.setSpacing(2 * SPACE)
        layout.addWidget(self._sign)
        layout.addWidget(self._text, 1)
        layout.addWidget(self._close)
        self._is_of_source = False
        self._leaves = alarm(self, _NOTICE_MS, self.dismiss)
        self.hide()

    @property
    def text(self) -> str:
        """The message that is shown, or ""."""
        return self._text.text() if not self.isHidden() else ""

    def warn(self, text: str) -> None:
        """Shows an error, until it is dismissed."""
        self._show(text, warning=True)
        self._leaves.stop()

    def warn_of_source(self, text: str) -> None:
        """Shows an error, until it is dismissed or another source is played."""
        self.warn(text)
        self._is_of_source = True

    def leave_source(self) -> None:
        """Hides what was said of the source: another one is played."""
        if self._is_of_source:
            self.dismiss()

    def inform(self, text: str) -> None:
        """Shows a message for some seconds."""
        self._show(text, warning=False)
        self._leaves.start()

    def dismiss(self) -> None:
        """Hides the message."""
        self._leaves.stop()
        self.hide()

    def _show(self, text: str, *, warning: bool) -> None:
        text = in_users_language(text)
        self._is_of_source = False
        self._sign.setText("⚠" if warning else "✓")
        self._text.setText(text)
        self.setAccessibleName(self.tr("Warning") if warning else self.tr("Message"))
        self.setAccessibleDescription(text)
        self.setProperty("warning", warning)
        for widget in (self, self._sign, self._text, self._close):
            widget.style().unpolish(widget)
            widget.style().polish(widget)
        self.show()
