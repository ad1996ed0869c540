from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from asl_desktop.practice.course_page import CoursePage, look_alikes
from asl_desktop.practice.learner_progress import Skill
from asl_desktop.practice.practice_tab import PracticeTab
from asl_desktop.settings import Settings
from tests.asl_desktop.practice.conftest import Hand


@pytest.fixture
def course(tab: PracticeTab) -> CoursePage:
    tab.store.today = lambda: date(2026, 11, 4)
    tab.show_page(tab.course)
    return tab.course


def test_it_needs_no_camera_and_begins_with_the_first_lesson(
    tab: PracticeTab, course: CoursePage
) -> None:
    assert not tab.panel.isVisible()
    assert course.lesson == 0
    assert course.title.text() == "Lesson 1: A B C L Y"
    assert "lesson 1" in course.next_reading.text()
    assert [tile.image.letter for tile in course.tiles if tile.isVisible()] == list("ABCLY")


def test_a_lesson_is_read_and_then_marked(
    tab: PracticeTab, course: CoursePage, qtbot: QtBot
) -> None:
    qtbot.mouseClick(course.read_button, Qt.MouseButton.LeftButton)
    assert tab.page is tab.read
    assert tab.read.question in tuple("ABCLY")
    for skill in Skill:
        for letter in "ABCLY" * 2:
            tab.store.note(skill, letter, True, 1.0)
    tab.show_page(course)
    assert course.lesson == 1
    assert course.buttons[0].text().startswith("✓")
    course.buttons[0].click()
    assert "2 of 4 steps" in course.tiles[0].levels[0].accessibleName()


def test_a_lesson_is_signed(tab: PracticeTab, course: CoursePage, hand: Hand, qtbot: QtBot) -> None:
    qtbot.mouseClick(course.next_signing, Qt.MouseButton.LeftButton)
    assert tab.page is tab.drill
    attempt = tab.drill.attempt
    assert attempt is not None
    assert attempt.letter in tuple("ABCLY")
    hand.sign("", 0.5)
    hand.sign(attempt.letter, 1.5)
    assert tab.store.progress.review(Skill.SIGNING, attempt.letter, date(2026, 11, 4)).level == 1


def test_the_last_lesson_has_the_letters_that_are_drawn(
    tab: PracticeTab, course: CoursePage
) -> None:
    course.buttons[-1].click()
    course.sign_button.click()
    assert tab.drill.round is not None
    assert tab.drill.round.letters == "PQJZ"


def test_a_letter_is_shown_large(tab: PracticeTab, course: CoursePage, qtbot: QtBot) -> None:
    qtbot.mouseClick(course.tiles[3].title, Qt.MouseButton.LeftButton)
    assert tab.page is tab.learn
    assert tab.learn.letter == "L"


def test_the_goal_is_shown_and_can_be_switched_off(tab: PracticeTab, course: CoursePage) -> None:
    goal = course.goal
    assert goal.today.text() == "Today: 0 of 20 letters"
    for _ in range(20):
        tab.store.note(Skill.READING, "A", True, 1.0)
    assert goal.today.text() == "Today: 20 of 20 letters"
    assert goal.streak.text() == "Goal met on 1 day"
    assert "20 letters, 20 correct" in goal.chart.accessibleDescription()
    goal.goal.setCurrentIndex(0)
    goal.goal.activated.emit(0)
    assert goal.today.text() == "Today: 20 letters"
    assert not goal.streak.isVisible()
    assert Settings().daily_goal == 0


def test_look_alikes_are_explained() -> None:
    assert any("O" in sentence and "C" in sentence for sentence in look_alikes(1))
    assert len(look_alikes(3)) == 3
