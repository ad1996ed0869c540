"""The camera survives: what is lost comes back by itself, at the first try after its return."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from asl_desktop.camera import camera_thread, frame_worker
from asl_desktop.camera.camera_thread import CameraThread
from asl_desktop.camera.frame_worker import Phase
from tests.asl_desktop.helpers import ListSource, StuckSource, plain
from tests.asl_desktop.mjpeg_server import MjpegServer
from tests.faults.recovering import Watched
from tests.nightly import cases
from tests.patience import PATIENCE_SECONDS, wait_until_still
from trainer.capture.faults import CameraError, Cause
from trainer.capture.source import Source
from trainer.support.errors import UserError


@pytest.fixture
def camera(qtbot: QtBot) -> Iterator[CameraThread]:
    camera = CameraThread()
    yield camera
    camera.stop(seconds=6)


@pytest.fixture
def watched(qtbot: QtBot, camera: CameraThread) -> Watched:
    return Watched(qtbot, camera)


@pytest.fixture
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """A source that a busy machine keeps waiting is not taken for stalled."""
    for name in ("STALL_SECONDS", "OPENING_SECONDS"):
        monkeypatch.setattr(frame_worker, name, PATIENCE_SECONDS)


@pytest.mark.usefixtures("unhurried")
def test_a_stream_that_dies_again_and_again_comes_back_each_time(watched: Watched) -> None:
    server = MjpegServer([plain(80)])
    took: list[float] = []
    try:
        watched.camera.play(server.address)
        watched.seconds_to_frame(0)
        for _ in range(cases(10, 100)):
            lost = watched.now()
            server.kill()
            for message in watched.messages_since(lost):
                assert message.startswith(f"Reconnecting to {server.address}: ")
            server = MjpegServer([plain(80)], port=server.port)
            back = watched.now()
            took.append(watched.seconds_to_frame(back))
            # What was tried before the server was there may still fail, nothing after it.
            assert watched.retries_since(back) <= 1
    finally:
        watched.camera.stop(seconds=6)
        server.kill()
    print("recovered within", [round(seconds, 2) for seconds in sorted(took)])


def test_a_stream_that_stalls_is_said_to_and_opened_anew(watched: Watched) -> None:
    server = MjpegServer([plain(80)])
    try:
        watched.camera.play(server.address)
        watched.seconds_to_frame(0)
        stalled = watched.now()
        server.stall()
        # A try to open it anew, which fails, may have followed.
        assert any("has stalled" in message for message in watched.messages_since(stalled))
        back = time.perf_counter()
        server.flow()
        print("after a stall, recovered within", round(watched.seconds_to_frame(back), 2))
    finally:
        watched.camera.stop(seconds=6)
        server.kill()


@pytest.mark.usefixtures("unhurried")
def test_a_stream_that_changes_its_size_plays_on(watched: Watched) -> None:
    dark, light = plain(20, (120, 160)), plain(220, (240, 320))
    server = MjpegServer([dark] * 10 + [light] * 10)
    try:
        watched.camera.play(server.address)
        both = {((120, 160), True), ((240, 320), False)}
        watched.wait(lambda: {(f.size, f.level < 120) for f in watched.frames} == both)
        assert Phase.RETRYING not in [state.phase for _, state in watched.states]
    finally:
        watched.camera.stop(seconds=6)
        server.kill()


@pytest.mark.usefixtures("unhurried")
def test_a_camera_that_changes_its_size_plays_on(watched: Watched) -> None:
    sizes = [(120, 160), (240, 320), (1, 1), (90, 400)]
    source = ListSource([plain(9, size) for size in sizes], live=True)
    watched.camera.play_source(lambda: source, live=True)
    watched.wait(lambda: {frame.size for frame in watched.frames} == set(sizes))
    assert [state.phase for _, state in watched.states] == [Phase.OPENING, Phase.PLAYING]


def test_a_driver_that_hangs_is_left_behind_and_the_camera_opened_by_a_fresh_thread(
    watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(frame_worker, "OPENING_SECONDS", 0.2)
    stuck = StuckSource()
    first: list[Source] = [stuck]
    watched.camera.play_source(
        lambda: first.pop() if first else ListSource([plain(7)], live=True), live=True
    )
    watched.wait(lambda: bool(watched.states) and watched.states[-1][1].phase is Phase.PLAYING)
    phases = [state.phase for _, state in watched.states]
    assert phases[:3] == [Phase.OPENING, Phase.RETRYING, Phase.OPENING]
    assert watched.frames
    assert "does not answer" in watched.states[1][1].message
    assert not watched.camera.stop(seconds=0.1), "a thread was left behind"
    stuck.release.set()
    assert stuck.closed.wait(60)


def test_threads_that_are_left_behind_are_bounded(
    watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(frame_worker, "OPENING_SECONDS", 0.1)
    monkeypatch.setattr(camera_thread, "_WATCH_MS", 20)
    opened: list[StuckSource] = []

    def opener() -> Source:
        opened.append(StuckSource())
        return opened[-1]

    watched.camera.play_source(opener, live=True)
    bound = camera_thread.MAX_STUCK + 1
    watched.wait(lambda: len(opened) == bound and opened[-1].entered.is_set())
    watched.wait(lambda: sum(s.phase is Phase.RETRYING for _, s in watched.states) >= bound)
    assert sum(thread.name == "frames" for thread in threading.enumerate()) == bound
    # As soon as one lets go, there is room for another try.
    opened[0].release.set()
    watched.wait(lambda: len(opened) == bound + 1)
    watched.camera.stop(seconds=0)
    for source in opened:
        source.release.set()


def test_a_camera_held_by_a_thread_that_hangs_is_not_blamed_on_another_program(
    watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(frame_worker, "OPENING_SECONDS", 0.1)
    monkeypatch.setattr(frame_worker, "RETRY_SECONDS", 0.05)
    stuck = StuckSource()
    first = [stuck]

    def opener() -> Source:
        if first:
            return first.pop()
        if stuck.closed.is_set():
            return ListSource([plain(7)], live=True)
        raise CameraError("Desk is in use by another program.", Cause.BUSY)

    watched.camera.play_source(opener, live=True)
    watched.wait(lambda: any("Unplug" in state.message for _, state in watched.states))
    assert not any("another program" in state.message for _, state in watched.states)
    stuck.release.set()
    watched.seconds_to_frame(0)


@pytest.mark.usefixtures("unhurried")
def test_a_frozen_camera_is_free_even_when_it_was_lost_meanwhile(
    watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(frame_worker, "RETRY_SECONDS", 0.05)
    opened: list[ListSource] = []

    def opener() -> Source:
        opened.append(ListSource([plain(9)] * 20 + [UserError("unplugged")], live=True))
        return opened[-1]

    watched.camera.play_source(opener, live=True)
    watched.wait(lambda: len(opened) >= 2)
    watched.camera.set_paused(True)
    # What was being opened at that moment is closed, too; then the camera is left alone.
    tried = wait_until_still(lambda: len(opened), lambda: time.sleep(0.5))
    watched.wait(lambda: all(source.closed for source in opened))
    watched.camera.set_paused(False)
    watched.wait(lambda: len(opened) > tried)


def test_sleep_and_waking_up_is_a_loss_like_any_other(
    watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After sleep, drivers fail the first read or hang in it; then some openings fail, too."""
    monkeypatch.setattr(frame_worker, "STALL_SECONDS", 0.3)
    hung = StuckSource()
    steps: list[Source | UserError] = [
        ListSource([plain(1)] * 5 + [UserError("suspended")], live=True),
        CameraError("Desk is not there.", Cause.ABSENT),
        CameraError("Desk is not there.", Cause.ABSENT),
        _ThenStuck(hung),
    ]

    def opener() -> Source:
        # A busy machine may take any of these for stalled and ask once more.
        step = steps.pop(0) if steps else ListSource([plain(2)], live=True)
        if isinstance(step, UserError):
            raise step
        return step

    watched.camera.play_source(opener, live=True)
    watched.wait(lambda: bool(watched.frames) and watched.frames[-1].level == 2)
    hung.release.set()


class _ThenStuck(ListSource):
    """Plays a little, then hangs."""

    def __init__(self, stuck: StuckSource) -> None:
        super().__init__([plain(1)] * 5, live=True)
        self._stuck = stuck

    def read(self):  # type: ignore[no-untyped-def]
        return self._stuck.read() if self.reads == 5 else super().read()
