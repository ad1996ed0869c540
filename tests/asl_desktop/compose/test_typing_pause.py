"""Typing begins with the camera: other sources type only when they are asked to."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import cv2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from asl_desktop import user_folders
from asl_desktop.main_window import MainWindow
from asl_desktop.settings import Settings
from tests.asl_desktop.compose.signing import Signer
from tests.asl_desktop.helpers import plain, write_clip
from trainer.capture.opening import DEMO
from trainer.support.paths import DEMO_CLIP, asset


@pytest.fixture
def sources(tmp_path: Path) -> dict[str, str]:
    folder = tmp_path / "images"
    folder.mkdir()
    for index in range(3):
        cv2.imwrite(str(folder / f"{index}.png"), plain(9))
    clip = write_clip(tmp_path / "clip.mp4", [plain(9)] * 5)
    return {
        "demo": DEMO,
        "the demo's file": str(asset(DEMO_CLIP)),
        "video": str(clip),
        "folder": str(folder),
    }


@pytest.mark.parametrize("kind", ["demo", "the demo's file", "video", "folder"])
def test_what_is_no_camera_types_nothing_unless_asked(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, sources: dict[str, str], kind: str
) -> None:
    signer = Signer(window, monkeypatch)
    composer = window.composer
    window.play(sources[kind])
    assert composer.typing.text() == "Typing is off for this source"
    signer.show("A", 1)
    composer.save_draft()
    assert composer.field.text == ""
    assert not user_folders.draft().exists()
    QTest.mouseClick(composer.typing, Qt.MouseButton.LeftButton)
    signer.show("B", 1)
    assert composer.field.text == "B"
    assert composer.typing.text() == "Typing is on"
    window.play(sources["video"])
    assert composer.typing.text() == "Typing is off for this source", "only for that source"


@pytest.mark.parametrize("typing", [True, False])
def test_the_camera_types_as_the_user_chose(
    make_window: Callable[[], MainWindow], typing: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    Settings().first_steps_done = True
    Settings().typing = typing
    window = make_window()
    monkeypatch.setattr(window.live.camera, "play", lambda *_: None)
    window.play(DEMO)
    window.composer.typing.click()
    assert Settings().typing is typing
    window.play("")
    assert window.composer.typing.isChecked() is typing
    assert window.user_actions.text.type_by_signing.isChecked() is typing


def test_the_demo_is_played_for_a_while_and_nothing_is_typed(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.start(DEMO)
    typed: list[str] = []
    window.live.frame_shown.connect(lambda _, steady: typed.append(steady.typed if steady else ""))
    qtbot.waitUntil(lambda: any(typed))
    window.composer.save_draft()
    assert window.composer.field.text == ""
    assert not user_folders.draft().exists()
