"""Record: shows a letter, counts down, records samples, continues with the next letter."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from asl_desktop.camera.frame_worker import LiveFrame
from asl_desktop.my_hand.recorder import WANTED, Recorder, Stage
from asl_desktop.widgets import theme, tips
from asl_desktop.widgets.hand_image import HandImage
from asl_desktop.widgets.letter_buttons import LetterStrip
from asl_desktop.widgets.live_view import LiveView
from asl_desktop.widgets.parts import alarm, announce, card_with, line
from asl_desktop.widgets.theme import SPACE
from trainer.capture.opening import DEMO_NAME
from trainer.letters import CLASSES, LETTERS
from trainer.samples.store import SampleStore
from trainer.support.errors import UserError

_STALE_MS = 2500
"""Age at which a frame counts as missing."""

_RIGHT_WIDTH = 320


class RecordPage(QWidget):
    """Leads through the letters; every sample is saved at once.

    Args:
        store: Where the samples go.
        parent: Qt's parent.
    """

    recorded = Signal()
    """A sample was saved."""

    error = Signal(str)
    """Why a sample could not be saved, in one sentence."""

    def __init__(self, store: SampleStore, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self.recorder = Recorder(store)
        self.hand = HandImage()
        self.title = QLabel()
        theme.scale(self.title, 3.2, bold=True)
        self.tip = line(1.1)
        self.view = CountView()
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(self.tr("Samples of this letter"))
        self.status = line(1.1)
        self.total = line(muted=True)
        self.start_button = QPushButton()
        self.start_button.setProperty("primary", True)
        self.start_button.setToolTip(self.tr("Space begins and pauses"))
        self.skip_button = QPushButton(self.tr("Ne&xt letter"))
        self.strip = LetterStrip(WANTED)
        self._letter = ""
        self._stale = alarm(self, _STALE_MS, self._miss_image)
        self._lay_out()
        self.strip.chosen.connect(self.choose)
        self.start_button.clicked.connect(self.start_or_pause)
        self.skip_button.clicked.connect(self.skip)
        self.choose(self.first_open() or LETTERS[0])
        self._miss_image()

    @property
    def letter(self) -> str:
        """The letter to record."""
        return self._letter

    def first_open(self, after: str = "") -> str:
        """The first letter with too few samples, behind a letter if given; "" if there is none."""
        counts = self._store.counts().tolist()
        first = LETTERS.index(after) + 1 if after else 0
        indices = [(first + step) % CLASSES for step in range(CLASSES)]
        return next((LETTERS[index] for index in indices if counts[index] < WANTED), "")

    def choose(self, letter: str) -> None:
        """Goes to a letter; ends a recording."""
        self.recorder.pause()
        self._letter = letter
        self.strip.choose(letter)
        self.hand.show_letter(letter)
        self.title.setText(letter)
        self.tip.setText(tips.tip(letter))
        self._say(self.tr("Sign the letter into the box, then begin."))
        self._update()

    def start_or_pause(self) -> None:
        """Starts or pauses the recording."""
        if self.recorder.running:
            self.recorder.pause()
            self._say(self.tr("Paused. The samples so far are saved."))
        else:
            self.recorder.start(self._letter)
            self._say(self.tr("Hold the hand as in the image…"))
        self._update()

    def skip(self) -> None:
        """Goes to the next letter, and counts down if the recording was running."""
        running = self.recorder.running
        self.choose(LETTERS[(LETTERS.index(self._letter) + 1) % CLASSES])
        if running:
            self.start_or_pause()

    def leave(self) -> None:
        """Ends the recording: the page is hidden."""
        if self.recorder.running:
            self.start_or_pause()

    def see(self, frame: LiveFrame) -> None:
        """Shows a frame, and records it if a sample is due and the frame is good enough."""
        self.view.show_frame(frame)
        self._stale.start()
        if frame.name == DEMO_NAME:
            self._refuse_demo()
            return
        if not self.start_button.isEnabled():
            self.start_button.setEnabled(True)
            self._say(self.tr("Sign the letter into the box, then begin."))
        if not self.recorder.running:
            return
        taken = self.recorder.taken
        try:
            self.recorder.see(frame)
        except UserError as error:
            self._say(self.tr("This sample could not be saved."))
            self.error.emit(str(error))
        self._follow(new=self.recorder.taken > taken)

    def refresh(self) -> None:
        """The samples changed elsewhere."""
        self._update()

    def set_left_handed(self, left_handed: bool) -> None:
        """Draws the hand as a left one, or not."""
        self.hand.set_left_handed(left_handed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space begins and pauses; a letter key goes to that letter."""
        text = event.text().upper()
        if event.key() == Qt.Key.Key_Space and self.start_button.isEnabled():
            self.start_or_pause()
        elif text and text in tuple(LETTERS):
            self.choose(text)
        else:
            super().keyPressEvent(event)

    def _follow(self, *, new: bool) -> None:
        """Shows the state of the recording; after the last sample, goes to the next letter."""
        recorder = self.recorder
        if new:
            self.recorded.emit()
        if recorder.stage is Stage.RECORDING:
            self._say(recorder.refusal or self.tr("Recording: turn and move the hand a little."))
        elif recorder.stage is Stage.STUCK:
            pause = self.tr("Paused. {0}").replace("{0}", recorder.refusal)
            self._say(pause)
            announce(self, pause)
        elif recorder.stage is Stage.DONE:
            self._go_on()
        self._update()

    def _go_on(self) -> None:
        following = self.first_open(self._letter)
        if not following:
            self._say(self.tr("All letters are there. Next: teach the network, under Teach."))
            announce(self, self.status.text())
            return
        self.choose(following)
        self.start_or_pause()
        announce(self, self.tr("Next letter: {0}").replace("{0}", following))

    def _miss_image(self) -> None:
        self.recorder.pause()
        self.view.show_frame(None)
        self.start_button.setEnabled(False)
        self._say(self.tr("Waiting for images: choose a camera or a video under Source."))
        self._update()

    def _refuse_demo(self) -> None:
        """The demo clip's hand is never recorded as the user's."""
        self.recorder.pause()
        self.start_button.setEnabled(False)
        self._say(
            self.tr(
                "This is the demo clip: its hand is not yours, so it is not recorded. Choose a "
                "camera under Source."
            )
        )
        self._update()

    def _say(self, text: str) -> None:
        if self.status.text() != text:
            self.status.setText(text)

    def _update(self) -> None:
        recorder = self.recorder
        counts = self._store.counts().tolist()
        self.strip.show_counts(counts)
        have = counts[LETTERS.index(self._letter)]
        if recorder.running:
            self.progress.setRange(0, recorder.wanted)
            self.progress.setValue(recorder.taken)
        else:
            self.progress.setRange(0, WANTED)
            self.progress.setValue(min(have, WANTED))
        counting = recorder.stage is Stage.COUNTING
        recording = recorder.stage is Stage.RECORDING
        count = str(max(recorder.count, 1)) if counting else ""
        self.view.show_sign(RECORDING if recording else count)
        self.start_button.setText(self.tr("Pa&use") if recorder.running else self.tr("&Begin"))
        full = sum(count >= WANTED for count in counts)
        text = self.tr("{0} samples; {1} of {2} letters are complete.")
        text = text.replace("{0}", str(sum(counts))).replace("{1}", str(full))
        self.total.setText(text.replace("{2}", str(CLASSES)))

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(SPACE)
        words.addWidget(self.title)
        words.addWidget(self.tip)
        words.addStretch(1)
        words.addWidget(self.total)
        inside = QHBoxLayout()
        inside.setSpacing(2 * SPACE)
        inside.addWidget(self.hand, 3)
        inside.addLayout(words, 2)
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE)
        buttons.addWidget(self.start_button, 1)
        buttons.addWidget(self.skip_button, 1)
        # Always three lines high, so that nothing moves when the text changes.
        self.status.setMinimumHeight(3 * self.status.fontMetrics().lineSpacing())
        self.status.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        side = QWidget()
        side.setFixedWidth(max(_RIGHT_WIDTH, self.fontMetrics().averageCharWidth() * 36))
        right = QVBoxLayout(side)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(SPACE)
        right.addWidget(self.view)
        right.addWidget(self.progress)
        right.addWidget(self.status)
        right.addStretch(1)
        right.addLayout(buttons)
        above = QHBoxLayout()
        above.setSpacing(2 * SPACE)
        above.addWidget(card_with(inside), 1)
        above.addWidget(side)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2 * SPACE)
        layout.addLayout(above, 1)
        layout.addWidget(self.strip)


RECORDING = "●"
"""The sign of a running recording, small and in the corner."""


class CountView(LiveView):
    """Shows frames with a large number or sign that contrasts with any image."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sign = ""

    @property
    def sign(self) -> str:
        """The sign over the image; "" for none."""
        return self._sign

    def show_sign(self, sign: str) -> None:
        """Shows a sign of one or two characters over the image."""
        if sign != self._sign:
            self._sign = sign
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints the image, then the sign."""
        super().paintEvent(event)
        if not self._sign:
            return
        recording = self._sign == RECORDING
        font = QFont(self.font())
        font.setPixelSize(max(24, self.height() // (8 if recording else 2)))
        font.setWeight(QFont.Weight.Bold)
        path = QPainterPath()
        path.addText(QPointF(0, 0), font, self._sign)
        box = path.boundingRect()
        room = QRectF(self.rect())
        # In the corner, so that the hand stays visible while it is recorded.
        place = QPointF(box.width() + 8, box.height() + 8) if recording else room.center()
        path.translate(place - box.center())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        outline = QPen(QColor(0, 0, 0, 200), 8)
        outline.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.strokePath(path, outline)
        painter.fillPath(path, QColor(Qt.GlobalColor.white))
