"""The first start, as a newcomer goes through it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from asl_desktop.camera.frame_worker import LiveFrame
from asl_desktop.hand_box import HandBox
from asl_desktop.live.first_steps import LETTER, Step
from asl_desktop.main_window import MainWindow
from asl_desktop.settings import Settings
from tests.asl_desktop.compose.signing import RATE, reading
from tests.asl_desktop.helpers import ListSource, plain
from tests.asl_desktop.live.test_follow import frame_with_hand
from trainer.capture import opening
from trainer.capture.opening import DEMO
from trainer.hand_finder.follow import Tracking


class Newcomer:
    """Frames of a camera that a test makes, in a window that waits for a camera."""

    def __init__(self, window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
        self.window = window
        self.seconds = 100.0
        self._frame: LiveFrame | None = None
        # Nothing plays: frames come from the test alone.
        monkeypatch.setattr(window.live.camera, "play", lambda *_: None)
        monkeypatch.setattr(window.live.camera, "take", lambda: self._frame)
        window.play("")

    def show(
        self,
        image: np.ndarray,
        sign: str,
        seconds: float,
        tracking: Tracking | None = Tracking.FOLLOWING,
    ) -> None:
        for _ in range(round(seconds * RATE)):
            self.seconds += 1 / RATE
            box = HandBox(0.5, 0.52, 0.6)
            self._frame = LiveFrame(
                image, "Webcam", box, reading(sign), self.seconds, RATE, tracking
            )
            self.window.live.camera.frame_ready.emit()
            QApplication.processEvents()


@pytest.fixture
def newcomer(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> Newcomer:
    return Newcomer(window, monkeypatch)


HAND = frame_with_hand(320, 250)


def test_the_first_start_leads_from_the_camera_to_a_letter(newcomer: Newcomer) -> None:
    window = newcomer.window
    steps = window.live.steps
    assert steps.isVisible()
    assert "camera" in steps.title.text()
    newcomer.show(HAND, "-", 0.5, Tracking.NO_HAND)
    assert steps.step is Step.HAND
    assert "Hold up the hand" in steps.words.text()
    assert "○ Hand in view" in steps.checks.text()
    newcomer.show(HAND // 6, "B", 1)
    assert "light" in steps.words.text()
    assert "✓ Hand in view    ○ Light" in steps.checks.text()
    newcomer.show(HAND, "B", 2)
    assert "Which one is it?" in steps.words.text()
    QTest.mouseClick(steps.left_button, Qt.MouseButton.LeftButton)
    assert Settings().left_handed
    newcomer.show(HAND, "B", 2)
    assert steps.step is Step.LETTER
    newcomer.show(HAND, "V", 1)
    assert "Now it reads V." in steps.words.text()
    assert window.composer.field.text == "", "nothing is typed during the first steps"
    assert window.composer.typing.text() == "Typing waits for the first steps"
    newcomer.show(HAND, LETTER, 1)
    assert steps.step is Step.DONE
    assert window.composer.typing.text() == "Typing is on"
    window.play("")
    assert not steps.isVisible(), "done once is done, with another camera, too"
    steps.begin()
    steps._go_to(Step.DONE)
    QTest.mouseClick(steps.skip_button, Qt.MouseButton.LeftButton)
    assert not steps.isVisible()
    newcomer.show(HAND, "B", 1)
    assert window.composer.field.text.endswith("B")


@pytest.mark.parametrize("way", ["Esc", "Skip"])
def test_the_steps_are_skipped_for_good_and_repeated_from_help(
    qtbot: QtBot,
    make_window: Callable[[], MainWindow],
    monkeypatch: pytest.MonkeyPatch,
    way: str,
) -> None:
    window = make_window()
    Newcomer(window, monkeypatch)
    steps = window.live.steps
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    if way == "Esc":
        QTest.keyClick(window, Qt.Key.Key_Escape)
    else:
        QTest.mouseClick(steps.skip_button, Qt.MouseButton.LeftButton)
    assert not steps.isVisible()
    window.close()
    second = make_window()
    newcomer = Newcomer(second, monkeypatch)
    newcomer.show(HAND, "B", 0.2)
    assert not second.live.steps.isVisible()
    second.tabs.setCurrentIndex(1)
    second.user_actions.first_steps.trigger()
    assert second.live.steps.isVisible()
    newcomer.show(HAND, "B", 0.2)
    assert second.live.steps.step is Step.HAND


def test_the_demo_leads_nobody_through_the_steps(qtbot: QtBot, window: MainWindow) -> None:
    window.play(DEMO)
    qtbot.waitUntil(lambda: window.live.preview.frame is not None)
    assert not window.live.steps.isVisible()
    window.user_actions.first_steps.trigger()
    assert "choose a camera" in window.live.steps.words.text()
    qtbot.wait(300)
    assert window.live.steps.step is Step.CAMERA
    assert not Settings().first_steps_done


def test_without_a_camera_the_page_says_what_to_do(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.start("")
    qtbot.waitUntil(window.live.page.isVisible)
    assert not window.live.steps.isVisible()
    monkeypatch.setattr(opening, "open_first_camera", lambda _: ListSource([plain(9)], live=True))
    monkeypatch.setattr(
        "asl_desktop.camera.camera_thread.open_first_camera",
        lambda _: ListSource([plain(9)], live=True),
    )
    qtbot.waitUntil(window.live.steps.isVisible)
