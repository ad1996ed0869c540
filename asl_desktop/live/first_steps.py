"""The first steps: a camera, an open hand in good light, one letter that is read."""

from __future__ import annotations

from enum import Enum, auto

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout

from asl_desktop.camera.frame_worker import LiveFrame
from asl_desktop.settings import Settings
from asl_desktop.widgets.coach import hint
from asl_desktop.widgets.hand_image import HandImage
from asl_desktop.widgets.parts import announce, line
from asl_desktop.widgets.theme import SPACE
from trainer.hand_finder.follow import Tracking
from trainer.recognition.quality import Finding, measure
from trainer.recognition.steady import Steady

LETTER = "L"
"""The letter to sign: easy, and unlike an open hand."""

_GOOD_SECONDS = 0.8
"""How long the hand has to be well seen."""

_PAUSE_SECONDS = 0.12
"""Between two measurements."""

_IMAGE_SIDE = 88

_LIGHT = (Finding.DARK, Finding.BRIGHT)
_PLACE = (Finding.CLIPPED, Finding.SMALL)


class Step(Enum):
    """Which of the steps is shown."""

    CAMERA = auto()
    HAND = auto()
    LETTER = auto()
    DONE = auto()


class FirstSteps(QFrame):
    """A panel above the image; hidden unless the steps are due.

    Args:
        settings: Remembers that the steps were done, and the hand that was chosen.
    """

    changed = Signal()
    """`running` has changed."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.setObjectName("card")
        self._settings = settings
        self._due = not settings.first_steps_done
        self._asked = False
        self._live = False
        self._next = 0.0
        self._good_since: float | None = None
        self.step = Step.CAMERA
        self.title = line(1.15, bold=True)
        self.words = line()
        self.checks = line(muted=True)
        self.image = HandImage()
        self.image.setFixedSize(_IMAGE_SIDE, _IMAGE_SIDE)
        self.right_button = QPushButton(self.tr("Ri&ght hand"))
        self.left_button = QPushButton(self.tr("Left han&d"))
        self.skip_button = QPushButton()
        self._lay_out()
        self.right_button.clicked.connect(lambda: self._choose_hand(left=False))
        self.left_button.clicked.connect(lambda: self._choose_hand(left=True))
        self.skip_button.clicked.connect(self.close_steps)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        escape.activated.connect(self.close_steps)
        # A message may be open, too: the first press closes one of them, the second the other.
        escape.activatedAmbiguously.connect(self.close_steps)
        self._go_to(Step.CAMERA)
        self.hide()

    @property
    def running(self) -> bool:
        """Whether the user is led through the steps now."""
        return self._due and self._live and self.step is not Step.DONE

    def begin(self) -> None:
        """Leads through the steps, whatever plays."""
        self._due = self._asked = True
        self._go_to(Step.CAMERA)
        self.show()

    def set_live(self, live: bool) -> None:
        """Another source is opened; only a camera or a stream shows the user's hand."""
        self._live = live
        if self.step is Step.DONE:
            self._due = False
        if self._due:
            self._go_to(Step.CAMERA)
        self.set_shown(True)

    def set_shown(self, shown: bool) -> None:
        """Hides the panel while the page stands here that says why there is no image."""
        self.setVisible(shown and self._due and (self._live or self._asked))

    def see(self, frame: LiveFrame, steady: Steady | None) -> None:
        """Goes on when a frame shows what the step asks for."""
        if not self.running:
            return
        if self.step is Step.CAMERA:
            self._go_to(Step.HAND)
        if self.step is Step.HAND and frame.arrived >= self._next:
            self._next = frame.arrived + _PAUSE_SECONDS
            self._check_hand(frame)
        elif self.step is Step.LETTER and steady is not None:
            self._check_letter(steady)

    def close_steps(self) -> None:
        """Ends the steps: they are done, or skipped."""
        self._due = self._asked = False
        self._settings.first_steps_done = True
        self.hide()
        self.changed.emit()

    def _check_hand(self, frame: LiveFrame) -> None:
        height, width = frame.image.shape[:2]
        findings = measure(frame.image, frame.box.pixels(width, height)).findings()
        in_view = _in_view(frame)
        light = in_view and not any(finding in findings for finding in _LIGHT)
        near = in_view and not any(finding in findings for finding in _PLACE)
        chosen = self._settings.hand_chosen
        self._show_checks(
            [
                (self.tr("Hand in view"), in_view),
                (self.tr("Light"), light),
                (self.tr("Distance"), near),
            ]
        )
        wrong = [finding for finding in findings if finding in _LIGHT + _PLACE]
        if not in_view:
            words = self.tr("Hold up the hand that you sign with: open, the palm to the camera.")
        elif wrong:
            words = hint(wrong[0])
        elif not chosen:
            words = self.tr("Your hand is well seen. Which one is it?")
        else:
            words = self.tr("Your hand is well seen.")
        self._say(words)
        if not (light and near):
            self._good_since = None
        elif self._good_since is None:
            self._good_since = frame.arrived
        elif chosen and frame.arrived - self._good_since >= _GOOD_SECONDS:
            self._go_to(Step.LETTER)

    def _check_letter(self, steady: Steady) -> None:
        if steady.letter == LETTER and steady.dwell >= 1:
            self._go_to(Step.DONE)
            return
        ask = self.tr("Sign {0} as in the image, and hold it until the ring is full.")
        words = ask.replace("{0}", LETTER)
        if steady.letter not in ("", LETTER):
            words += " " + self.tr("Now it reads {0}.").replace("{0}", steady.letter)
        self._say(words)

    def _go_to(self, step: Step) -> None:
        before = self.running
        self.step = step
        self._good_since = None
        titles = {
            Step.CAMERA: self.tr("First steps, 1 of 3: the camera"),
            Step.HAND: self.tr("First steps, 2 of 3: your hand"),
            Step.LETTER: self.tr("First steps, 3 of 3: a letter"),
            Step.DONE: self.tr("The first letter is read"),
        }
        self.title.setText(titles[step])
        self.image.show_letter(LETTER if step is Step.LETTER else "")
        self.image.setVisible(step is Step.LETTER)
        self.image.set_left_handed(self._settings.left_handed)
        self.checks.setVisible(step is Step.HAND)
        for button in (self.right_button, self.left_button):
            button.setVisible(step is Step.HAND and not self._settings.hand_chosen)
        self.skip_button.setText(self.tr("&Done") if step is Step.DONE else self.tr("S&kip"))
        self.skip_button.setToolTip(self.tr("Close the first steps (Esc)"))
        if step is Step.CAMERA:
            self._say(
                self.tr("Waiting for the camera's image…")
                if self._live
                else self.tr("They need your own hand: choose a camera under Source.")
            )
        elif step is Step.DONE:
            self._settings.first_steps_done = True
            self._say(
                self.tr(
                    "Letters that you hold are typed into the text below. "
                    "Help ▸ First steps shows these steps again."
                )
            )
        if self.isVisible():
            announce(self, f"{self.title.text()}. {self.words.text()}")
        if self.running != before:
            self.changed.emit()

    def _choose_hand(self, *, left: bool) -> None:
        self._settings.left_handed = left
        self.right_button.hide()
        self.left_button.hide()

    def _show_checks(self, checks: list[tuple[str, bool]]) -> None:
        text = "    ".join(f"{'✓' if met else '○'} {name}" for name, met in checks)
        if self.checks.text() != text:
            self.checks.setText(text)

    def _say(self, words: str) -> None:
        if self.words.text() != words:
            self.words.setText(words)

    def _lay_out(self) -> None:
        column = QVBoxLayout()
        column.setSpacing(SPACE // 2)
        # Two lines, so that the image below does not move when the words change.
        self.words.setMinimumHeight(2 * self.words.fontMetrics().lineSpacing())
        self.words.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        top = QHBoxLayout()
        top.addWidget(self.title, 1)
        top.addWidget(self.skip_button)
        bottom = QHBoxLayout()
        bottom.setSpacing(SPACE)
        bottom.addWidget(self.checks, 1)
        bottom.addWidget(self.right_button)
        bottom.addWidget(self.left_button)
        column.addLayout(top)
        column.addWidget(self.words)
        column.addLayout(bottom)
        column.addStretch(1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
        layout.setSpacing(SPACE)
        layout.addWidget(self.image)
        layout.addLayout(column, 1)
        # As high in every step, so that the image below stays where it is.
        self.setMinimumHeight(layout.sizeHint().height())


def _in_view(frame: LiveFrame) -> bool:
    """Whether a hand is in the box, as the finder or else the network sees it."""
    if frame.tracking is not None:
        return frame.tracking is Tracking.FOLLOWING
    return frame.reading is not None and frame.reading.is_sign
