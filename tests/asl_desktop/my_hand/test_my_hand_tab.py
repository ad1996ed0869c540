"""The whole way, as a person goes it: which hand, record, look, teach, keep, and back."""

from __future__ import annotations

import json
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
from tests.asl_desktop.helpers import ListSource, constant_model, wait_for, write_clip
from tests.asl_desktop.my_hand.printed import moving_frame, printed_frame
from trainer.data.csv import read_csv
from trainer.letters import LETTERS, Convention
from trainer.model import weights
from trainer.recognition.reader import Reader
from trainer.samples.store import SampleStore, Sitting

LONG_MS = 600_000
"""For a training that gives way to everything else."""

FULL = WANTED[Sitting.LEARN]
CHECK = WANTED[Sitting.CHECK]


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


def move(mine: MyHandTab) -> None:
    """The hand goes to another letter."""
    for _ in range(2):
        Clock.now += 0.1
        frame = moving_frame("X")
        mine.show_frame(LiveFrame(frame, "film", HandBox(), None, Clock.now, 10.0))


def fill(mine: MyHandTab, letters: str, sitting: Sitting = Sitting.LEARN) -> None:
    """Keeps samples without recording them."""
    for letter in letters:
        for seed in range(WANTED[sitting]):
            box = HandBox().pixels(640, 480)
            image = printed_frame(letter, seed + 100 * sitting)
            mine.store.add(letter, image, box, sitting)
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


def test_what_another_window_recorded_is_shown_with_the_next_look(
    window: MainWindow, qtbot: QtBot
) -> None:
    mine = mine_of(window)
    mine.show_page(mine.samples)
    mine.samples.show_letter("A")
    box = HandBox().pixels(640, 480)
    SampleStore(mine.store.folder).add("A", printed_frame("A"), box)
    window.show_live()
    window.show_my_hand()
    qtbot.waitUntil(lambda: mine.samples.images.count() == 1)
    assert mine.samples.status.text().startswith("1 samples of A")


@pytest.fixture
def few_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two samples of a letter, which are soon written."""
    for sitting in Sitting:
        monkeypatch.setitem(WANTED, sitting, 2)


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """However long the next frame takes, the page waits for it."""
    monkeypatch.setattr(record_page, "_STALE_MS", LONG_MS)


@pytest.mark.usefixtures("fixed_box", "patient")
def test_a_camera_is_recorded_by_keyboard(window: MainWindow, qtbot: QtBot) -> None:
    images = [printed_frame("C", seed) for seed in range(8)]
    window.live.camera.play_source(lambda: ListSource(images, live=True), live=True)
    mine = mine_of(window)
    qtbot.waitUntil(mine.record.start_button.isEnabled)
    mine.record.setFocus()
    qtbot.keyClick(mine.record, Qt.Key.Key_C)
    assert mine.record.letter == "C"
    # By the button's Alt key from elsewhere, and by Space.
    mine.left_handed.setFocus()
    mine.record.start_button.animateClick()
    qtbot.waitUntil(lambda: mine.record.recorder.running)
    assert mine.record.start_button.hasFocus()
    qtbot.keyClick(mine.record.start_button, Qt.Key.Key_Space)
    assert not mine.record.recorder.running
    qtbot.keyClick(mine.record, Qt.Key.Key_Space)
    assert mine.record.recorder.running
    # When C is full it goes on to D by itself, and waits for the hand to change.
    qtbot.waitUntil(lambda: mine.record.letter == "D")
    qtbot.keyClick(mine.record, Qt.Key.Key_Space)
    assert not mine.record.recorder.running
    store = SampleStore(user_folders.my_hand() / "samples")
    assert len(store.of("C")) == FULL == len(store.samples)


@pytest.mark.usefixtures("fixed_box", "patient")
def test_a_file_is_recorded_only_if_the_user_says_whose_hand_it_is(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    clip = write_clip(tmp_path / "C.mp4", [printed_frame("C", seed) for seed in range(8)])
    window.start(str(clip))
    record = mine_of(window).record
    record.choose("C")
    qtbot.waitUntil(lambda: "not a camera" in record.status.text())
    assert not record.start_button.isEnabled()
    record.start_or_pause()
    qtbot.waitUntil(lambda: not record.recorder.running)
    assert record.answer_button.text().replace("&", "") == "It is my hand"
    qtbot.mouseClick(record.answer_button, Qt.MouseButton.LeftButton)
    assert not record.answer_button.isVisible()
    qtbot.mouseClick(record.start_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: record.letter == "D")
    record.leave()
    # Of another folder, it is asked again.
    other = tmp_path / "other"
    other.mkdir()
    window.play(str(clip.rename(other / "C.mp4")))
    qtbot.waitUntil(
        lambda: not record.start_button.isEnabled() and record.answer_button.isVisible()
    )


def test_a_mistaken_letter_is_named_and_taken_only_if_the_user_insists(
    window: MainWindow, qtbot: QtBot
) -> None:
    mine = mine_of(window)
    record = mine.record
    reading = Reader(constant_model("D")).read(printed_frame("D"), None)

    def hold(letter: str, seconds: float) -> None:
        for step in range(round(seconds * 10)):
            Clock.now += 0.1
            image = printed_frame(letter, step % 3)
            mine.show_frame(LiveFrame(image, "film", HandBox(), reading, Clock.now, 10.0))

    hold("D", 0.1)
    qtbot.mouseClick(record.start_button, Qt.MouseButton.LeftButton)
    hold("D", 5)
    assert record.letter == "A"
    assert not mine.store.samples
    assert record.status.text() == "This looks like a D."
    assert record.answer_button.isVisible()
    assert record.answer_button.text().replace("&", "") == "It is an A"
    qtbot.mouseClick(record.answer_button, Qt.MouseButton.LeftButton)
    hold("D", 4)
    assert len(mine.store.of("A")) == FULL
    assert record.letter == "B"


def test_it_leads_through_the_letters(window: MainWindow) -> None:
    mine = mine_of(window)
    show(mine, "A", 0.1)
    mine.record.start_button.click()
    show(mine, "A", 5.5)
    assert mine.record.letter == "B"
    assert mine.record.recorder.running
    show(mine, "A", 1)
    mine.record.skip_button.click()
    assert mine.record.letter == "C"
    # A hand that has not changed since shows nothing of it.
    show(mine, "A", 4)
    assert len(mine.store.samples) == FULL
    move(mine)
    show(mine, "C", 1.4)
    mine.record.start_button.click()
    counts = dict(zip(LETTERS, mine.store.counts().tolist(), strict=True))
    assert counts["A"] == FULL
    assert counts["B"] == 0
    assert 0 < counts["C"] < FULL
    assert mine.record.first_open("A") == "B"


@pytest.mark.usefixtures("few_wanted")
def test_the_second_sitting_follows_the_first(window: MainWindow) -> None:
    mine = mine_of(window)
    fill(mine, LETTERS[:-1])
    mine.record.turn_to(Sitting.LEARN)
    assert mine.record.letter == LETTERS[-1]
    show(mine, LETTERS[-1], 0.1)
    mine.record.start_button.click()
    show(mine, LETTERS[-1], 5.5)
    assert mine.record.sitting is Sitting.CHECK
    assert not mine.record.recorder.running
    assert "second sitting" in mine.record.status.text()
    assert mine.record.letter == "A"
    mine.record.start_button.click()
    move(mine)
    show(mine, "A", 5)
    assert mine.store.counts(Sitting.CHECK)[0] == 2
    assert mine.store.counts(Sitting.LEARN)[0] == 2


@pytest.mark.usefixtures("few_wanted")
def test_letters_are_recorded_again_and_no_others(window: MainWindow) -> None:
    mine = mine_of(window)
    fill(mine, LETTERS)
    fill(mine, LETTERS, Sitting.CHECK)
    mine.show_page(mine.teach)
    mine.teach.record_again.emit(["N", "K"])
    assert mine.page is mine.record
    show(mine, "N", 0.1)
    assert "2 to go" in mine.record.status.text()
    mine.record.start_button.click()
    show(mine, "N", 5)
    assert mine.record.letter == "K"
    move(mine)
    show(mine, "K", 5)
    assert not mine.record.recorder.running
    assert "Recorded again" in mine.record.status.text()
    counts = dict(zip(LETTERS, mine.store.counts(Sitting.LEARN).tolist(), strict=True))
    assert {letter for letter, count in counts.items() if count > 2} == {"N", "K"}
    assert counts["N"] == counts["K"] == 4


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
    assert "the Live tab says why" in mine.record.status.text()
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
    assert page.images.count() == FULL
    page.images.item(0).setSelected(True)
    page.images.item(3).setSelected(True)
    page.images.setFocus()
    qtbot.keyClick(page.images, Qt.Key.Key_Delete)
    assert page.images.count() == FULL - 2
    qtbot.mouseClick(page.undo_button, Qt.MouseButton.LeftButton)
    assert page.images.count() == FULL
    exported = tmp_path / "own samples.csv"
    monkeypatch.setattr(file_dialogs, "ask_where_to_save", lambda *_: exported)
    qtbot.mouseClick(page.export_button, Qt.MouseButton.LeftButton)
    assert str(exported) in window.banner.text
    assert len(read_csv(exported, Convention.GAP)) == 2 * FULL
    qtbot.mouseClick(page.delete_all_button, Qt.MouseButton.LeftButton)
    assert not SampleStore(user_folders.my_hand() / "samples").samples


def test_an_error_while_deleting_costs_no_sample(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = mine_of(window)
    fill(mine, "C")
    mine.show_page(mine.samples)
    page, before, unlink = mine.samples, mine.store.samples, Path.unlink
    page.show_letter("C")

    def fail(self: Path, missing_ok: bool = False) -> None:
        if self.name == "00003.png":
            raise OSError(5, "Input/output error", str(self))
        unlink(self, missing_ok)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", fail)
        qtbot.mouseClick(page.delete_all_button, Qt.MouseButton.LeftButton)
    assert "Input/output error" in window.banner.text
    assert mine.store.samples == before[2:]
    qtbot.mouseClick(page.undo_button, Qt.MouseButton.LeftButton)
    assert mine.store.samples == before
    assert not page.undo_button.isEnabled()


def test_teach_keep_and_revert(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    """The network reads C in everything; afterwards it reads what was recorded."""
    first = tmp_path / "first.safetensors"
    weights.save(constant_model("C", 1.0), first)
    window.start("/no/such/source", first)
    qtbot.waitUntil(lambda: window.weights.path == first)
    mine = mine_of(window)
    assert not mine.teach.start_button.isEnabled()
    fill(mine, LETTERS)
    fill(mine, LETTERS, Sitting.CHECK)
    mine.show_page(mine.teach)
    teach = mine.teach
    assert teach.start_button.isEnabled()
    teach.tuning.steps = 60
    with qtbot.waitSignal(teach.tuning.ended, timeout=LONG_MS) as ended:
        qtbot.mouseClick(teach.start_button, Qt.MouseButton.LeftButton)
    assert ended.args == [""]
    outcome = teach.tuning.outcome
    assert outcome is not None
    # Of the second sitting, which is not learned.
    assert outcome.n == CHECK * len(LETTERS)
    assert set(outcome.letters) == set(LETTERS)
    assert outcome.letters["C"].before == CHECK
    assert outcome.letters["A"].before == 0
    assert "second sitting" in teach.caption.text()
    assert outcome.before == pytest.approx(1 / len(LETTERS))
    assert outcome.after > outcome.before
    assert teach.result.isVisible()
    assert window.weights.path == first
    assert teach.again_button.isVisible() == bool(outcome.confused)
    assert all(f"{name}: " in teach.letters.text() for name in outcome.confused)

    qtbot.mouseClick(teach.keep_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.weights.path == window.people.current.network)
    assert not teach.keep_button.isEnabled()
    # A second time starts from what was there at first, not from what was tuned.
    assert teach.tuning.base == first

    qtbot.mouseClick(teach.revert_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.weights.path == first)
    assert not teach.result.isVisible()


def test_without_a_second_sitting_no_figure_is_shown(window: MainWindow, qtbot: QtBot) -> None:
    """What an earlier version measured was on the last images of what was learned."""
    folder = user_folders.my_hand()
    folder.mkdir(parents=True)
    weights.save(constant_model("C"), folder / "tuned.safetensors")
    measured = {"base": "/w", "before": 0.5, "after": 0.93, "n": 60, "kept": False}
    (folder / "tuned.json").write_text(json.dumps(measured))
    mine = mine_of(window)
    fill(mine, "CL")
    mine.show_page(mine.teach)
    teach = mine.teach
    assert "no second sitting" in teach.what.text()
    assert teach.start_button.isEnabled()
    assert "Not checked" in teach.caption.text()
    assert not teach.after.bar.isVisible()
    assert not teach.again_button.isVisible()
    qtbot.mouseClick(teach.keep_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.weights.path == window.people.current.network)


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
    assert window.my_hand.record.sitting is Sitting.LEARN
