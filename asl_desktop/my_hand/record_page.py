"""Record: names a letter, waits until the hand shows it, records it, goes on with the next one."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from asl_desktop.camera.frame_worker import LiveFrame
from asl_desktop.my_hand.count_view import RECORDING, CountView
from asl_desktop.my_hand.recorder import WANTED, Recorder, Stage, planned_seconds
from asl_desktop.widgets import theme, tips
from asl_desktop.widgets.hand_image import HandImage
from asl_desktop.widgets.letter_buttons import LetterStrip
from asl_desktop.widgets.parts import alarm, announce, card_with, line, plain_label, row, switch
from asl_desktop.widgets.theme import SPACE
from trainer.capture.opening import DEMO_NAME
from trainer.letters import CLASSES, LETTERS
from trainer.samples.store import SampleStore, Sitting
from trainer.support.errors import UserError

_STALE_MS = 2500
"""Age at which a frame counts as missing."""

_RIGHT_WIDTH = 320


class RecordPage(QWidget):
    """Leads through the letters of a sitting; every sample is saved at once.

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
        self.total = plain_label()
        self.total.setProperty("muted", True)
        self.answer_button = QPushButton()
        """What the user says to a doubt."""
        self.start_button = QPushButton()
        self.start_button.setProperty("primary", True)
        self.start_button.setToolTip(self.tr("Space begins and pauses"))
        self.skip_button = QPushButton(self.tr("Ne&xt letter"))
        self.sittings = {
            Sitting.LEARN: switch(
                self.tr("&1  To learn"), self.tr("First sitting: the network learns it")
            ),
            Sitting.CHECK: switch(
                self.tr("&2  To check"),
                self.tr("Second sitting, later or a step away: it is never learned"),
            ),
        }
        self.strip = LetterStrip()
        self._letter = ""
        self._again: list[str] = []
        self._file = ""
        """Where the last frame is from, if it is from no camera."""
        self._confirmed = ""
        self._stale = alarm(self, _STALE_MS, self._miss_image)
        self._lay_out()
        self.strip.chosen.connect(self.choose)
        self.start_button.clicked.connect(self.start_or_pause)
        self.skip_button.clicked.connect(self.skip)
        self.answer_button.clicked.connect(self.answer)
        self.use(store)

    @property
    def letter(self) -> str:
        """The letter to record."""
        return self._letter

    @property
    def sitting(self) -> Sitting:
        """The sitting to record."""
        return self.recorder.sitting

    def use(self, store: SampleStore) -> None:
        """Records into another store from now on, another person's."""
        self._store = store
        self.recorder = Recorder(store)
        self._again, self._confirmed = [], ""
        self.turn_to(Sitting.LEARN if self._open(Sitting.LEARN) else Sitting.CHECK)
        self._miss_image()

    def turn_to(self, sitting: Sitting) -> None:
        """Goes to a sitting, and to its first letter that is open."""
        self.recorder.pause()
        self.recorder.sitting = sitting
        self._again = []
        self.sittings[sitting].setChecked(True)
        self.choose(self.first_open() or LETTERS[0])

    def record_again(self, letters: Sequence[str]) -> None:
        """Goes to letters that are to be recorded once more, and learned."""
        self.turn_to(Sitting.LEARN)
        self._again = list(letters)
        self.choose(letters[0])

    def first_open(self, after: str = "") -> str:
        """The first letter with too few samples, behind a letter if given; "" if there is none."""
        first = LETTERS.index(after) + 1 if after else 0
        still_open = self._open(self.sitting)
        order = LETTERS[first:] + LETTERS[:first]
        return next((letter for letter in order if letter in still_open), "")

    def choose(self, letter: str) -> None:
        """Goes to a letter; ends a recording."""
        self.recorder.pause()
        self._letter = letter
        self.strip.choose(letter)
        self.hand.show_letter(letter)
        self.title.setText(letter)
        self.tip.setText(tips.tip(letter))
        if not self._refused:
            self._say(self._plan())
        self._update()

    def start_or_pause(self) -> None:
        """Starts or pauses the recording."""
        if self.recorder.running:
            self.recorder.pause()
            self._say(self.tr("Paused. The samples so far are saved."))
        else:
            self._start()
        self._update()

    def skip(self) -> None:
        """Goes to the next letter, and records it if the recording was running."""
        running = self.recorder.running
        self.choose(LETTERS[(LETTERS.index(self._letter) + 1) % CLASSES])
        if running:
            self._start(changed=False)
        self._update()

    def answer(self) -> None:
        """The user confirms: this is the letter, or this file shows the user's own hand."""
        if self._refused:
            self._confirmed = self._file
            self.start_button.setEnabled(True)
            self._say(self._plan())
        else:
            self.recorder.accept()
        self.start_button.setFocus()
        self._update()

    def leave(self) -> None:
        """Ends the recording: the page is hidden."""
        if self.recorder.running:
            self.start_or_pause()

    def see(self, frame: LiveFrame) -> None:
        """Shows a frame, and records it if a sample is due and the frame is good enough."""
        self.view.show_frame(frame)
        self._stale.start()
        self._file = _file(frame)
        if self._refused:
            self._refuse()
            return
        if not self.start_button.isEnabled():
            self.start_button.setEnabled(True)
            self._say(self._plan())
            self._update()
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

    @property
    def _refused(self) -> bool:
        """Whether the source may show anybody's hand; the demo clip does."""
        return self._file == DEMO_NAME or self._file not in ("", self._confirmed)

    def _start(self, *, changed: bool = True) -> None:
        self.recorder.start(self._letter, changed=changed)
        self._say(self.tr("Sign {0}, and hold it.").replace("{0}", self._letter))

    def _follow(self, *, new: bool) -> None:
        """Shows the state of the recording; after the last sample, goes to the next letter."""
        recorder = self.recorder
        if new:
            self.recorded.emit()
        if recorder.stage is Stage.RECORDING:
            self._say(recorder.refusal or self.tr("Recording: turn and move the hand a little."))
        elif recorder.stage is Stage.DOUBTING:
            a, an = self.tr("This looks like a {0}."), self.tr("This looks like an {0}.")
            doubt = tips.with_article(recorder.seen, a, an)
            if doubt != self.status.text():
                announce(self, doubt)
            self._say(doubt)
        elif recorder.stage is Stage.WAITING:
            self._say(self.tr("Sign {0}, and hold it.").replace("{0}", self._letter))
        elif recorder.stage is Stage.STUCK:
            pause = self.tr("Paused. {0}").replace("{0}", recorder.refusal)
            self._say(pause)
            announce(self, pause)
        elif recorder.stage is Stage.DONE:
            self._go_on()
        self._update()

    def _go_on(self) -> None:
        again = [letter for letter in self._again if letter != self._letter]
        if self._again:
            following = again[0] if again else ""
            end = self.tr("Recorded again. Next: teach the network, under Teach.")
        else:
            following = self.first_open(self._letter)
            end = {
                Sitting.LEARN: self.tr(
                    "All letters are there. Move a step or come back later; then record the second "
                    "sitting, which checks what was learned."
                ),
                Sitting.CHECK: self.tr(
                    "All letters are there. Next: teach the network, under Teach."
                ),
            }[self.sitting]
        if not following:
            if not self._again and self.sitting is Sitting.LEARN and self._open(Sitting.CHECK):
                self.turn_to(Sitting.CHECK)
            self._again = []
            self._say(end)
            announce(self, end)
            return
        self.choose(following)
        self._again = again
        self._start(changed=False)
        announce(self, self.tr("Next letter: {0}").replace("{0}", following))

    def _miss_image(self) -> None:
        self.recorder.pause()
        self.view.show_frame(None)
        self._file = ""
        self.start_button.setEnabled(False)
        self._say(self.tr("No image: the Live tab says why."))
        self._update()

    def _refuse(self) -> None:
        """A hand that may be anybody's is not recorded, and that of the demo clip never."""
        self.recorder.pause()
        self.start_button.setEnabled(False)
        if self._file == DEMO_NAME:
            self._say(
                self.tr(
                    "This is the demo clip: its hand is not yours, so it is not recorded. Choose a "
                    "camera under Source."
                )
            )
        else:
            self._say(self.tr("This is a file, not a camera. Does it show your own hand?"))
        self._update()

    def _plan(self) -> str:
        """What to do, and how long the rest of it takes."""
        open_letters = len(self._again) or len(self._open(self.sitting))
        if not open_letters:
            return self.tr("This sitting is complete; more of a letter does no harm.")
        text = self.tr("{0} to go, about {1} seconds. Begin, then sign each letter as it comes.")
        seconds = math.ceil(planned_seconds(open_letters, self.sitting) / 10) * 10
        return text.replace("{0}", str(open_letters)).replace("{1}", str(seconds))

    def _say(self, text: str) -> None:
        if self.status.text() != text:
            self.status.setText(text)

    def _open(self, sitting: Sitting) -> str:
        """The letters with too few samples in a sitting."""
        counts = self._store.counts(sitting).tolist()
        return "".join(
            letter for letter, count in zip(LETTERS, counts, strict=True) if count < WANTED[sitting]
        )

    def _update(self) -> None:
        recorder = self.recorder
        wanted = WANTED[self.sitting]
        counts = self._store.counts(self.sitting).tolist()
        self.strip.show_counts(counts, wanted)
        have = counts[LETTERS.index(self._letter)]
        self.progress.setRange(0, recorder.wanted if recorder.running else wanted)
        self.progress.setValue(recorder.taken if recorder.running else min(have, wanted))
        count = str(recorder.count) if recorder.stage is Stage.WAITING and recorder.count else ""
        self.view.show_sign(RECORDING if recorder.stage is Stage.RECORDING else count)
        self.start_button.setText(self.tr("Pa&use") if recorder.running else self.tr("&Begin"))
        self._offer_answer()
        full = sum(count >= wanted for count in counts)
        text = self.tr("{0} of {1} letters are complete.").replace("{0}", str(full))
        self.total.setText(text.replace("{1}", str(CLASSES)))

    def _offer_answer(self) -> None:
        own_file = self._refused and self._file != DEMO_NAME
        asks = own_file or self.recorder.asks
        # In the place of the other, so that nothing moves.
        self.skip_button.setVisible(not asks)
        self.answer_button.setVisible(asks)
        it_is = tips.with_article(self._letter, self.tr("It &is a {0}"), self.tr("It &is an {0}"))
        self.answer_button.setText(self.tr("It &is my hand") if own_file else it_is)

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(SPACE)
        words.addWidget(self.title)
        words.addWidget(self.tip)
        words.addStretch(1)
        inside = QHBoxLayout()
        inside.setSpacing(2 * SPACE)
        inside.addWidget(self.hand, 3)
        inside.addLayout(words, 2)
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE)
        buttons.addWidget(self.start_button, 1)
        buttons.addWidget(self.skip_button, 1)
        buttons.addWidget(self.answer_button, 1)
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
        right.addLayout(buttons)
        right.addStretch(1)
        above = QHBoxLayout()
        above.setSpacing(2 * SPACE)
        above.addWidget(card_with(inside), 1)
        above.addWidget(side)
        self._group = QButtonGroup(self)
        for sitting, button in self.sittings.items():
            self._group.addButton(button)
            button.clicked.connect(lambda _, sitting=sitting: self.turn_to(sitting))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE)
        layout.addLayout(above, 1)
        layout.addSpacing(SPACE)
        layout.addLayout(row(*self.sittings.values(), right=[self.total]))
        layout.addWidget(self.strip)


def _file(frame: LiveFrame) -> str:
    """Which file or folder a frame is from, or "" for a camera's."""
    if frame.name == DEMO_NAME:
        return DEMO_NAME
    # The images of a folder have a name each.
    return "" if frame.live else str(Path(frame.name).parent)
