"""The demo clip's hand is never recorded as the user's."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from asl_desktop.camera.frame_worker import LiveFrame
from asl_desktop.hand_box import HandBox
from asl_desktop.main_window import MainWindow
from asl_desktop.my_hand.recorder import WANTED
from tests.asl_desktop.my_hand.printed import printed_frame
from tests.asl_desktop.my_hand.test_my_hand_tab import mine_of
from trainer.capture.opening import DEMO, DEMO_NAME
from trainer.samples.store import Sitting


def test_recording_is_refused_with_a_sentence_while_the_demo_plays(
    qtbot: QtBot, window: MainWindow
) -> None:
    record = mine_of(window).record
    window.play(DEMO)
    qtbot.waitUntil(lambda: "demo clip" in record.status.text())
    assert not record.start_button.isEnabled()
    record.start_or_pause()
    qtbot.waitUntil(lambda: not record.recorder.running)


def test_a_recording_pauses_when_the_demo_begins_and_may_go_on_with_the_camera(
    window: MainWindow,
) -> None:
    mine = mine_of(window)
    record = mine.record
    seconds = 100.0

    def show(name: str, how_long: float) -> None:
        nonlocal seconds
        for step in range(round(how_long * 10)):
            seconds += 0.1
            image = printed_frame("A", step % 3)
            mine.show_frame(LiveFrame(image, name, HandBox(), None, seconds, 10.0))

    show("Webcam", 0.1)
    record.start_button.click()
    show("Webcam", 2.2)
    before = len(mine.store.of("A"))
    assert before > 0
    show(DEMO_NAME, 10)
    assert len(mine.store.of("A")) == before
    assert not record.recorder.running
    show("Webcam", 0.1)
    assert "Begin, then sign" in record.status.text()
    record.start_button.click()
    show("Webcam", 6)
    assert len(mine.store.of("A")) == WANTED[Sitting.LEARN]
