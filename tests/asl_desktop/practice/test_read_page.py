from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from asl_desktop.actions import Actions
from asl_desktop.practice.hand_show import Scene
from asl_desktop.practice.learner_progress import Skill
from asl_desktop.practice.own_list_dialog import OwnListDialog
from asl_desktop.practice.practice_tab import PracticeTab
from asl_desktop.practice.read_page import ReadPage
from asl_desktop.practice.rounds import QUESTIONS
from asl_desktop.practice.word_lists import NAMES, PLACES, WordList
from trainer.hand_renderer.film import Shot
from trainer.letters import ALPHABET


@pytest.fixture
def read(tab: PracticeTab) -> ReadPage:
    tab.show_page(tab.read)
    return tab.read


def choose(read: ReadPage, data: str) -> None:
    index = read.kind.findData(data)
    if index < 0:
        read.kind.choose_letters(data)
        index = read.kind.currentIndex()
    read.kind.setCurrentIndex(index)
    read.kind.activated.emit(index)


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


def fake_shots(scene: Scene, stopped: object) -> list[Shot]:
    return [Shot(np.full((8, 8, 4), 60, np.uint8), 0.02) for _ in range(3)]


@pytest.fixture
def _quick_films(monkeypatch: pytest.MonkeyPatch) -> None:
    """Films of three gray images: real ones are tested in tests/trainer/hand_renderer."""
    monkeypatch.setattr("asl_desktop.practice.hand_show._shots", fake_shots)


@pytest.mark.usefixtures("_quick_films")
def test_a_word_is_spelled_by_a_moving_hand(
    read: ReadPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("asl_desktop.practice.read_page.choose_word", lambda *given: "EGG")
    with qtbot.waitSignal(read.hands.over):
        choose(read, WordList.COMMON.value)
        qtbot.waitUntil(lambda: read.hands.canvas.image is not None)
    assert read.hands.canvas.image is None, "the word is over"
    assert "EGG" not in read.hands.canvas.accessibleName()
    with qtbot.waitSignal(read.hands.over):
        read.again.click()
    QTest.keyClicks(read.answer, "egg")
    assert read.question == "EGG", "a word is checked when Enter is pressed"
    QTest.keyClick(read.answer, Qt.Key.Key_Return)
    assert "✓" in read.words.text()
    assert read.store.progress.tally(Skill.READING, "G").hits == 2


@pytest.mark.usefixtures("_quick_films")
def test_many_hands_sign_letters_and_words(read: ReadPage, qtbot: QtBot) -> None:
    read.hand.setCurrentIndex(1)
    choose(read, "MNST")
    assert read.question in tuple("MNST")
    qtbot.waitUntil(lambda: read.hands.canvas.image is not None)
    first = read._signer
    QTest.keyClicks(read.answer, read.question)
    qtbot.waitUntil(lambda: bool(read.question))
    assert read._signer is not first
    assert read.question in tuple("MNST")


@pytest.mark.usefixtures("_quick_films")
def test_a_round_ends_with_a_summary_and_what_comes_next(read: ReadPage, qtbot: QtBot) -> None:
    read.start_round("AB")
    for number in range(QUESTIONS):
        qtbot.waitUntil(lambda: bool(read.question))
        right = read.question
        QTest.keyClicks(read.answer, "X" if number == 0 else right)
        if number == 0:
            missed = right
            read.check.click()
    qtbot.waitUntil(lambda: "11 of 12" in read.words.text())
    assert f"{missed} (read as X)" in read.words.text()
    assert "Next: lesson 1, A B C L Y." in read.words.text()
    assert read.question == ""
    read.check.click()
    assert read.question in tuple("ABCLY")
    assert read.kind.letters == "ABCLY"


@pytest.mark.usefixtures("_quick_films")
def test_names_places_and_an_own_list_are_read(
    read: ReadPage, qtbot: QtBot, tmp_path: Path
) -> None:
    choose(read, WordList.NAMES.value)
    assert read.question in NAMES
    choose(read, WordList.PLACES.value)
    assert read.question in PLACES
    read.own_list.click()
    dialog = read.findChild(OwnListDialog)
    assert dialog is not None
    file = tmp_path / "class.csv"
    file.write_text("José;New York\n=1+1\n", "utf-8")
    dialog.add_file(file)
    assert "=1+1" in dialog.said.text()
    words = dialog.text.toPlainText()
    dialog.text.setPlainText(f"{words}\n\u202e{'x' * 100_000}")
    assert len(dialog.said.text()) < 200
    assert dialog.said.text().isprintable()
    dialog.text.setPlainText(words)
    dialog.accept()
    assert read.kind.words is WordList.OWN
    assert read.own_words == ["JOSE", "NEW YORK"]
    assert read.question in ("JOSE", "NEW YORK")
    QTest.keyClicks(read.answer, read.question.replace(" ", "").lower())
    QTest.keyClick(read.answer, Qt.Key.Key_Return)
    assert "✓" in read.words.text(), "a space need not be typed"


def test_an_own_list_can_be_chosen_while_there_is_one(read: ReadPage) -> None:
    assert read.kind.findData(WordList.OWN.value) < 0
    choose(read, WordList.COMMON.value)
    for words, kind in (("OTTER", WordList.OWN), ("", WordList.COMMON)):
        read.own_list.click()
        dialog = read.findChildren(OwnListDialog)[-1]
        dialog.text.setPlainText(words)
        dialog.accept()
        assert read.kind.words is kind
        assert (read.kind.findData(WordList.OWN.value) >= 0) is bool(words)
        assert (read.question == "OTTER") is bool(words)


def test_look_alikes_with_the_letters_of_a_lesson_can_be_chosen(read: ReadPage) -> None:
    names = [read.kind.itemText(index) for index in range(read.kind.count())]
    for name in names[1:]:
        QTest.keyClick(read.kind, Qt.Key.Key_Down)
        assert read.kind.currentText() == name
    assert "Look-alikes: U V R K" in names


def test_results_are_exported_for_a_teacher(
    tab: PracticeTab, read: ReadPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    QTest.keyClicks(read.answer, "A" if read.question != "A" else "B")
    path = tmp_path / "results.csv"
    monkeypatch.setattr(
        "asl_desktop.practice.practice_tab.file_dialogs.ask_where_to_save",
        lambda *given: path,
    )
    read.progress.export_button.click()
    text = path.read_text("utf-8-sig")
    assert text.splitlines()[0] == "when,exercise,letter,tries,correct,seconds,instead"
    assert len(text.splitlines()) == 3
    assert "results.csv" in read.progress.summary.text()


def test_with_reduced_motion_a_word_is_shown_in_a_row(
    read: ReadPage, actions: Actions, monkeypatch: pytest.MonkeyPatch
) -> None:
    actions.reduce_motion.setChecked(True)
    monkeypatch.setattr("asl_desktop.practice.read_page.choose_word", lambda *given, **more: "BIRD")
    choose(read, WordList.COMMON.value)
    assert read.hands.shown == "BIRD"
    assert not read.pace.isEnabled()


@pytest.mark.usefixtures("_quick_films")
def test_a_word_of_another_length_counts_for_no_letter(
    read: ReadPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("asl_desktop.practice.read_page.choose_word", lambda *given, **more: "BIRD")
    choose(read, WordList.COMMON.value)
    QTest.keyClicks(read.answer, "bed")
    QTest.keyClick(read.answer, Qt.Key.Key_Return)
    assert "That is BIRD, not BED." in read.words.text()
    assert read.store.progress.tally(Skill.READING, "B").tries == 0


def test_the_keyboard_is_enough(read: ReadPage, tab: PracticeTab, qtbot: QtBot) -> None:
    tab.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is read.answer)


@pytest.mark.usefixtures("_quick_films")
def test_leaving_stops_the_show(tab: PracticeTab, read: ReadPage) -> None:
    choose(read, WordList.COMMON.value)
    tab.show_page(tab.learn)
    assert read.question == ""
    assert read.hands.shown == ""
    assert all(tally.tries == 0 for tally in read.store.progress.tallies[Skill.READING].values())
