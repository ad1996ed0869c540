"""What the signed letters probably mean: corrections at the space, and words to choose from."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from asl_desktop.actions import SUGGESTIONS
from asl_desktop.background.tasks import Background
from asl_desktop.compose.suggestion_bar import SuggestionBar
from asl_desktop.compose.text_field import TextField
from asl_desktop.settings import Settings
from trainer.recognition.decoder import Decoder
from trainer.recognition.seen import Seen
from trainer.recognition.steady import SPACE, Steady
from trainer.recognition.words import in_case_of

HOLD_SECONDS = 1.2
"""For which the last letter is held on, to accept the first word."""


class Corrections(QObject):
    """Types what is signed, corrects whole words and offers others, of the app's language.

    Args:
        settings: Whether words are corrected, and accepted by holding.
        field: The text.
        bar: Shows the words.
        parent: Qt's parent.
    """

    error = Signal(str)
    """Why there are no words, in one sentence."""

    def __init__(
        self,
        settings: Settings,
        field: TextField,
        bar: SuggestionBar,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._settings = settings
        self._field = field
        self._bar = bar
        self._language = settings.language.code
        self._decoder: Decoder | None = None
        self._asked = False
        # Held since the last letter, too short to be typed.
        self._glimpses: list[Seen] = []
        # What the word in front of the last space may be, in its case.
        self._candidates: list[str] = []
        self._accepted = False
        self._loading = Background(self)
        self._loading.done.connect(self.use)
        self._loading.refused.connect(self.error)
        bar.accepted.connect(self.accept)

    def prepare(self) -> None:
        """Begins to read the lists of words, once."""
        if not self._asked:
            self._asked = True
            self._loading.run(lambda: Decoder.of(self._language))

    def use(self, decoder: Decoder) -> None:
        """Sets which words are known."""
        self._asked = True
        self._decoder = decoder
        self.suggest()

    def shut_down(self, seconds: float) -> None:
        """Waits for the lists, at most this many seconds."""
        self._loading.wait(seconds)

    def take(self, steady: Steady) -> str:
        """Types what a frame brings; returns the letter, space or corrected word."""
        typed = ""
        if steady.probability and steady.typed:
            # A drawn letter is certain: what seemed to be held meanwhile was a part of it.
            self._field.unsign(steady.taken_back)
            self._glimpses = []
        if steady.seen is not None:
            self._glimpses.append(steady.seen)
            if steady.seen.typed:
                typed = steady.seen.letter
                self._field.sign(self._glimpses)
                self._glimpses = []
        if steady.typed == SPACE:
            typed = self.end_word()
        self._accept_by_holding(steady)
        return typed

    def take_word(self, seen: Sequence[Seen]) -> str:
        """Types the letters of a whole word and ends it; returns the word that they became."""
        for one in seen:
            self._glimpses.append(one)
            if one.typed:
                self._field.sign(self._glimpses)
                self._glimpses = []
        self.end_word()
        return self._field.ended_word()

    def end_word(self) -> str:
        """Types a space, and corrects the word before it if all of it was signed.

        Returns the corrected word, or else the space, or "" where there is no word.
        """
        field = self._field
        read, seen = field.word_start(), [*field.seen(), *self._glimpses]
        signed = field.is_signed()
        self._glimpses = []
        self._candidates = []
        if not field.type(SPACE):
            return ""
        if self._decoder is None or not signed:
            return SPACE
        words = self._decoder.decode(seen, SUGGESTIONS + 1)
        texts = [in_case_of(read, word.text) for word in words]
        self._candidates = texts
        corrected = texts[0] if texts and texts[0] != read and self._settings.corrections else ""
        if corrected:
            field.correct(corrected)
        self.suggest()
        return corrected or SPACE

    def suggest(self) -> None:
        """Offers words for the one that is being written, or other ones for the last."""
        field, words = self._field, []
        start = field.word_start() if field.isVisible() else ""
        ended = field.ended_word()
        if start:
            self._candidates = []
            self.prepare()
            if self._decoder is not None:
                found = self._decoder.complete(field.seen(), SUGGESTIONS)
                words = [in_case_of(start, word) for word in found]
        elif ended in self._candidates and field.isVisible():
            words = [word for word in self._candidates if word != ended]
        self._bar.show_words(words)

    def accept(self, word: str) -> None:
        """Takes a word that was offered."""
        self._glimpses = []
        if self._field.word_start():
            self._field.complete(word)
        else:
            self._field.exchange(word)

    def _accept_by_holding(self, steady: Steady) -> None:
        """Takes the first word when the last letter is held on, if the user wants that."""
        share = 0.0
        if steady.after <= 0:
            self._accepted = False
        elif self._settings.accept_by_holding and not self._accepted and self._field.word_start():
            share = min(steady.after / HOLD_SECONDS, 1.0)
        if share >= 1 and self._bar.words:
            self._accepted = True
            self.accept(self._bar.words[0])
            share = 0.0
        self._bar.show_progress(share)
