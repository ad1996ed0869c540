from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from asl_desktop.practice.drill_page import DrillPage
from asl_desktop.practice.learner_progress import Skill
from asl_desktop.practice.practice_tab import PracticeTab
from tests.asl_desktop.practice.conftest import Hand
from trainer.capture.opening import DEMO_NAME
from trainer.letters import LETTERS


@pytest.fixture
def drill(tab: PracticeTab) -> DrillPage:
    tab.show_page(tab.drill)
    return tab.drill


def asked(drill: DrillPage) -> str:
    assert drill.attempt is not None
    return drill.attempt.letter


def another(letter: str) -> str:
    return LETTERS[(LETTERS.find(letter) + 5) % len(LETTERS)]


def test_a_letter_that_is_held_counts_and_the_next_one_follows(
    drill: DrillPage, hand: Hand, qtbot: QtBot
) -> None:
    qtbot.mouseClick(drill.begin, Qt.MouseButton.LeftButton)
    letter = asked(drill)
    assert drill.target.letter == letter
    assert not drill.image.letter, "the image would be the answer"
    hand.sign("", 0.5)
    hand.sign(letter, 1.5)
    assert drill.attempt is None
    tally = drill.store.progress.tally(Skill.SIGNING, letter)
    assert (tally.tries, tally.hits) == (1, 1)
    assert 0.9 < tally.seconds < 1.8
    assert drill.score.text() == "1 of 1 correct"
    assert letter in drill.words.text()
    qtbot.waitUntil(lambda: drill.attempt is not None)
    assert asked(drill) != letter


def test_a_letter_that_is_only_passed_does_not_count(drill: DrillPage, hand: Hand) -> None:
    drill.begin.click()
    letter = asked(drill)
    for _ in range(4):
        hand.sign(letter, 0.3)
        hand.sign("", 0.4)
    assert drill.attempt is not None


def test_a_wrong_letter_is_said_and_remembered(drill: DrillPage, hand: Hand, qtbot: QtBot) -> None:
    drill.begin.click()
    letter, wrong = asked(drill), another(asked(drill))
    hand.sign(wrong, 3.0)
    assert wrong in drill.words.text()
    hand.sign(letter, 1.5)
    tally = drill.store.progress.tally(Skill.SIGNING, letter)
    assert (tally.tries, tally.hits, tally.instead) == (1, 0, {wrong: 1})
    drill.begin.click()
    pair = drill.among.findData("".join(sorted(letter + wrong)))
    assert pair > 0
    drill.among.setCurrentIndex(pair)
    drill.begin.click()
    first = asked(drill)
    drill.skip.click()
    assert {first, asked(drill)} == {letter, wrong}, "only the two are drilled"


def test_help_shows_the_hand_and_is_no_hit(drill: DrillPage, hand: Hand) -> None:
    drill.begin.click()
    letter = asked(drill)
    drill.show_me.click()
    assert drill.image.letter == letter
    hand.sign(letter, 1.5)
    tally = drill.store.progress.tally(Skill.SIGNING, letter)
    assert (tally.tries, tally.hits) == (1, 0)


def test_a_skipped_letter_is_a_miss(drill: DrillPage) -> None:
    drill.begin.click()
    letter = asked(drill)
    drill.skip.click()
    assert drill.store.progress.tally(Skill.SIGNING, letter).tries == 1
    assert asked(drill) != letter


def test_leaving_stops_and_keeps_the_record(
    tab: PracticeTab, drill: DrillPage, hand: Hand, progress_file: Path
) -> None:
    drill.begin.click()
    letter = asked(drill)
    hand.sign(letter, 1.5)
    tab.hide()
    kept = json.loads(progress_file.read_text())
    assert kept["signing"][letter]["hits"] == 1
    assert drill.attempt is None
    hand.sign(letter, 1.5)
    assert drill.store.progress.tally(Skill.SIGNING, letter).tries == 1


def test_a_record_that_cannot_be_written_is_said(
    tab: PracticeTab, drill: DrillPage, progress_file: Path
) -> None:
    progress_file.mkdir()
    told: list[str] = []
    tab.error.connect(told.append)
    drill.begin.click()
    drill.skip.click()
    tab.hide()
    assert len(told) == 1
    assert str(progress_file) in told[0]


def test_the_hand_of_the_demo_clip_is_not_the_learners(
    tab: PracticeTab, drill: DrillPage, hand: Hand, qtbot: QtBot
) -> None:
    drill.begin.click()
    letter = asked(drill)
    hand.sign(letter, 1.5, DEMO_NAME)
    assert drill.attempt is None
    assert "✓" in drill.words.text()
    assert tab.panel.demo.isVisible()
    qtbot.waitUntil(lambda: drill.attempt is not None)
    drill.skip.click()
    assert drill.store.progress.empty
    letter = asked(drill)
    hand.sign("", 0.5)
    hand.sign(letter, 1.5)
    assert not tab.panel.demo.isVisible()
    assert drill.store.progress.tally(Skill.SIGNING, letter).hits == 1


def test_a_letter_that_is_drawn_counts_however_long_its_start_is_held(
    drill: DrillPage, hand: Hand
) -> None:
    drill.start_round("J")
    for _ in range(60):
        hand.draw("I")
    hand.draw("J")
    assert drill.attempt is None
    tally = drill.store.progress.tally(Skill.SIGNING, "J")
    assert tally.hits == 1


def test_a_network_that_does_not_read_movements_says_so(drill: DrillPage, hand: Hand) -> None:
    drill.start_round("Z")
    hand.sign("D", 1.0)
    assert "does not read Z" in drill.words.text()
    assert not drill.attempt or not drill.attempt.wrong
