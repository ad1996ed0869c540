"""Letter, text and image on the whole screen, to be read from the end of a room."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from asl_desktop.actions import Actions
from asl_desktop.camera.frame_worker import LiveFrame, Phase, SourceState
from asl_desktop.widgets.big_letter import BigLetter, Certainty
from asl_desktop.widgets.live_view import LiveView
from asl_desktop.widgets.theme import SPACE, muted_colour

_LARGEST = 4000
"""The letter is as large as there is room for."""

_INK = 0.62
"""Size of the font over the height of the line of text."""


class LargeLetters(QWidget):
    """A window of its own over the main one; the text's keys work in it, too.

    Args:
        actions: Mirror, motion, and what edits the text.
        shown: The letter of the Live tab.
        parent: The main window.
    """

    def __init__(self, actions: Actions, shown: BigLetter, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self._shown = shown
        self.setWindowTitle(self.tr("Large letters"))
        self.view = LiveView()
        self.view.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.letter = BigLetter(largest=_LARGEST)
        self.text = EndOfText()
        hint = QLabel(self.tr("Esc leaves the large letters"))
        hint.setProperty("muted", True)
        layout = QGridLayout(self)
        layout.setContentsMargins(3 * SPACE, 3 * SPACE, 3 * SPACE, SPACE)
        layout.setSpacing(2 * SPACE)
        layout.addWidget(self.view, 0, 0)
        layout.addWidget(self.letter, 0, 1)
        layout.addWidget(self.text, 1, 0, 1, 2)
        layout.addWidget(hint, 2, 0, 1, 2, Qt.AlignmentFlag.AlignHCenter)
        for column in (0, 1):
            layout.setColumnStretch(column, 1)
        layout.setRowStretch(0, 3)
        layout.setRowStretch(1, 1)
        # Keys reach the window that has them; these are meant for both.
        self.addActions([actions.freeze, actions.mirror, actions.skeleton, *actions.text.all])
        for key in (QKeySequence(Qt.Key.Key_Escape), actions.large_letters.shortcut()):
            QShortcut(key, self).activated.connect(self.close)
        actions.mirror.toggled.connect(self._mirror)
        self._mirror(actions.mirror.isChecked())
        actions.reduce_motion.toggled.connect(self.letter.set_in_steps)
        self.letter.set_in_steps(actions.reduce_motion.isChecked())
        actions.skeleton.toggled.connect(self.view.set_skeleton)
        self.view.set_skeleton(actions.skeleton.isChecked())

    def show_frame(self, frame: LiveFrame) -> None:
        """Shows a frame of the Live tab and its letter, while the window is open."""
        if self.isVisible():
            self.view.show_frame(frame)
            self.letter.show_like(self._shown)

    def show_state(self, state: SourceState) -> None:
        """Shows that there is no image when the source has none any more."""
        if state.phase in (Phase.RETRYING, Phase.FAILED):
            self.view.show_frame(None)
            self.letter.show_letter("", Certainty.UNSURE)

    def _mirror(self, mirrored: bool) -> None:
        self.view.mirrored = mirrored


class EndOfText(QWidget):
    """The text in one line, or as much of its end as there is room for."""

    def __init__(self) -> None:
        super().__init__()
        self._text = ""
        self.setAccessibleName(self.tr("Text"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    @property
    def text(self) -> str:
        """The whole text."""
        return self._text

    def show_text(self, text: str) -> None:
        """Shows another text."""
        self._text = text
        self.setAccessibleDescription(text)
        self.update()

    def minimumSizeHint(self) -> QSize:
        """Still large."""
        return QSize(200, 4 * self.fontMetrics().height())

    def sizeHint(self) -> QSize:
        """A line of the height that it gets."""
        return self.minimumSizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints the end of the text."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        font = QFont(self.font())
        font.setPixelSize(max(1, round(self.height() * _INK)))
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        line = self._text.replace("\n", " ")
        if not line:
            painter.setPen(muted_colour(self))
            line = "–"
        shown = QFontMetricsF(font).elidedText(line, Qt.TextElideMode.ElideLeft, self.width())
        painter.drawText(QRectF(self.rect()), Qt.AlignmentFlag.AlignCenter, shown)
