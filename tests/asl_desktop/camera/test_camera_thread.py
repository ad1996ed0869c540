from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from asl_desktop.camera.camera_thread import CameraThread, Latest
from asl_desktop.camera.frame_worker import Phase, SourceState
from tests.asl_desktop.helpers import (
    ListSource,
    StuckSource,
    number_of,
    numbered,
    plain,
    wait_for,
)


@pytest.fixture
def camera(qtbot: QtBot) -> Iterator[CameraThread]:
    camera = CameraThread()
    yield camera
    camera.stop()


def test_a_slow_window_gets_the_latest_frame_and_one_signal(
    qtbot: QtBot, camera: CameraThread
) -> None:
    told: list[None] = []
    camera.frame_ready.connect(lambda: told.append(None))
    # Enough for a window that is slow by half a minute.
    frames = [numbered(number) for number in range(15_000)]
    source = ListSource(frames, rate=500)
    camera.play_source(lambda: source, live=False)
    wait_for(lambda: source.reads > 30)
    qtbot.waitUntil(lambda: bool(told))
    qtbot.wait(1)
    assert len(told) == 1
    frame = camera.take()
    assert frame is not None
    assert number_of(frame.image) >= 28
    qtbot.waitUntil(lambda: len(told) == 2)


def test_stopping_is_bounded_when_the_driver_is_stuck(camera: CameraThread) -> None:
    source = StuckSource()
    camera.play_source(lambda: source, live=True)
    source.entered.wait(60)
    assert not camera.stop(seconds=0.2), "the driver is still stuck"
    source.release.set()
    assert source.closed.wait(60)


def test_stopping_ends_the_thread_and_closes_the_source(camera: CameraThread) -> None:
    source = ListSource([plain(1)], live=True)
    camera.play_source(lambda: source, live=True)
    wait_for(lambda: source.reads > 3)
    assert camera.stop()
    assert source.closed == 1
    assert camera.take() is None


def test_nothing_of_an_old_source_arrives_after_the_next_was_chosen(
    qtbot: QtBot, camera: CameraThread
) -> None:
    states: list[SourceState] = []
    camera.state_changed.connect(states.append)
    old = ListSource([plain(1)], live=True)
    camera.play_source(lambda: old, live=True)
    wait_for(lambda: old.reads > 3)
    camera.play_source(lambda: ListSource([plain(2)], rate=0), live=False)
    qtbot.waitUntil(lambda: any(state.phase is Phase.PLAYING for state in states))
    frame = camera.take()
    assert frame is not None
    assert frame.image[0, 0, 0] == 2
    assert [state.phase for state in states] == [Phase.OPENING, Phase.PLAYING]


def test_a_missing_file_is_told(qtbot: QtBot, camera: CameraThread) -> None:
    with qtbot.waitSignal(
        camera.state_changed, check_params_cb=lambda state: state.phase is Phase.FAILED
    ) as told:
        camera.play("/nowhere/clip.mp4")
    assert told.args == [SourceState(Phase.FAILED, "/nowhere/clip.mp4: there is no such file.")]


def test_the_latest_value_wins_and_is_given_once() -> None:
    latest: Latest[int] = Latest()
    assert [latest.put(n) for n in (1, 2, 3)] == [True, False, False]
    assert latest.take() == 3
    assert latest.take() is None


def test_the_other_side_is_told_again_after_it_took() -> None:
    latest: Latest[int] = Latest()
    latest.put(1)
    latest.take()
    assert latest.put(2)
