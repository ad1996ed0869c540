"""The camera image and the letter read in it, beside the page."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from asl_desktop.camera.frame_worker import LiveFrame
from asl_desktop.widgets.big_letter import UNCLEAR, BigLetter, Certainty
from asl_desktop.widgets.live_view import LiveView
from asl_desktop.widgets.parts import alarm, card_with, line
from asl_desktop.widgets.theme import SPACE
from trainer.capture.opening import DEMO_NAME
from trainer.recognition.steady import Phase, Steady

_STALE_MS = 2500
"""Age at which a frame counts as missing."""

_LETTER_HEIGHT = 150


class LivePanel(QWidget):
    """Image above, letter below."""

    def __init__(self) -> None:
        super().__init__()
        self.view = LiveView()
        self.letter = BigLetter()
        self.letter.setMaximumHeight(_LETTER_HEIGHT)
        self.words = line(muted=True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.demo = line(muted=True)
        self.demo.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.demo.setText(self.tr("This is the demo clip: its letters do not count as yours."))
        inside = QVBoxLayout()
        inside.setSpacing(SPACE)
        inside.addWidget(self.letter)
        inside.addWidget(self.words)
        inside.addWidget(self.demo)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2 * SPACE)
        layout.addWidget(self.view)
        layout.addWidget(card_with(inside))
        layout.addStretch(1)
        self._stale = alarm(self, _STALE_MS, self.clear)
        self.clear()

    def show_frame(self, frame: LiveFrame, steady: Steady | None) -> None:
        """Shows a frame and the letter of it and the frames before it, if there is one."""
        self.view.show_frame(frame)
        self.demo.setVisible(frame.name == DEMO_NAME)
        self._stale.start()
        if frame.reading is None:
            self._show("", None, self.tr("The network is not loaded yet."))
        elif steady is None:
            self._show("", None, self.tr("A still image does not count."))
        elif steady.phase is Phase.LETTER:
            self._show(steady.letter, steady.dwell, self.tr("Reading"))
        elif steady.phase is Phase.UNSURE:
            rivals = self.tr(" or ").join(steady.rivals)
            self._show(UNCLEAR, 0.0, self.tr("Perhaps {0}").replace("{0}", rivals or "…"))
        else:
            self._show("", 0.0, self.tr("No sign"))

    def clear(self) -> None:
        """Shows that there is no image."""
        self._stale.stop()
        self.view.show_frame(None)
        self.demo.hide()
        self._show("", None, self.tr("No image: the Live tab says why."))

    def _show(self, letter: str, dwell: float | None, words: str) -> None:
        sure = letter and letter != UNCLEAR
        self.letter.show_letter(letter, Certainty.SURE if sure else Certainty.UNSURE, dwell)
        if self.words.text() != words:
            self.words.setText(words)
