from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from asl_desktop.camera.frame_worker import LiveFrame
from asl_desktop.hand_box import HandBox
from asl_desktop.my_hand.recorder import WANTED, Recorder, Stage, refusal
from tests.asl_desktop.helpers import constant_model
from tests.asl_desktop.my_hand.printed import printed_frame
from trainer.recognition.reader import Reader, Reading
from trainer.samples.store import SampleStore


def reading(no_sign: float) -> Reading:
    return replace(Reader(constant_model("B")).read(printed_frame("B"), None), no_sign=no_sign)


class Film:
    """Frames at 10 a second."""

    def __init__(self, recorder: Recorder) -> None:
        self.recorder = recorder
        self.now = 50.0

    def show(self, image: np.ndarray, seconds: float, read: Reading | None = None) -> None:
        for _ in range(round(seconds * 10)):
            self.now += 1 / 10
            self.recorder.see(live(image, self.now, read))


def live(image: np.ndarray, now: float = 0.0, read: Reading | None = None) -> LiveFrame:
    return LiveFrame(image, "film", HandBox(), read, now, 30.0)


@pytest.fixture
def store(tmp_path: Path) -> SampleStore:
    return SampleStore(tmp_path)


@pytest.fixture
def film(store: SampleStore) -> Film:
    return Film(Recorder(store))


def test_it_counts_down_and_takes_ten_within_two_seconds(store: SampleStore, film: Film) -> None:
    film.recorder.start("C")
    film.show(printed_frame("C"), 0.5)
    assert (film.recorder.stage, film.recorder.count) == (Stage.COUNTING, 3)
    film.show(printed_frame("C"), 2)
    assert film.recorder.count == 1
    assert not store.samples
    film.show(printed_frame("C"), 2.5)
    assert film.recorder.stage is Stage.DONE
    assert len(store.of("C")) == WANTED
    film.show(printed_frame("C"), 2)
    assert len(store.samples) == WANTED


@pytest.mark.parametrize(
    ("spoil", "word"),
    [
        (lambda p: (p * 0.1).astype(np.uint8), "dark"),
        (lambda p: np.full_like(p, 255), "bright"),
        (lambda p: np.full_like(p, 120), "blurred"),
    ],
    ids=["dark", "bright", "blurred"],
)
def test_poor_images_are_refused_and_the_reason_is_said(
    store: SampleStore, film: Film, spoil: object, word: str
) -> None:
    film.recorder.start("C")
    film.show(spoil(printed_frame("C")), 5)  # type: ignore[operator]
    assert not store.samples
    assert word in film.recorder.refusal
    film.show(printed_frame("C"), 3)
    assert len(store.samples) == WANTED
    assert film.recorder.refusal == ""


def test_a_box_at_the_edge_is_refused() -> None:
    frame = replace(live(printed_frame("C")), box=HandBox(0.3, 0.5, 0.8))
    assert "edge" in refusal(frame)


def test_no_hand_is_refused_but_one_that_is_read_badly_is_not() -> None:
    frame = live(printed_frame("C"))
    assert "No whole hand" in refusal(replace(frame, reading=reading(0.95)))
    assert refusal(replace(frame, reading=reading(0.6))) == ""


def test_after_long_without_a_good_image_it_waits(store: SampleStore, film: Film) -> None:
    film.recorder.start("C")
    film.show((printed_frame("C") * 0.1).astype(np.uint8), 12)
    assert film.recorder.stage is Stage.STUCK
    film.show(printed_frame("C"), 3)
    assert not store.samples


def test_a_pause_keeps_what_was_taken_and_a_start_fills_up(store: SampleStore, film: Film) -> None:
    film.recorder.start("C")
    film.show(printed_frame("C"), 3.7)
    film.recorder.pause()
    had = len(store.samples)
    assert 0 < had < WANTED
    film.show(printed_frame("C"), 3)
    assert len(store.samples) == had
    film.recorder.start("C")
    film.show(printed_frame("C"), 6)
    assert len(store.samples) == WANTED


def test_a_full_letter_gets_as_many_again(store: SampleStore, film: Film) -> None:
    for _ in range(2):
        film.recorder.start("C")
        film.show(printed_frame("C"), 6)
    assert len(store.of("C")) == 2 * WANTED
