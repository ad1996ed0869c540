from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from asl_desktop.camera.frame_worker import LiveFrame
from asl_desktop.hand_box import HandBox
from asl_desktop.my_hand.recorder import (
    LOOK_SECONDS,
    WANTED,
    Recorder,
    Stage,
    planned_seconds,
    refusal,
)
from asl_desktop.my_hand.tuning import AGAIN
from tests.asl_desktop.helpers import constant_model
from tests.asl_desktop.my_hand.printed import moving_frame, printed_frame
from trainer.letters import LETTERS
from trainer.recognition.reader import Reader, Reading
from trainer.samples.store import SampleStore, Sitting

FULL = WANTED[Sitting.LEARN]


def reading(letter: str = "B", logit: float = 5.0) -> Reading:
    """What a network says that is sure of a letter: 0.87."""
    return Reader(constant_model(letter, logit)).read(printed_frame("B"), None)


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


def test_it_leaves_time_to_look_and_takes_ten(store: SampleStore, film: Film) -> None:
    film.recorder.start("C")
    film.show(printed_frame("C"), 0.3)
    assert (film.recorder.stage, film.recorder.count) == (Stage.WAITING, 2)
    film.show(printed_frame("C"), 0.8)
    assert film.recorder.count == 1
    assert not store.samples
    film.show(printed_frame("C"), 3)
    assert film.recorder.stage is Stage.DONE
    assert len(store.of("C")) == FULL
    film.show(printed_frame("C"), 2)
    assert len(store.samples) == FULL


def test_the_second_sitting_takes_fewer_and_keeps_them_apart(
    store: SampleStore, film: Film
) -> None:
    film.recorder.sitting = Sitting.CHECK
    film.recorder.start("C")
    film.show(printed_frame("C"), 4)
    assert store.counts(Sitting.CHECK).sum() == WANTED[Sitting.CHECK] < FULL
    assert not store.counts(Sitting.LEARN).any()


def test_a_hand_that_still_shows_the_letter_before_is_waited_for(
    store: SampleStore, film: Film
) -> None:
    film.recorder.start("A")
    film.show(printed_frame("A"), 4, reading("A"))
    assert len(store.of("A")) == FULL
    film.recorder.start("B", changed=False)
    film.show(printed_frame("A"), LOOK_SECONDS + 1.5, reading("A", 0.5))
    assert not store.of("B")
    assert film.recorder.stage is Stage.WAITING
    film.show(moving_frame("A"), 0.2)
    film.show(printed_frame("B"), 3, reading("B", 0.5))
    assert len(store.of("B")) == FULL


def test_letters_that_look_alike_are_asked_about_when_no_change_was_seen(
    store: SampleStore, film: Film
) -> None:
    film.recorder.start("M")
    film.show(printed_frame("M"), 4)
    film.recorder.start("N", changed=False)
    film.show(printed_frame("M"), LOOK_SECONDS + 3)
    assert film.recorder.asks
    film.recorder.accept()
    assert not film.recorder.asks
    film.show(printed_frame("M"), 3)
    assert len(store.of("N")) == FULL


def test_a_moving_hand_is_not_taken(store: SampleStore, film: Film) -> None:
    film.recorder.start("C")
    for letter in "CXOLWXCO" * 4:
        film.show(printed_frame(letter), 0.1)
    assert film.recorder.stage is Stage.WAITING
    assert not store.samples
    film.show(printed_frame("C"), 3)
    assert len(store.of("C")) == FULL


def test_another_letter_is_named_and_nothing_is_taken(store: SampleStore, film: Film) -> None:
    film.recorder.start("A")
    film.show(printed_frame("D"), 6, reading("D"))
    assert film.recorder.stage is Stage.DOUBTING
    assert film.recorder.seen == "D"
    assert not store.samples
    # The right letter needs no more than itself.
    film.show(printed_frame("A"), 3, reading("A"))
    assert film.recorder.stage is Stage.DONE
    assert len(store.of("A")) == FULL


def test_what_the_user_confirms_is_taken_from_then_on_for_that_letter(
    store: SampleStore, film: Film
) -> None:
    film.recorder.start("A")
    film.show(printed_frame("A"), 4, reading("D"))
    assert film.recorder.asks
    film.recorder.accept()
    film.show(printed_frame("A"), 3, reading("D"))
    assert len(store.of("A")) == FULL
    film.recorder.start("A")
    film.show(printed_frame("A"), 4, reading("D"))
    assert len(store.of("A")) == 2 * FULL
    film.recorder.start("B")
    film.show(printed_frame("A"), 4, reading("D"))
    assert film.recorder.stage is Stage.DOUBTING


def begin(film: Film, store: SampleStore) -> int:
    """Shows an A until some samples of it are taken; how many."""
    film.recorder.start("A")
    film.show(printed_frame("A"), LOOK_SECONDS + 0.4, reading("A"))
    taken = len(store.samples)
    assert 0 < taken < FULL
    return taken


def test_a_letter_that_changes_while_it_is_recorded_is_noticed(
    store: SampleStore, film: Film
) -> None:
    taken = begin(film, store)
    film.show(moving_frame("A"), 0.2, reading("A"))
    assert len(store.samples) == taken
    film.show(printed_frame("D"), 4, reading("D"))
    assert film.recorder.stage is Stage.DOUBTING
    assert len(store.samples) == taken


def test_another_letter_is_noticed_after_a_moment_without_a_hand(
    store: SampleStore, film: Film
) -> None:
    taken = begin(film, store)
    sure = reading("D")
    none = replace(sure, probabilities=sure.probabilities * np.float32(0.05), no_sign=0.95)
    for _ in range(3):
        film.show(printed_frame("A"), 0.5, none)
        film.show(printed_frame("A"), 0.5, sure)
    assert film.recorder.stage is Stage.DOUBTING
    assert len(store.samples) == taken
    # The right one is taken once it has been seen for as long as at first.
    film.show(printed_frame("A"), 0.5, none)
    film.show(printed_frame("A"), 0.3, reading("A"))
    assert len(store.samples) == taken
    film.show(printed_frame("A"), 3, reading("A"))
    assert film.recorder.stage is Stage.DONE


def test_a_network_that_is_not_sure_is_no_doubt(store: SampleStore, film: Film) -> None:
    film.recorder.start("A")
    film.show(printed_frame("A"), 4, reading("D", 2.0))
    assert len(store.of("A")) == FULL


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
    store: SampleStore, film: Film, spoil: Callable[[np.ndarray], np.ndarray], word: str
) -> None:
    film.recorder.start("C")
    film.show(spoil(printed_frame("C")), 5)
    assert not store.samples
    assert word in film.recorder.refusal
    film.show(printed_frame("C"), 3)
    assert len(store.samples) == FULL
    assert film.recorder.refusal == ""


def test_a_box_at_the_edge_is_refused() -> None:
    frame = replace(live(printed_frame("C")), box=HandBox(0.3, 0.5, 0.8))
    assert "edge" in refusal(frame)


def test_no_hand_is_refused_but_one_that_is_read_badly_is_not() -> None:
    frame = live(printed_frame("C"))
    no_hand = replace(reading(), no_sign=0.95)
    assert "No whole hand" in refusal(replace(frame, reading=no_hand))
    assert refusal(replace(frame, reading=replace(reading(), no_sign=0.6))) == ""


def test_after_long_without_a_good_image_it_waits(store: SampleStore, film: Film) -> None:
    film.recorder.start("C")
    film.show((printed_frame("C") * 0.1).astype(np.uint8), 12)
    assert film.recorder.stage is Stage.STUCK
    film.show(printed_frame("C"), 3)
    assert not store.samples


def test_a_pause_keeps_what_was_taken_and_a_start_fills_up(store: SampleStore, film: Film) -> None:
    film.recorder.start("C")
    film.show(printed_frame("C"), LOOK_SECONDS + 0.6)
    film.recorder.pause()
    had = len(store.samples)
    assert 0 < had < FULL
    film.show(printed_frame("C"), 3)
    assert len(store.samples) == had
    film.recorder.start("C")
    film.show(printed_frame("C"), 6)
    assert len(store.samples) == FULL


def test_a_full_letter_gets_as_many_again(store: SampleStore, film: Film) -> None:
    for _ in range(2):
        film.recorder.start("C")
        film.show(printed_frame("C"), 6)
    assert len(store.of("C")) == 2 * FULL


@pytest.mark.parametrize(
    ("letters", "sitting", "most"),
    [(24, Sitting.LEARN, 120), (24, Sitting.CHECK, 120), (AGAIN, Sitting.LEARN, 40)],
    ids=["first sitting", "second sitting", "only the confused letters"],
)
def test_a_sitting_is_short(
    store: SampleStore, film: Film, letters: int, sitting: Sitting, most: float
) -> None:
    """Of a person who shows each letter two seconds after it is named, before a slow camera."""
    film.recorder.sitting = sitting
    began, before = film.now, printed_frame("Z")
    for index, letter in enumerate(LETTERS[:letters]):
        film.recorder.start(letter, changed=not index)
        film.show(before, 1.8)
        film.show(moving_frame(letter), 0.2)
        # A printed I has too few edges for an image in focus.
        before = printed_frame("K" if letter == "I" else letter)
        while film.recorder.stage is not Stage.DONE:
            film.show(before, 0.1)
            assert film.now - began < most
            assert not film.recorder.asks
    assert len(store.samples) == letters * WANTED[sitting]
    assert planned_seconds(letters, sitting) < film.now - began < most


def test_the_plan_is_within_the_limits() -> None:
    assert planned_seconds(24, Sitting.LEARN) + planned_seconds(24, Sitting.CHECK) < 150
    assert math.ceil(planned_seconds(AGAIN, Sitting.LEARN)) < 40
