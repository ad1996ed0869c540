"""What Learn, Drill and Spell say about a sign that is wrong."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from asl_desktop.practice.practice_tab import PracticeTab
from asl_desktop.widgets import tips
from tests.asl_desktop.practice.conftest import Hand, mistaken
from trainer.hand_renderer.postures import Posture


def sign_until(qtbot: QtBot, hand: Hand, letter: str, said: str, words: object) -> None:
    """Holds a letter until a sentence is there; the drawn hands are made beside it."""

    def there() -> bool:
        hand.sign(letter, 0.5)
        return said in words.text()  # type: ignore[attr-defined]

    qtbot.waitUntil(there)


def test_learn_names_the_finger(tab: PracticeTab, hand: Hand, qtbot: QtBot) -> None:
    tab.learn.choose("T")
    hand.joints = mistaken("T", "thumb", Posture.FRONT)
    sign_until(qtbot, hand, "S", "Your thumb lies across the fingers.", tab.learn.advice)
    assert "That looks like S." in tab.learn.advice.text()
    assert "Put your thumb between index and middle finger." in tab.learn.advice.text()
    tab.learn.choose("B")
    assert "thumb" not in tab.learn.advice.text()
    hand.joints = mistaken("B", "ring", Posture.CURLED)
    sign_until(qtbot, hand, "F", "Stretch your ring finger.", tab.learn.advice)
    hand.joints = None
    hand.sign("F", 1.0)
    assert tips.apart("B", "F") in tab.learn.advice.text(), "as without joints"
    hand.sign("B", 1.0)
    assert "Well done" in tab.learn.advice.text()


def test_drill_names_the_finger(tab: PracticeTab, hand: Hand, qtbot: QtBot) -> None:
    tab.show_page(tab.drill)
    tab.drill.start_round("A")
    hand.joints = mistaken("A", "thumb", Posture.FRONT)
    hand.sign("S", 0.5)
    assert tab.drill.words.text() == "Sign A.", "there was no time yet"
    sign_until(qtbot, hand, "S", "Put your thumb upright", tab.drill.words)
    hand.sign("A", 1.5)
    assert "S was seen before" in tab.drill.words.text()


def test_spell_names_the_finger(
    tab: PracticeTab, hand: Hand, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("asl_desktop.practice.spell_page.choose_word", lambda *given: "LA")
    tab.show_page(tab.spell)
    tab.spell.begin.click()
    hand.sign("G", 3.0)
    assert tips.apart("L", "G") in tab.spell.words.text()
    hand.joints = mistaken("L", "thumb", Posture.SIDE)
    sign_until(qtbot, hand, "G", "Stretch your thumb out to the side.", tab.spell.words)
    hand.sign("L", 1.5)
    hand.sign("A", 1.5)
    assert "L was seen as G first." in tab.spell.words.text()


def test_one_look_is_not_enough(qtbot: QtBot, tab: PracticeTab, hand: Hand) -> None:
    tab.learn.choose("B")
    hand.joints = mistaken("B", "ring", Posture.CURLED)
    sign_until(qtbot, hand, "F", "Stretch your ring finger.", tab.learn.advice)
    hand.joints = mistaken("B", "thumb", Posture.OUT)
    hand.sign("F", 0.2)
    assert "ring finger" in tab.learn.advice.text()
    hand.sign("F", 2.0)
    assert "Fold your thumb over the palm." in tab.learn.advice.text()


def test_movements_get_no_hints(tab: PracticeTab, hand: Hand) -> None:
    tab.learn.choose("J")
    hand.joints = mistaken("I", "ring", Posture.STRAIGHT)
    hand.sign("I", 2.0)
    assert "A good start" in tab.learn.advice.text()
