from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from asl_desktop.practice.learner_progress import Skill
from asl_desktop.practice.practice_tab import PracticeTab
from asl_desktop.practice.progress_strip import ProgressCard
from asl_desktop.widgets import question


@pytest.fixture
def card(tab: PracticeTab) -> ProgressCard:
    tab.show_page(tab.drill)
    return tab.drill.progress


def answer(monkeypatch: pytest.MonkeyPatch, yes: bool) -> None:
    monkeypatch.setattr(question, "confirm", lambda *_: yes)


def test_it_tells_the_weakest(tab: PracticeTab, card: ProgressCard) -> None:
    assert card.summary.text() == "Nothing practised yet."
    tab.store.note(Skill.SIGNING, "B", hit=True, seconds=1.0)
    assert card.summary.text() == "No mistakes so far."
    tab.store.note(Skill.SIGNING, "S", hit=False, seconds=0.0)
    assert card.summary.text() == "Weakest: S."
    assert card.strip.accessibleDescription() == "Weakest: S."


def test_the_record_is_erased_for_good_once_the_learner_says_yes(
    tab: PracticeTab,
    card: ProgressCard,
    progress_file: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert not card.erase_button.isEnabled()
    tab.store.note(Skill.SIGNING, "S", hit=False, seconds=0.0, instead="T")
    tab.store.note(Skill.READING, "B", hit=True, seconds=1.0)
    tab.store.note_pace(30.0)
    tab.store.save()
    assert tab.drill.among.findData("ST") > 0
    answer(monkeypatch, False)
    qtbot.mouseClick(card.erase_button, Qt.MouseButton.LeftButton)
    assert card.summary.text() == "Weakest: S."
    answer(monkeypatch, True)
    qtbot.mouseClick(card.erase_button, Qt.MouseButton.LeftButton)
    assert card.summary.text() == tab.read.progress.summary.text() == "Nothing practised yet."
    assert tab.drill.among.findData("ST") < 0, "no pair is confused any more"
    assert not card.erase_button.isEnabled()
    kept = json.loads(progress_file.read_text())
    assert (kept["signing"], kept["reading"], kept["best_pace"]) == ({}, {}, 0)
    tab.hide()
    assert json.loads(progress_file.read_text()) == kept


def test_what_cannot_be_erased_on_disk_is_not_forgotten(
    tab: PracticeTab, card: ProgressCard, progress_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tab.store.note(Skill.SIGNING, "S", hit=False, seconds=0.0)
    progress_file.unlink(missing_ok=True)
    progress_file.mkdir()
    (progress_file / "in the way").touch()
    told: list[str] = []
    tab.error.connect(told.append)
    answer(monkeypatch, True)
    card.erase_button.click()
    assert len(told) == 1
    assert str(progress_file) in told[0]
    assert card.summary.text() == "Weakest: S."
    tab.error.disconnect(told.append)
