"""Letter, text and image on the whole screen."""

from __future__ import annotations

from pathlib import Path

import cv2
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from asl_desktop.live.large_letters import LargeLetters
from asl_desktop.main_window import MainWindow
from tests.asl_desktop.helpers import plain


@pytest.fixture
def large(qtbot: QtBot, window: MainWindow, weights_x: Path, tmp_path: Path) -> LargeLetters:
    """Opened with F11 from another tab, while an X is read."""
    cv2.imwrite(str(tmp_path / "a.png"), plain(50))
    window.start(str(tmp_path / "a.png"), weights_x)
    window.tabs.setCurrentIndex(1)
    window.user_actions.large_letters.trigger()
    assert window.large is not None
    qtbot.waitExposed(window.large)
    return window.large


def test_it_shows_image_letter_and_text(
    qtbot: QtBot, window: MainWindow, large: LargeLetters
) -> None:
    assert large.isFullScreen()
    qtbot.waitUntil(lambda: large.view.frame is not None and large.letter.letter == "X")
    for letter in "HI":
        window.composer.field.type(letter)
    assert large.text.text == "HI"
    # Signs are typed on the Live tab alone.
    assert window.composer.isVisible()


def test_the_letter_fills_its_half(qtbot: QtBot, large: LargeLetters) -> None:
    large.showNormal()
    large.resize(1600, 900)
    qtbot.waitUntil(lambda: large.letter.width() > 700)
    assert large.letter._across() > 550


def test_its_keys_edit_the_text_and_escape_leaves(
    qtbot: QtBot, window: MainWindow, large: LargeLetters
) -> None:
    window.composer.field.type("H")
    assert set(window.user_actions.text.all) <= set(large.actions())
    large.activateWindow()
    qtbot.waitUntil(large.isActiveWindow)
    qtbot.keyClick(large, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not large.isVisible())
    assert window.isVisible()


def test_without_a_source_there_is_no_letter(
    qtbot: QtBot, window: MainWindow, large: LargeLetters
) -> None:
    qtbot.waitUntil(lambda: large.letter.letter == "X")
    window.play("/dev/no-camera")
    qtbot.waitUntil(lambda: large.view.frame is None)
    assert large.letter.letter == ""
