"""The hand box follows a drawn hand, found by the shipped finder."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from asl_desktop.camera.frame_worker import FrameWorker, LiveFrame
from asl_desktop.hand_box import HandBox
from asl_desktop.live import live_tab
from asl_desktop.main_window import MainWindow
from asl_desktop.settings import Settings
from tests.asl_desktop.helpers import ListSource, constant_model, wait_for, write_clip
from trainer.hand_finder.file import load_finder
from trainer.support.paths import FINDER_WEIGHTS, asset

WIDTH, HEIGHT, HAND = 640, 480, 260


def frame_with_hand(x: int, y: int, letter: str = "B") -> NDArray[np.uint8]:
    """A drawn hand with its middle at x, y before a soft wall."""
    image = cv2.imread(str(asset(f"reference/{letter}.webp")), cv2.IMREAD_UNCHANGED)
    assert image is not None
    drawn = cv2.resize(image, (HAND, HAND), interpolation=cv2.INTER_AREA)
    slope = np.linspace(90, 160, WIDTH)[None, :, None]
    frame = np.broadcast_to(slope, (HEIGHT, WIDTH, 3)).copy()
    part = frame[y - HAND // 2 : y + HAND // 2, x - HAND // 2 : x + HAND // 2]
    share = drawn[..., 3:] / 255
    part[...] = part * (1 - share) + drawn[..., :3] * share
    return frame.astype(np.uint8)


@pytest.mark.parametrize("x", [150, 320, 490])
def test_the_worker_reads_where_the_hand_is(x: int) -> None:
    frames: list[LiveFrame] = []
    worker = FrameWorker(
        lambda: ListSource([frame_with_hand(x, 250)], live=False),
        live=False,
        on_frame=frames.append,
        on_state=lambda state: None,
        box=HandBox(),
        finder=load_finder(asset(FINDER_WEIGHTS)),
    )
    worker.start()
    wait_for(lambda: len(frames) > 1)
    worker.ask_to_stop()
    worker.join(60)
    assert frames[0].tracking is None, "shown before the finder is compiled"
    box = frames[1].box
    assert abs(box.x * WIDTH - x) < 70
    assert abs(box.y * HEIGHT - 250) < 80
    assert 0.3 < box.side < 0.9


def test_follow_is_switched_by_key_and_ends_when_the_box_is_taken(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    clip = write_clip(tmp_path / "clip.mp4", [frame_with_hand(160, 240)] * 30)
    window.start(str(clip))
    preview = window.live.preview
    assert window.user_actions.follow.isChecked(), "at the first start"
    qtbot.waitUntil(lambda: preview.box.x < 0.4)
    assert preview.box_state == "Following"
    QTest.keyClick(preview, Qt.Key.Key_Right)
    assert not window.user_actions.follow.isChecked()
    assert not Settings().following
    kept = preview.box
    qtbot.waitUntil(lambda: preview.frame is not None and preview.frame.box == kept)
    qtbot.waitUntil(lambda: preview.box_state == "Fixed by you")
    QTest.keyClick(window, Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier)
    assert Settings().following
    qtbot.waitUntil(lambda: preview.box_state == "Following")


def test_a_choice_that_was_stored_stays(make_window: Callable[[], MainWindow]) -> None:
    first = make_window()
    first.user_actions.follow.trigger()
    first.close()
    assert not make_window().user_actions.follow.isChecked()


def test_the_box_rests_when_the_hand_leaves_and_says_when_there_is_none(
    qtbot: QtBot, window: MainWindow
) -> None:
    empty = np.full((HEIGHT, WIDTH, 3), 120, np.uint8)
    hand = [frame_with_hand(200, 240)] * 30
    preview, states = window.live.preview, list[str]()
    window.live.frame_shown.connect(lambda *_: states.append(preview.box_state))
    window.live.camera.play_source(lambda: ListSource([*hand, *[empty] * 200], rate=20), live=False)
    # A slow window may miss the moment of rest, which comes again with the hand.
    qtbot.waitUntil(lambda: "Following, Resting, No hand" in in_turn(states))
    assert preview.box.x < 0.45, "the box stays where the hand was"


def in_turn(states: list[str]) -> str:
    """One state after the other, each once."""
    return ", ".join(state for state, _ in groupby(states))


def test_a_switch_while_a_still_image_is_read_has_it_read_again() -> None:
    frames: list[LiveFrame] = []
    worker: list[FrameWorker] = []

    def show(frame: LiveFrame) -> None:
        frames.append(frame)
        if len(frames) == 1:
            worker[0].set_model(constant_model("X"))

    worker.append(
        FrameWorker(
            lambda: ListSource([frame_with_hand(320, 250)], rate=0),
            live=False,
            on_frame=show,
            on_state=lambda state: None,
            box=HandBox(),
        )
    )
    worker[0].start()
    wait_for(lambda: len(frames) > 1)
    worker[0].ask_to_stop()
    worker[0].join(5)
    assert frames[1].reading is not None
    assert frames[1].reading.letter == "X"


def test_a_finder_that_cannot_be_read_is_told(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.user_actions.follow.setChecked(False)
    monkeypatch.setattr(live_tab, "asset", lambda name: tmp_path / "none.safetensors")
    window.user_actions.follow.setChecked(True)
    assert not window.user_actions.follow.isChecked()
    assert "none.safetensors" in window.banner.text
