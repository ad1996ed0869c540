"""Read hands: shows hands, and the learner types letters or words. Needs no camera."""

from __future__ import annotations

import numpy as np
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QPushButton, QVBoxLayout

from asl_desktop.practice.choice import choose_word
from asl_desktop.practice.course import next_step
from asl_desktop.practice.hand_show import HandShow, Scene
from asl_desktop.practice.learner_progress import Skill
from asl_desktop.practice.own_list_dialog import OwnListDialog
from asl_desktop.practice.page import PAUSE_MS, Clock, Page, ScoreLine, sentence
from asl_desktop.practice.progress_store import ProgressStore
from asl_desktop.practice.progress_strip import ProgressCard
from asl_desktop.practice.read_choice import ReadChoice
from asl_desktop.practice.round_words import summary
from asl_desktop.practice.rounds import Round
from asl_desktop.practice.word_lists import NAMES, PLACES, WordList
from asl_desktop.practice.words import WORDS
from asl_desktop.settings import Settings
from asl_desktop.widgets import theme, tips
from asl_desktop.widgets.parts import alarm, announce, caption, row
from asl_desktop.widgets.theme import SPACE
from trainer.hand_renderer.film import Signer, random_signer, usual_signer
from trainer.letters import ALPHABET

OWN_WORDS = "practice/own-words"
"""Name of the user's list in the settings."""

_LONGEST_WORD = 6
_LONGEST_NAME = 20
_WORDS = 8
"""Of a round."""
_ROOM_FOR_PROGRESS = 500
"""Height of the page, in device-independent pixels."""

_PACES = ((1.3, 0.5), (0.9, 0.4), (0.6, 0.32), (0.38, 0.24), (0.22, 0.18))
"""Seconds that a letter is held, and between two letters."""
_USUAL_PACE = 1


class ReadPage(Page):
    """Asks for the letters of shown hands and records the answers."""

    uses_camera = False

    def __init__(
        self, store: ProgressStore, rng: np.random.Generator, clock: Clock, settings: Settings
    ) -> None:
        super().__init__(store, rng, clock)
        self.question = ""
        """The letter or word asked for; "" without an open question."""
        self._settings = settings
        self._last = ""
        self._planned: tuple[str, Signer] | None = None
        """The next word and who signs it, while it is drawn."""
        self._start = 0.0
        self._round = Round("", rng)
        self._usual = usual_signer()
        self._signer = self._usual
        self.kind = ReadChoice(store, lambda: self.own_words)
        self.pace = QComboBox()
        self.hand = QComboBox()
        self._pace_caption = caption(self.tr("Pa&ce"), self.pace)
        self.own_list = QPushButton(self.tr("Own list…"))
        self.score = ScoreLine()
        self.hands = HandShow()
        self.words = sentence()
        self.answer = QLineEdit()
        self.check = QPushButton()
        self.again = QPushButton(self.tr("A&gain"))
        self.give_up = QPushButton(self.tr("Sho&w me"))
        self.progress = ProgressCard(store, Skill.READING, ALPHABET)
        self._pause = alarm(self, PAUSE_MS, self._go_on)
        self._fill()
        self._lay_out()
        self._connect()

    @property
    def asks_words(self) -> bool:
        """Whether words are asked for, not letters."""
        return self.kind.words is not None

    def enter(self) -> None:
        """Asks at once: the learner needs only the keyboard."""
        self._restart()

    def leave(self) -> None:
        """Stops; the open question does not count."""
        self._pause.stop()
        self.question = ""
        self.hands.stop()

    def start_round(self, letters: str) -> None:
        """Starts a round of certain letters, such as a lesson's."""
        self.kind.choose_letters(letters)
        self._restart()

    def choose_words(self) -> None:
        """Starts a round of words."""
        self.kind.choose_words(WordList.COMMON)
        self._restart()

    def set_left_handed(self, left_handed: bool) -> None:
        """Shows left hands, or right ones."""
        self.hands.set_left_handed(left_handed)
        self._usual = Signer(self._usual.person, self._usual.skin, left=left_handed)
        self._planned = None

    def set_reduced_motion(self, reduced: bool) -> None:
        """Shows words in a row."""
        self.hands.at_once = reduced
        self.pace.setEnabled(not reduced)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Hides the progress in a low window, for the sake of the hand."""
        super().resizeEvent(event)
        self.progress.strip.setVisible(self.height() >= _ROOM_FOR_PROGRESS)

    # Asking -----------------------------------------------------------------------------------

    def _restart(self) -> None:
        self.score.restart()
        self.kind.refresh()
        if self.asks_words:
            self._round = Round("", self.rng, _WORDS)
        else:
            self._round = Round(self.kind.letters, self.rng)
        self._planned = None
        self.ask()

    def _go_on(self) -> None:
        if not self._round.over:
            self.ask()
            return
        step = next_step(self.store.progress, Skill.READING, self.store.today())
        self.words.setText(summary(self._round, Skill.READING, step))
        announce(self.words, self.words.text())
        self.kind.refresh()
        if step.letters and not self.asks_words:
            # The next round goes on with it.
            self.kind.choose_letters(step.letters)
        self._show_buttons()
        self.check.setFocus()

    def ask(self) -> None:
        """Shows the next letter or word."""
        self._pause.stop()
        if self.asks_words:
            self.question, self._signer = self._planned or self._plan(self._last)
            self._planned = None
        else:
            self.question = self._round.next_letter(self.store.progress, Skill.READING)
            self._signer = self._any_signer()
        self._last = self.question
        self._start = self.clock()
        self.answer.clear()
        self.answer.setMaxLength(_LONGEST_NAME if self.asks_words else 1)
        self.answer.setFocus()
        self.words.setText(
            self.tr("Which word is this? Type it and press Enter.")
            if self.asks_words
            else self.tr("Which letter is this? Type it.")
        )
        self._show_question()
        self._show_buttons()

    def _plan(self, before: str) -> tuple[str, Signer]:
        """A word other than the one before, and who signs it."""
        longest = _LONGEST_WORD if self.kind.words is WordList.COMMON else _LONGEST_NAME
        lists = {WordList.COMMON: WORDS, WordList.NAMES: NAMES, WordList.PLACES: PLACES}
        among = lists.get(self.kind.words or WordList.COMMON) or self.own_words
        word = choose_word(
            self.store.progress, Skill.READING, self.rng, longest, before, among or WORDS
        )
        return word, self._any_signer()

    @property
    def own_words(self) -> list[str]:
        """The user's list."""
        return self._settings.remembered(OWN_WORDS)

    def _any_signer(self) -> Signer:
        return random_signer(self.rng) if self.hand.currentData() else self._usual

    def _scene(self, word: str, signer: Signer) -> Scene:
        hold, glide = _PACES[self.pace.currentIndex()]
        return Scene(word, signer, hold, glide)

    def _show_question(self) -> None:
        if self.asks_words or self._signer is not self._usual:
            self.hands.show_scene(self._scene(self._last, self._signer))
        else:
            self.hands.show_letter(self._last)
        self.answer.setFocus()

    def _prepare(self) -> None:
        """Has the next word drawn while this one is thought about."""
        if self.asks_words and self.question and self._planned is None:
            self._planned = self._plan(self.question)
            self.hands.prepare(self._scene(*self._planned))

    def _typed(self, text: str) -> None:
        if self.question and not self.asks_words and text.strip():
            self._judge(text)

    def _check(self) -> None:
        if self.question:
            if self.answer.text().strip():
                self._judge(self.answer.text())
        elif self._round.over and not self._pause.isActive():
            self._restart()
        else:
            self._go_on()

    def _judge(self, text: str) -> None:
        """Judges an answer; "" gives up."""
        given, shown = " ".join(text.upper().split()), self.question
        seconds = self.clock() - self._start
        self.question = ""
        answer, wanted = given.replace(" ", ""), shown.replace(" ", "")
        right = answer == wanted
        self.score.count(right=right)
        if len(answer) == len(wanted) or not answer:
            for index, letter in enumerate(wanted):
                read = answer[index : index + 1]
                other = read if read != letter and read in tuple(ALPHABET) else ""
                share = seconds / len(wanted)
                self.store.note(Skill.READING, letter, read == letter, share, other)
                self._round.note(letter, read == letter, other)
        self._round.close_question(right)
        self.words.setText(self._verdict(given, shown, right=right))
        announce(self.words, self.words.text())
        if not self.asks_words and self._signer is self._usual:
            self.hands.show_letter(wanted, secret=False)
        self._show_buttons()
        if right:
            self._pause.start()

    def _verdict(self, given: str, wanted: str, *, right: bool) -> str:
        if right:
            return self.tr("✓ Correct: {0}").replace("{0}", wanted)
        if not given:
            text = self.tr("That is {0}.")
        else:
            text = self.tr("That is {0}, not {1}.").replace("{1}", given)
        pairs = [(a, b) for a, b in zip(wanted, given, strict=False) if a != b]
        same_length = len(wanted) == len(given)
        known = tips.apart(*pairs[0]) if same_length and len(pairs) == 1 else ""
        if not known and len(wanted) == 1:
            known = tips.tip(wanted)
        return f"{text.replace('{0}', wanted)} {known}".strip()

    def _edit_list(self) -> None:
        dialog = OwnListDialog(self.own_words, self._settings, self)
        dialog.accepted.connect(lambda: self._use_list(dialog.words))
        dialog.open()

    def _use_list(self, words: tuple[str, ...]) -> None:
        self._settings.remember(OWN_WORDS, words)
        self.kind.refresh()
        self.kind.choose_words(WordList.OWN if words else WordList.COMMON)
        self._restart()

    # Showing ----------------------------------------------------------------------------------

    def _show_buttons(self) -> None:
        open_ = bool(self.question)
        self.check.setText(self.tr("Chec&k") if open_ else self.tr("Ne&xt"))
        self.give_up.setEnabled(open_)
        self.again.setVisible(self.asks_words)
        self._pace_caption.setVisible(self.asks_words)
        self.pace.setVisible(self.asks_words)
        self.own_list.setVisible(self.asks_words)

    def _fill(self) -> None:
        for name, (hold, _) in zip(
            (
                self.tr("Very slow"),
                self.tr("Slow"),
                self.tr("Medium"),
                self.tr("Fast"),
                self.tr("Very fast"),
            ),
            _PACES,
            strict=True,
        ):
            self.pace.addItem(name, hold)
        self.pace.setCurrentIndex(_USUAL_PACE)
        self.hand.addItem(self.tr("One hand"), False)
        self.hand.addItem(self.tr("Many hands"), True)
        self.hand.setToolTip(self.tr("Other people's hands: skin, size, side and view differ"))

    def _connect(self) -> None:
        self.kind.activated.connect(self._restart)
        self.hand.activated.connect(self._restart)
        self.pace.activated.connect(self._restart)
        self.answer.textEdited.connect(self._typed)
        self.answer.returnPressed.connect(self._check)
        self.check.clicked.connect(self._check)
        self.again.clicked.connect(self._show_question)
        self.give_up.clicked.connect(lambda: self._judge(""))
        self.own_list.clicked.connect(self._edit_list)
        self.hands.over.connect(self._prepare)

    def _lay_out(self) -> None:
        self.answer.setAccessibleName(self.tr("Your answer"))
        self.answer.setPlaceholderText(self.tr("Your answer"))
        theme.scale(self.answer, 1.4, bold=True)
        self.answer.setMaximumWidth(260)
        self.check.setProperty("primary", True)
        inside = QVBoxLayout()
        inside.setSpacing(SPACE)
        what = caption(self.tr("Sh&ow"), self.kind)
        by = caption(self.tr("&By"), self.hand)
        top = row(what, self.kind, by, self.hand, self._pace_caption, self.pace, right=[self.score])
        inside.addLayout(top)
        inside.addWidget(self.hands, 1)
        inside.addWidget(self.words)
        buttons = row(self.answer, self.check, self.again, self.give_up, right=[self.own_list])
        self.put(inside, buttons, self.progress)
