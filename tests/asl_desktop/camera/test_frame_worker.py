from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterator
from itertools import accumulate
from pathlib import Path

import cv2
import numpy as np
import psutil
import pytest

from asl_desktop.camera import frame_worker
from asl_desktop.camera.frame_worker import FrameWorker, LiveFrame, Phase, SourceState
from asl_desktop.camera.sight import Sight
from asl_desktop.hand_box import HandBox
from tests.asl_desktop.helpers import (
    LEFT,
    RIGHT,
    ListSource,
    StuckSource,
    constant_model,
    lopsided,
    number_of,
    numbered,
    plain,
    side_model,
    wait_for,
    write_clip,
)
from tests.patience import PATIENCE_SECONDS, wait_until_still
from trainer.capture.faults import StreamError
from trainer.capture.opening import open_source
from trainer.capture.source import Frame, Source
from trainer.model.model import Model
from trainer.support.errors import UserError


class Played:
    """A running worker and what it told."""

    def __init__(
        self,
        opener: Callable[[], Source],
        *,
        live: bool = False,
        model: Model | None = None,
        after: threading.Thread | None = None,
    ) -> None:
        self.frames: list[LiveFrame] = []
        self.states: list[SourceState] = []
        self.worker = FrameWorker(
            opener,
            live=live,
            on_frame=self.frames.append,
            on_state=self.states.append,
            box=HandBox(),
            model=model,
            after=after,
        )
        self.worker.start()

    @property
    def phases(self) -> list[Phase]:
        return [state.phase for state in self.states]

    @property
    def letters(self) -> list[str]:
        return [frame.reading.letter for frame in self.frames if frame.reading]


@pytest.fixture
def play(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Played]]:
    monkeypatch.setattr(frame_worker, "RETRY_SECONDS", 0.05)
    all_played: list[Played] = []

    def start(*arguments: object, **options: object) -> Played:
        played = Played(*arguments, **options)  # type: ignore[arg-type]
        all_played.append(played)
        return played

    yield start
    for played in all_played:
        played.worker.ask_to_stop()
        played.worker.join(60)


Play = Callable[..., Played]


def test_a_video_is_played_at_its_pace_and_again(play: Play) -> None:
    source = ListSource([plain(10), plain(20), plain(30)], rate=50)
    start = time.perf_counter()
    played = play(lambda: source)
    wait_for(lambda: len(played.frames) >= 7)
    assert time.perf_counter() - start >= 5 / 50
    grays = [int(frame.image[0, 0, 0]) for frame in played.frames[:7]]
    assert grays == [10, 20, 30, 10, 20, 30, 10]
    assert played.phases == [Phase.OPENING, Phase.PLAYING]


def test_only_a_frame_that_follows_another_one_is_read_with_it(
    play: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    follows: list[bool] = []

    def read(sight: Sight, model: object, image: object, box: object, seconds: object) -> None:
        follows.append(seconds is not None)

    monkeypatch.setattr(Sight, "read", read)
    played = play(lambda: ListSource([plain(10), plain(20), plain(30)], rate=50))
    wait_for(lambda: len(follows) >= 6)
    played.worker.ask_to_stop()
    played.worker.join(60)
    # The first one follows none, nor does it when the video begins again.
    assert follows[:6] == [False, True, True] * 2
    source = ListSource([plain(10)], live=True)
    played = play(lambda: source, live=True)
    wait_for(lambda: len(played.frames) > 2)
    assert follows[-1]
    played.worker.set_paused(True)
    wait_for(lambda: source.closed > 0)
    played.worker.set_box(HandBox(0.8, 0.5, 0.2))
    wait_for(lambda: played.frames[-1].box == HandBox(0.8, 0.5, 0.2))
    assert not follows[-1]


def test_a_single_image_stays_and_is_read_anew_when_the_box_moves(play: Play) -> None:
    played = play(lambda: ListSource([lopsided()], rate=0), model=side_model())
    wait_for(lambda: len(played.frames) == 1)
    played.worker.set_box(HandBox(0.6, 0.5, 0.5))
    wait_for(lambda: len(played.frames) == 2)
    assert played.frames[1].box == HandBox(0.6, 0.5, 0.5)
    first, second = (frame.reading for frame in played.frames)
    assert first is not None
    assert second is not None
    assert not np.array_equal(first.image, second.image)
    time.sleep(0.05)
    assert len(played.frames) == 2


def test_the_network_can_be_swapped_while_playing(play: Play) -> None:
    played = play(lambda: ListSource([plain(9)], live=True), live=True, model=constant_model("A"))
    wait_for(lambda: "A" in played.letters)
    played.worker.set_model(constant_model("B"))
    wait_for(lambda: "B" in played.letters)
    assert "A" not in played.letters[played.letters.index("B") :]
    played.worker.set_model(None)
    wait_for(lambda: played.frames[-1].reading is None)


def test_the_reading_is_of_unmirrored_pixels(play: Play) -> None:
    played = play(lambda: ListSource([lopsided()], rate=0), model=side_model())
    wait_for(lambda: bool(played.letters))
    played.worker.ask_to_stop()
    played.worker.join()
    turned = play(lambda: ListSource([lopsided()[:, ::-1].copy()], rate=0), model=side_model())
    wait_for(lambda: bool(turned.letters))
    assert (played.letters[0], turned.letters[0]) == (LEFT, RIGHT)


def test_a_pause_lets_go_of_the_camera_and_opens_it_again(play: Play) -> None:
    opened: list[ListSource] = []

    def opener() -> Source:
        opened.append(ListSource([plain(9)], live=True))
        return opened[-1]

    played = play(opener, live=True)
    wait_for(lambda: len(played.frames) > 2)
    played.worker.set_paused(True)
    wait_for(lambda: opened[0].closed > 0)
    reads = opened[0].reads
    time.sleep(0.05)
    assert opened[0].reads == reads
    assert len(opened) == 1
    played.worker.set_paused(False)
    wait_for(lambda: len(opened) == 2 and opened[1].reads > 1)


def test_a_paused_video_stands_still_and_goes_on_where_it_was(play: Play) -> None:
    # Numbered frames, enough for a machine that is slow by minutes.
    source = ListSource([numbered(number) for number in range(15_000)], rate=50)
    played = play(lambda: source)
    wait_for(lambda: len(played.frames) > 3)
    played.worker.set_paused(True)

    def stands_still() -> bool:
        played.worker.set_box(HandBox())  # a frame that stands is shown anew
        return played.frames[-1].frames_per_second == 0

    wait_for(stands_still)
    reads = wait_until_still(lambda: source.reads, lambda: time.sleep(0.2))
    assert source.closed == 0
    played.worker.set_paused(False)
    wait_for(lambda: source.reads > reads + 2)
    numbers = [number_of(frame.image) for frame in played.frames]
    assert sorted(numbers) == numbers


def test_a_paused_frame_is_read_with_a_new_box(play: Play) -> None:
    source = ListSource([lopsided()], live=True)
    played = play(lambda: source, live=True, model=side_model())
    wait_for(lambda: bool(played.frames))
    played.worker.set_paused(True)
    wait_for(lambda: source.closed > 0)
    played.worker.set_box(HandBox(0.8, 0.5, 0.2))
    wait_for(lambda: played.frames[-1].box == HandBox(0.8, 0.5, 0.2))


def test_a_camera_that_breaks_is_opened_again(play: Play) -> None:
    broken = UserError("unplugged")
    steps: list[Source | Exception] = [
        ListSource([plain(1), broken], live=True),
        broken,
        ListSource([plain(2)], live=True),
    ]

    def opener() -> Source:
        step = steps.pop(0)
        if isinstance(step, Exception):
            raise step
        return step

    played = play(opener, live=True)
    wait_for(lambda: not steps and played.phases[-1] is Phase.PLAYING)
    assert played.frames[-1].image[0, 0, 0] == 2
    assert played.phases == [
        Phase.OPENING,
        Phase.PLAYING,
        Phase.RETRYING,
        Phase.OPENING,
        Phase.RETRYING,
        Phase.OPENING,
        Phase.PLAYING,
    ]
    assert played.states[2].message == "unplugged"


def test_a_file_that_does_not_open_is_not_tried_again(play: Play) -> None:
    opened = 0

    def opener() -> Source:
        nonlocal opened
        opened += 1
        raise UserError("no such file")

    played = play(opener)
    played.worker.join(60)
    assert opened == 1
    assert played.states[-1] == SourceState(Phase.FAILED, "no such file")


def test_one_bad_image_of_several_is_told_and_skipped(play: Play) -> None:
    source = ListSource([plain(1), UserError("damaged"), plain(3)])
    played = play(lambda: source)
    wait_for(lambda: len(played.frames) >= 5)
    assert [int(frame.image[0, 0, 0]) for frame in played.frames[:4]] == [1, 3, 1, 3]
    assert played.states.count(SourceState(Phase.SKIPPING, "damaged")) == 1


def test_a_folder_of_bad_images_fails(play: Play) -> None:
    played = play(lambda: ListSource([UserError("damaged"), UserError("worse")]))
    played.worker.join(60)
    assert played.states[-1] == SourceState(Phase.FAILED, "worse")


def test_a_fault_is_told_and_reaches_the_hook(play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    caught: list[threading.ExceptHookArgs] = []
    monkeypatch.setattr(threading, "excepthook", caught.append)
    source = ListSource([RuntimeError("fault"), RuntimeError("fault")])
    played = play(lambda: source)
    played.worker.join(60)
    assert played.phases[-1] is Phase.FAILED
    assert [args.exc_type for args in caught] == [RuntimeError]
    assert source.closed == 1


def test_a_stuck_source_is_closed_when_it_lets_go(play: Play) -> None:
    source = StuckSource()
    played = play(lambda: source, live=True)
    source.entered.wait(60)
    played.worker.ask_to_stop()
    played.worker.join(0.1)
    assert played.worker.is_alive()
    states = list(played.states)
    source.release.set()
    played.worker.join(60)
    assert source.closed.is_set()
    assert played.states == states, "a worker that was asked to stop says nothing more"


def test_the_next_source_waits_for_the_last_one_to_let_go(
    play: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(frame_worker, "_PREDECESSOR_SECONDS", PATIENCE_SECONDS)
    first, opened = StuckSource(), threading.Event()
    old = play(lambda: first, live=True)
    first.entered.wait(60)
    old.worker.ask_to_stop()

    def opener() -> Source:
        assert first.closed.is_set()
        opened.set()
        return ListSource([plain(5)], live=True)

    new = play(opener, live=True, after=old.worker)
    assert not opened.wait(0.1)
    first.release.set()
    wait_for(lambda: bool(new.frames))


def test_the_frame_rate_is_measured(play: Play) -> None:
    played = play(lambda: ListSource([plain(1)] * 200, rate=50))
    wait_for(lambda: len(played.frames) > 40)
    frames = played.frames[:40]
    last = frames[-1].arrived
    recent = [f.arrived for f in frames if last - f.arrived <= frame_worker._RATE_OVER_SECONDS]
    expected = (len(recent) - 1) / (last - recent[0]) if len(recent) > 1 else 0
    assert frames[-1].frames_per_second == pytest.approx(expected)


def test_a_source_that_will_not_play_is_not_asked_again_and_again(play: Play) -> None:
    """A wrong password, twice a second, would lock the user's account."""
    opened = 0

    def opener() -> Source:
        nonlocal opened
        opened += 1
        raise StreamError("http://x", "asks for a user name and a password.", final=True)

    played = play(opener, live=True)
    played.worker.join(60)
    assert opened == 1
    assert played.phases == [Phase.OPENING, Phase.FAILED]


def test_a_stream_that_played_is_said_to_be_reconnected(play: Play) -> None:
    lost = StreamError("http://x", "the connection was lost.")
    asks = StreamError("http://x", "asks for a password.", final=True)
    steps: list[Source | Exception] = [
        StreamError("http://x", "nothing answers there."),
        ListSource([plain(1), lost], live=True),
        asks,
        ListSource([plain(2)], live=True),
    ]

    def opener() -> Source:
        step = steps.pop(0)
        if isinstance(step, Exception):
            raise step
        return step

    played = play(opener, live=True)
    wait_for(lambda: not steps and played.phases[-1] is Phase.PLAYING)
    told = [state.message for state in played.states if state.phase is Phase.RETRYING]
    assert told == [
        "http://x: nothing answers there.",
        "Reconnecting to http://x: the connection was lost.",
        "Reconnecting to http://x: asks for a password.",
    ]


@pytest.mark.parametrize("name", ["hand.jfif", "one.mp4", "one.avi"])
def test_an_image_by_any_name_and_a_clip_of_one_frame_are_opened_once(
    play: Play, tmp_path: Path, name: str
) -> None:
    path = tmp_path / name
    if name.endswith("jfif"):
        path.write_bytes(cv2.imencode(".jpg", plain(90))[1].tobytes())
    else:
        write_clip(path, [plain(90)])
    played = play(lambda: open_source(str(path)))
    wait_for(lambda: Phase.PLAYING in played.phases)
    time.sleep(0.3)  # it used to be opened anew 25 times a second
    assert played.phases == [Phase.OPENING, Phase.PLAYING]
    assert len(played.frames) == 1
    assert played.frames[0].frames_per_second == 0
    played.worker.set_box(HandBox(0.6, 0.5, 0.5))
    wait_for(lambda: len(played.frames) == 2)


def test_each_frame_stands_for_as_long_as_the_file_says(play: Play) -> None:
    durations = [0.02, 0.3, 0.05, 0.02]

    class Uneven(ListSource):
        def read(self) -> Frame | None:
            frame = super().read()
            return frame and frame._replace(duration=durations[frame.image[0, 0, 0]])

    source = Uneven([plain(n) for n in range(4)])
    start = time.perf_counter()
    played = play(lambda: source)
    wait_for(lambda: len(played.frames) >= 5)
    due = accumulate(durations, initial=start)
    assert all(f.arrived >= time for f, time in zip(played.frames, due, strict=False))


@pytest.mark.skipif(sys.platform != "linux", reason="only glibc keeps what is free")
def test_free_memory_goes_back_when_a_worker_ends(play: Play) -> None:
    process = psutil.Process()
    held = []

    def opened() -> Source:
        # Too small to be mapped apart; the last one keeps those below from the system.
        pieces = [b"x" * (64 << 10) for _ in range(3200)]
        held.append(pieces[-1])
        return ListSource([plain(1)])

    played = play(opened)
    wait_for(lambda: len(played.frames) > 0)
    while_playing = process.memory_info().rss
    played.worker.ask_to_stop()
    played.worker.join(PATIENCE_SECONDS)
    assert while_playing - process.memory_info().rss > 100 << 20
