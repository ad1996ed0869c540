"""What to read: letters of all kinds, or a list of words."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QComboBox

from asl_desktop.practice.choice import confused_pairs
from asl_desktop.practice.course import LESSONS, LOOK_ALIKES, due_letters
from asl_desktop.practice.learner_progress import Skill
from asl_desktop.practice.progress_store import ProgressStore
from asl_desktop.practice.round_words import lesson_name
from asl_desktop.practice.word_lists import WordList
from trainer.letters import ALPHABET

_WIDTH = 24
"""Characters that the closed box shows."""


class ReadChoice(QComboBox):
    """Letters, lessons, look-alikes, the learner's own confusions, and lists of words.

    Args:
        store: Knows what is due and what was confused.
        own_words: Gives the words of the learner's own list, which can be chosen if there are any.
    """

    def __init__(self, store: ProgressStore, own_words: Callable[[], Sequence[str]]) -> None:
        super().__init__()
        self._store, self._own_words = store, own_words
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(_WIDTH)
        self.refresh()

    @property
    def words(self) -> WordList | None:
        """The list that is chosen, if it is one."""
        data = str(self.currentData())
        return WordList(data) if data in {kind.value for kind in WordList} else None

    @property
    def letters(self) -> str:
        """The letters that are chosen; all of them while words are."""
        return ALPHABET if self.words is not None else str(self.currentData())

    def choose_letters(self, letters: str) -> None:
        """Chooses letters."""
        if self.findData(letters) < 0:
            self.addItem(" ".join(letters), letters)
        self.setCurrentIndex(self.findData(letters))

    def choose_words(self, kind: WordList) -> None:
        """Chooses a list."""
        self.setCurrentIndex(self.findData(kind.value))

    def refresh(self) -> None:
        """Lists what there is to choose now; the choice stays."""
        chosen, text = self.currentData(), self.currentText()
        self.clear()
        self.addItem(self.tr("All letters"), ALPHABET)
        self.addItem(self.tr("Words"), WordList.COMMON.value)
        self.addItem(self.tr("Names"), WordList.NAMES.value)
        self.addItem(self.tr("Places"), WordList.PLACES.value)
        if self._own_words():
            self.addItem(self.tr("Own list"), WordList.OWN.value)
        due = due_letters(self._store.progress, Skill.READING, self._store.today())
        if due:
            self.addItem(self.tr("Due today: {0}").replace("{0}", " ".join(due)), due)
        for number in range(len(LESSONS)):
            self.addItem(lesson_name(number), LESSONS[number])
        for letters in LOOK_ALIKES:
            self.addItem(self.tr("Look-alikes: {0}").replace("{0}", " ".join(letters)), letters)
        for pair in confused_pairs(self._store.progress, Skill.READING):
            both = self.tr("{0} and {1}, often confused").replace("{0}", pair.first)
            self.addItem(both.replace("{1}", pair.second), pair.first + pair.second)
        if chosen == WordList.OWN.value and not self._own_words():
            chosen, text = WordList.COMMON.value, ""
        if chosen is not None and self.findData(chosen) < 0:
            self.addItem(text, chosen)
        # A lesson and look-alikes may have the same letters.
        same = self.findText(text)
        self.setCurrentIndex(max(self.findData(chosen) if same < 0 else same, 0))
