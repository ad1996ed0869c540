"""The tab as a whole, and Learn."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from asl_desktop import user_folders
from asl_desktop.actions import Actions
from asl_desktop.main_window import MainWindow
from asl_desktop.own_file import OwnFile
from asl_desktop.practice.learner_progress import Skill
from asl_desktop.practice.practice_tab import PracticeTab
from asl_desktop.settings import Settings
from asl_desktop.widgets import tips
from asl_desktop.widgets.hand_image import HandImage, reference_image
from tests.asl_desktop.full_disk import NO_SPACE, no_space
from tests.asl_desktop.practice.conftest import Hand, frame
from trainer.letters import ALPHABET, LETTERS


def page_button(tab: PracticeTab, text: str) -> QToolButton:
    buttons = tab.findChildren(QToolButton)
    return next(b for b in buttons if b.text().replace("&", "") == text)


def test_every_letter_has_an_image_and_a_tip() -> None:
    for letter in ALPHABET:
        assert not reference_image(letter).isNull()
        assert tips.tip(letter)
    assert "thumb" in tips.apart("S", "T")
    assert tips.apart("S", "T") == tips.apart("T", "S")
    assert tips.apart("B", "X") == ""


def test_a_letter_is_chosen_by_mouse_key_and_button(tab: PracticeTab, qtbot: QtBot) -> None:
    learn = tab.learn
    assert learn.letter == "A"
    qtbot.mouseClick(page_button(tab, "Q"), Qt.MouseButton.LeftButton)
    assert learn.letter == learn.image.letter == learn.title.text() == "Q"
    QTest.keyClick(learn, Qt.Key.Key_M)
    assert learn.letter == "M"
    assert learn.tip.text() == tips.tip("M")
    learn.step(-1)
    assert learn.letter == "L"
    learn.choose("Z")
    learn.step(1)
    assert learn.letter == "A"


def test_learn_says_what_is_read_and_what_it_would_want(tab: PracticeTab, hand: Hand) -> None:
    tab.learn.choose("T")
    hand.sign("S", 1.0)
    assert tips.apart("S", "T") in tab.learn.advice.text()
    assert tab.learn.read.letter.text() == "S"
    assert tab.learn.wanted.number.text() == "0 %"
    hand.sign("T", 1.0)
    assert "Well done" in tab.learn.advice.text()
    assert tab.learn.wanted.number.text() == "97 %"
    hand.sign("", 1.0)
    assert "No sign" in tab.learn.advice.text()


def test_movements_are_not_judged_by_a_network_without_joints(tab: PracticeTab, hand: Hand) -> None:
    tab.learn.choose("J")
    hand.sign("I", 1.0)
    assert "does not read" in tab.learn.advice.text()
    assert tab.learn.wanted.number.text() == "–"


def test_movements_are_judged_where_the_joints_are_known(tab: PracticeTab, hand: Hand) -> None:
    tab.learn.choose("J")
    hand.draw("I")
    assert "A good start" in tab.learn.advice.text()
    assert tab.learn.wanted.number.text() == "0 %"
    hand.draw("S")
    assert "Begin with" in tab.learn.advice.text()
    hand.draw("J")
    assert "Well done" in tab.learn.advice.text()
    assert tab.learn.wanted.number.text() == "95 %"


def test_the_panel_shows_the_frame_and_forgets_it_when_none_follows(
    tab: PracticeTab, hand: Hand, qtbot: QtBot
) -> None:
    hand.sign("B", 1.0)
    assert tab.panel.view.frame is not None
    assert tab.panel.letter.letter == "B"
    qtbot.waitUntil(lambda: tab.panel.view.frame is None)
    assert tab.panel.letter.letter == ""
    assert "the Live tab says why" in tab.panel.words.text()


def test_the_view_is_mirrored_like_the_live_image(
    tab: PracticeTab, hand: Hand, actions: Actions
) -> None:
    hand.sign("B", 0.1)
    view = tab.panel.view

    def left_colour() -> QColor:
        return view.grab().toImage().pixelColor(view.width() // 8, view.height() // 2)

    assert left_colour().red() > 150
    actions.mirror.setChecked(True)
    assert left_colour().red() < 150


def test_left_hands_are_mirror_images_and_remembered(
    tab: PracticeTab, hand: Hand, qtbot: QtBot
) -> None:
    image = tab.learn.image
    tab.learn.choose("L")
    before = image.grab().toImage()
    tab.left_handed.click()
    after = image.grab().toImage()
    assert after != before
    flipped = after.flipped(Qt.Orientation.Horizontal)
    middle = (image.width() // 3, image.height() // 2)
    assert flipped.pixelColor(*middle) == before.pixelColor(*middle)
    assert Settings().left_handed


def test_a_hidden_tab_and_the_reading_page_take_no_frames(tab: PracticeTab, hand: Hand) -> None:
    tab.show_page(tab.read)
    assert not tab.panel.isVisible()
    hand.sign("B", 0.5)
    assert tab.panel.view.frame is None
    tab.show_page(tab.learn)
    tab.hide()
    hand.sign("B", 0.5)
    assert tab.panel.view.frame is None


def test_without_a_network_there_is_an_image_but_no_judgement(tab: PracticeTab) -> None:
    without = frame("A", 1.0)
    object.__setattr__(without, "reading", None)
    tab.show_frame(without, None)
    assert tab.panel.view.frame is not None
    assert "not loaded" in tab.panel.words.text()


def test_a_damaged_record_is_told_once(qtbot: QtBot, actions: Actions, tmp_path: Path) -> None:
    path = tmp_path / "practice.json"
    path.write_text("nonsense")
    tab = PracticeTab(Settings(), actions, path)
    qtbot.addWidget(tab)
    told: list[str] = []
    tab.error.connect(told.append)
    tab.show()
    tab.hide()
    tab.show()
    assert len(told) == 1
    assert "damaged" in told[0]


def test_a_second_window_practises_but_does_not_save(
    tab: PracticeTab, qtbot: QtBot, actions: Actions, tmp_path: Path
) -> None:
    path = tmp_path / "data" / "practice.json"
    second = PracticeTab(Settings(), actions, path)
    qtbot.addWidget(second)
    told: list[str] = []
    second.error.connect(told.append)
    second.show()
    for _ in range(3):
        second.store.note(Skill.SIGNING, "B", True, 1.0)
        second.store.save()
    assert len(told) == 1
    assert "not saved" in told[0]
    assert not path.exists()
    tab.store.note(Skill.SIGNING, "A", True, 1.0)
    tab.shut_down()
    second.shut_down()
    assert '"A"' in path.read_text()
    assert '"B"' not in path.read_text()


def test_progress_that_a_full_disk_refused_is_told_and_saved_at_the_end(
    tab: PracticeTab, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    tab.error.connect(told.append)
    with monkeypatch.context() as patch:
        patch.setattr(OwnFile, "write", no_space)
        tab.store.note(Skill.SIGNING, "A", True, 1.0)
        tab.store.save()
    assert told == [NO_SPACE]
    tab.shut_down()
    assert '"A"' in (tmp_path / "data" / "practice.json").read_text()


def test_the_question_is_not_in_the_accessible_name(qtbot: QtBot) -> None:
    image = HandImage()
    qtbot.addWidget(image)
    image.show_letter("Q", secret=True)
    assert "Q" not in image.accessibleName()
    image.show_letter("Q")
    assert "Q" in image.accessibleName()


def test_the_window_brings_live_frames_to_the_tab(
    make_window: Callable[[], MainWindow],
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(user_folders, "practice", lambda: tmp_path / "practice.json")
    window = make_window()
    assert window.practice is None
    window.start("demo")
    titles = [window.tabs.tabText(i).replace("&", "") for i in range(window.tabs.count())]
    window.tabs.setCurrentIndex(titles.index("Practice"))
    practice = window.practice
    assert practice is not None
    practice.show_page(practice.learn)
    qtbot.waitUntil(lambda: practice.panel.letter.letter in tuple(LETTERS))
    assert practice.panel.view.frame is not None
