"""The whole way, as a person goes it: which hand, record, look, teach, keep, and back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from asl_desktop import user_folders
from asl_desktop.camera.frame_worker import LiveFrame
from asl_desktop.hand_box import HandBox
from asl_desktop.main_window import MainWindow
from asl_desktop.my_hand import record_page
from asl_desktop.my_hand.my_hand_tab import MyHandTab
from asl_desktop.my_hand.recorder import WANTED
from asl_desktop.widgets import file_dialogs
from tests.asl_desktop.helpers import constant_model, wait_for, write_clip
from tests.asl_desktop.my_hand.printed import printed_frame
from trainer.data.csv import read_csv
from trainer.letters import LETTERS, Convention
from trainer.model import weights
from trainer.samples.store import SampleStore

LONG_MS = 600_000
"""For a training that gives way to everything else."""


def mine_of(window: MainWindow) -> MyHandTab:
    window.show_my_hand()
    mine = window.my_hand
    assert mine is not None
    # Qt shows what is put into a page with the next event.
    wait_for(lambda: QApplication.processEvents() or mine.record.isVisible())
    return mine


class Clock:
    """The time of the frames, which goes on from one call of `show` to the next."""

    now = 1000.0


def show(mine: MyHandTab, letter: str, seconds: float) -> None:
    """Frames of a letter, 10 a second of their own time."""
    start = Clock.now
    for step in range(round(seconds * 10)):
        frame = printed_frame(letter, step % 3)
        mine.show_frame(LiveFrame(frame, "film", HandBox(), None, start + step / 10, 10.0))
    Clock.now = start + seconds


def fill(mine: MyHandTab, letters: str) -> None:
    """Keeps samples without the countdown."""
    for letter in letters:
        for seed in range(WANTED):
            box = HandBox().pixels(640, 480)
            mine.store.add(letter, printed_frame(letter, seed), box)
    mine.teach.refresh()
    mine.samples.refresh()


def test_which_hand_is_asked_once(make_window: Callable[[], MainWindow], qtbot: QtBot) -> None:
    mine = mine_of(make_window())
    assert mine.question.isVisible()
    qtbot.mouseClick(mine.left_button, Qt.MouseButton.LeftButton)
    assert not mine.question.isVisible()
    assert mine.left_handed.isChecked()
    again = mine_of(make_window())
    assert not again.question.isVisible()
    assert again.left_handed.isChecked()


def test_a_clip_is_recorded_by_keyboard(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # However long the next frame takes, the page waits for it.
    monkeypatch.setattr(record_page, "_STALE_MS", LONG_MS)
    clip = write_clip(tmp_path / "C.mp4", [printed_frame("C", seed) for seed in range(8)])
    window.start(str(clip))
    mine = mine_of(window)
    qtbot.waitUntil(mine.record.start_button.isEnabled)
    mine.record.setFocus()
    qtbot.keyClick(mine.record, Qt.Key.Key_C)
    assert mine.record.letter == "C"
    qtbot.keyClick(mine.record, Qt.Key.Key_Space)
    assert mine.record.view.sign == "3"
    # When C is full it goes on to D by itself, which the clip does not show: pause.
    qtbot.waitUntil(lambda: mine.record.letter == "D")
    qtbot.keyClick(mine.record, Qt.Key.Key_Space)
    assert not mine.record.recorder.running
    assert len(SampleStore(user_folders.my_hand() / "samples").of("C")) == WANTED


def test_it_leads_through_the_letters(window: MainWindow) -> None:
    mine = mine_of(window)
    show(mine, "A", 0.1)
    mine.record.start_button.click()
    show(mine, "A", 5.5)
    assert mine.record.letter == "B"
    assert mine.record.recorder.running
    show(mine, "B", 1)
    mine.record.skip_button.click()
    assert mine.record.letter == "C"
    show(mine, "C", 4)
    mine.record.start_button.click()
    counts = dict(zip(LETTERS, mine.store.counts().tolist(), strict=True))
    assert counts["A"] == WANTED
    assert counts["B"] == 0
    assert 0 < counts["C"] < WANTED
    assert mine.record.first_open("A") == "B"


def test_leaving_the_tab_pauses_and_nothing_is_recorded_unseen(window: MainWindow) -> None:
    mine = mine_of(window)
    show(mine, "A", 0.1)
    mine.record.start_button.click()
    show(mine, "A", 1)
    window.tabs.setCurrentIndex(0)
    assert not mine.record.recorder.running
    show(mine, "A", 8)
    assert not mine.store.samples


def test_without_images_there_is_nothing_to_start(window: MainWindow, qtbot: QtBot) -> None:
    mine = mine_of(window)
    assert not mine.record.start_button.isEnabled()
    assert "Source" in mine.record.status.text()
    show(mine, "A", 0.1)
    assert mine.record.start_button.isEnabled()
    qtbot.waitUntil(lambda: not mine.record.start_button.isEnabled())


def test_samples_are_deleted_brought_back_and_exported(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = mine_of(window)
    fill(mine, "CL")
    mine.show_page(mine.samples)
    page = mine.samples
    page.show_letter("L")
    assert page.images.count() == WANTED
    page.images.item(0).setSelected(True)
    page.images.item(3).setSelected(True)
    page.images.setFocus()
    qtbot.keyClick(page.images, Qt.Key.Key_Delete)
    assert page.images.count() == WANTED - 2
    qtbot.mouseClick(page.undo_button, Qt.MouseButton.LeftButton)
    assert page.images.count() == WANTED
    target = tmp_path / "own samples"
    monkeypatch.setattr(file_dialogs, "ask_where_to_save", lambda *_: str(target))
    qtbot.mouseClick(page.export_button, Qt.MouseButton.LeftButton)
    exported = tmp_path / "own samples.csv"
    assert str(exported) in window.banner.text
    assert len(read_csv(exported, Convention.GAP)) == 2 * WANTED
    qtbot.mouseClick(page.delete_all_button, Qt.MouseButton.LeftButton)
    assert not SampleStore(user_folders.my_hand() / "samples").samples


def test_teach_keep_and_revert(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    """The network reads C in everything; afterwards it reads what was recorded."""
    first = tmp_path / "first.safetensors"
    weights.save(constant_model("C", 1.0), first)
    window.start("/no/such/source", first)
    qtbot.waitUntil(lambda: window.weights.path == first)
    mine = mine_of(window)
    assert not mine.teach.start_button.isEnabled()
    fill(mine, LETTERS)
    mine.show_page(mine.teach)
    teach = mine.teach
    assert teach.start_button.isEnabled()
    teach.tuning.steps = 60
    with qtbot.waitSignal(teach.tuning.ended, timeout=LONG_MS) as ended:
        qtbot.mouseClick(teach.start_button, Qt.MouseButton.LeftButton)
    assert ended.args == [""]
    outcome = teach.tuning.outcome
    assert outcome is not None
    assert outcome.n == 3 * len(LETTERS)
    assert outcome.before == pytest.approx(1 / len(LETTERS))
    assert outcome.after > outcome.before
    assert teach.result.isVisible()
    assert window.weights.path == first

    qtbot.mouseClick(teach.keep_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.weights.path == user_folders.own_weights())
    assert not teach.keep_button.isEnabled()
    # A second time starts from what was there at first, not from what was tuned.
    assert teach.tuning.base == first

    qtbot.mouseClick(teach.revert_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.weights.path == first)
    assert not teach.result.isVisible()


def test_teaching_can_be_stopped(window: MainWindow, qtbot: QtBot) -> None:
    mine = mine_of(window)
    fill(mine, "CL")
    mine.show_page(mine.teach)
    teach = mine.teach
    qtbot.mouseClick(teach.start_button, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(teach.tuning.ended, timeout=LONG_MS):
        qtbot.mouseClick(teach.stop_button, Qt.MouseButton.LeftButton)
    assert teach.tuning.outcome is None
    assert "Stopped" in teach.status.text()


def test_more_of_a_confused_pair_is_recorded_from_the_training_tab(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.show_training()
    qtbot.waitUntil(lambda: window.training is not None)
    assert window.training is not None
    window.training.record_more.emit("MN")
    assert window.my_hand is not None
    assert window.tabs.currentWidget().isAncestorOf(window.my_hand)
    assert window.my_hand.record.letter == "M"
