from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from asl_desktop.actions import Actions
from asl_desktop.practice.learner_progress import ALPHABET, Skill
from asl_desktop.practice.practice_tab import PracticeTab
from asl_desktop.practice.read_page import ReadPage


@pytest.fixture
def read(tab: PracticeTab) -> ReadPage:
    tab.show_page(tab.read)
    return tab.read


def choose_words(read: ReadPage) -> None:
    read.kind.setCurrentIndex(1)
    read.kind.activated.emit(1)


def test_a_letter_is_typed_and_the_next_one_follows(read: ReadPage, qtbot: QtBot) -> None:
    letter = read.question
    assert letter in tuple(ALPHABET)
    assert read.hands.shown == letter
    QTest.keyClicks(read.answer, letter.lower())
    assert read.words.text().startswith("✓")
    tally = read.store.progress.tally(Skill.READING, letter)
    assert (tally.tries, tally.hits) == (1, 1)
    assert read.store.progress.tally(Skill.SIGNING, letter).tries == 0
    qtbot.waitUntil(lambda: bool(read.question))
    assert read.question != letter
    assert read.answer.text() == ""


def test_a_wrong_answer_is_explained_and_waits(read: ReadPage) -> None:
    letter = read.question
    wrong = "A" if letter != "A" else "B"
    QTest.keyClicks(read.answer, wrong)
    assert f"That is {letter}, not {wrong}." in read.words.text()
    assert read.store.progress.tally(Skill.READING, letter).instead == {wrong: 1}
    assert read.question == ""
    assert read.hands.shown == letter
    QTest.keyClick(read.answer, Qt.Key.Key_Return)
    assert read.question
    assert read.score.text() == "0 of 1 correct"


def test_the_answer_can_be_shown(read: ReadPage) -> None:
    letter = read.question
    read.give_up.click()
    assert f"That is {letter}." in read.words.text()
    assert read.store.progress.tally(Skill.READING, letter).tries == 1
    assert not read.give_up.isEnabled()


def test_a_word_is_shown_letter_by_letter(
    read: ReadPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("asl_desktop.practice.read_page.choose_word", lambda *given, **more: "EGG")
    read.pace.setCurrentIndex(2)
    seen: list[str] = []
    with qtbot.waitSignal(read.hands.over):
        choose_words(read)
        image = read.hands._images[0]
        show = image.show_letter
        monkeypatch.setattr(
            image,
            "show_letter",
            lambda letter, **more: (seen.append(letter), show(letter, **more)),
        )
    assert seen == ["E", "", "G", "", "G", ""], "a doubled letter is seen twice"
    QTest.keyClicks(read.answer, "egg")
    assert read.question == "EGG", "a word is checked when Enter is pressed"
    QTest.keyClick(read.answer, Qt.Key.Key_Return)
    assert "✓" in read.words.text()
    assert read.store.progress.tally(Skill.READING, "G").hits == 2


def test_with_reduced_motion_a_word_is_shown_in_a_row(
    read: ReadPage, actions: Actions, monkeypatch: pytest.MonkeyPatch
) -> None:
    actions.reduce_motion.setChecked(True)
    monkeypatch.setattr("asl_desktop.practice.read_page.choose_word", lambda *given, **more: "BIRD")
    choose_words(read)
    assert read.hands.shown == "BIRD"
    assert not read.pace.isEnabled()


def test_a_word_of_another_length_counts_for_no_letter(
    read: ReadPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("asl_desktop.practice.read_page.choose_word", lambda *given, **more: "BIRD")
    choose_words(read)
    QTest.keyClicks(read.answer, "bed")
    QTest.keyClick(read.answer, Qt.Key.Key_Return)
    assert "That is BIRD, not BED." in read.words.text()
    assert read.store.progress.tally(Skill.READING, "B").tries == 0


def test_the_keyboard_is_enough(read: ReadPage, tab: PracticeTab, qtbot: QtBot) -> None:
    tab.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is read.answer)


def test_leaving_stops_the_show(tab: PracticeTab, read: ReadPage) -> None:
    choose_words(read)
    tab.show_page(tab.learn)
    assert read.question == ""
    assert read.hands.shown == ""
    assert all(tally.tries == 0 for tally in read.store.progress.tallies[Skill.READING].values())
