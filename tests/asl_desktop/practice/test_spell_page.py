from __future__ import annotations

import pytest

from asl_desktop.practice.learner_progress import Skill
from asl_desktop.practice.practice_tab import PracticeTab
from asl_desktop.practice.spell_page import SpellPage
from tests.asl_desktop.practice.conftest import Hand
from trainer.capture.opening import DEMO_NAME


@pytest.fixture
def spell(tab: PracticeTab) -> SpellPage:
    tab.show_page(tab.spell)
    return tab.spell


def give(spell: SpellPage, monkeypatch: pytest.MonkeyPatch, word: str) -> None:
    monkeypatch.setattr("asl_desktop.practice.spell_page.choose_word", lambda *given, **more: word)
    spell.begin.click()


def test_a_word_is_spelled_against_the_clock(
    spell: SpellPage, hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    give(spell, monkeypatch, "CAT")
    assert spell.word == "CAT"
    for done, letter in enumerate("CAT", start=1):
        hand.sign(letter, 1.0)
        assert spell.done == done
    assert "letters a minute, your best so far" in spell.words.text()
    assert spell.store.progress.best_pace > 50
    assert spell.store.progress.tally(Skill.SIGNING, "A").hits == 1
    best = spell.store.progress.best_pace
    give(spell, monkeypatch, "CAT")
    for letter in "CAT":
        hand.sign("", 1.0)
        hand.sign(letter, 1.0)
    assert "Your best is" in spell.words.text()
    assert spell.store.progress.best_pace == best


def test_a_letter_said_twice_is_signed_twice(
    spell: SpellPage, hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    give(spell, monkeypatch, "SEE")
    hand.sign("S", 1.0)
    hand.sign("E", 3.0)
    assert spell.done == 2, "held on, it is still the first E"
    assert "once more" in spell.words.text()
    hand.sign("", 0.5)
    hand.sign("E", 1.0)
    assert spell.done == 3


def test_the_first_letter_may_be_held_before_the_start(
    spell: SpellPage, hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand.sign("D", 2.0)
    give(spell, monkeypatch, "DOG")
    hand.sign("D", 0.2)
    assert spell.done == 1


def test_a_wrong_letter_does_not_go_on_and_a_skipped_one_makes_no_best(
    spell: SpellPage, hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    give(spell, monkeypatch, "CAT")
    hand.sign("O", 3.0)
    assert spell.done == 0
    spell.show_me.click()
    assert spell.image.letter == "C"
    for _ in range(3):
        spell.skip.click()
    assert spell.done == 3
    assert "you skipped C, A, T" in spell.words.text()
    assert "C was seen as O first." in spell.words.text()
    assert "skipped: C, A, T" in spell.boxes.accessibleName()
    assert spell.store.progress.best_pace == 0
    assert spell.store.progress.tally(Skill.SIGNING, "C").instead == {"O": 1}


def test_the_demo_clip_makes_no_best(
    spell: SpellPage, hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    give(spell, monkeypatch, "CAT")
    for letter in "CAT":
        hand.sign(letter, 1.0, DEMO_NAME)
    assert spell.done == 3
    assert "does not count" in spell.words.text()
    assert spell.store.progress.empty


def test_leaving_gives_the_word_up(
    tab: PracticeTab, spell: SpellPage, hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    give(spell, monkeypatch, "CAT")
    tab.show_page(tab.learn)
    assert spell.word == ""
    tab.show_page(spell)
    hand.sign("C", 1.0)
    assert spell.done == 0
    assert "Begin" in spell.words.text()


def test_words_are_as_long_as_chosen(spell: SpellPage) -> None:
    spell.longest.setCurrentIndex(0)
    for _ in range(10):
        spell.begin.click()
        assert len(spell.word) <= 3
