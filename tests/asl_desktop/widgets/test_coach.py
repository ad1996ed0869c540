from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import cv2
import numpy as np
import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from asl_desktop.camera.frame_worker import LiveFrame
from asl_desktop.hand_box import HandBox
from asl_desktop.widgets.coach import Coach, Patience, hint
from tests.asl_desktop.helpers import constant_model
from trainer.recognition.quality import Finding
from trainer.recognition.reader import Reader, Reading


def scene() -> np.ndarray:
    """A shape with sharp edges before a plain ground."""
    frame = np.full((480, 640, 3), 150, np.uint8)
    cv2.circle(frame, (320, 240), 90, (60, 90, 110), -1)
    return frame


def reading(confidence: float, no_sign: float = 0.0) -> Reading:
    one = Reader(constant_model("B")).read(scene(), None)
    first = one.candidates[0]._replace(probability=confidence)
    return replace(one, candidates=(first, *one.candidates[1:]), no_sign=no_sign)


class Stage:
    """A coach over an image, and the time."""

    def __init__(self, qtbot: QtBot) -> None:
        self.image = QWidget()
        self.image.resize(640, 480)
        qtbot.addWidget(self.image)
        self.coach = Coach(self.image)
        self.image.show()
        qtbot.waitExposed(self.image)
        self.now = 100.0

    def show(self, frame: np.ndarray, seconds: float, read: Reading | None = None) -> list[str]:
        """What the coach said meanwhile, each text once."""
        said: list[str] = []
        until = self.now + seconds
        while self.now < until:
            self.now += 1 / 30
            self.coach.see(LiveFrame(frame, "f", HandBox(), read, self.now, 30.0))
            text = self.coach.text() if self.coach.isVisible() else ""
            if not said or said[-1] != text:
                said.append(text)
        return said


@pytest.fixture
def stage(qtbot: QtBot) -> Stage:
    return Stage(qtbot)


def dark() -> np.ndarray:
    return (scene() * 0.2).astype(np.uint8)


def test_nothing_is_said_while_all_is_well(stage: Stage) -> None:
    assert stage.show(scene(), 4) == [""]


def test_what_lasts_is_said_and_goes_when_it_is_put_right(stage: Stage) -> None:
    assert stage.show(dark(), 3) == ["", hint(Finding.DARK)]
    assert stage.show(scene(), 3) == [hint(Finding.DARK), ""]


def test_a_moment_is_not_worth_a_word(stage: Stage) -> None:
    stage.show(scene(), 1)
    assert stage.show(dark(), 0.5) == [""]
    assert stage.show(scene(), 1) == [""]


def test_a_light_that_flickers_does_not_make_the_line_flicker(stage: Stage) -> None:
    said: list[str] = []
    for _ in range(20):
        said += stage.show(dark(), 0.45)
        said += stage.show(scene(), 0.15)
    changes = sum(one != other for one, other in pairwise(said))
    assert changes == 1


def test_a_letter_that_is_read_well_needs_no_hint(stage: Stage) -> None:
    assert stage.show(dark(), 3, reading(0.97)) == [""]
    assert stage.show(dark(), 3, reading(0.4))[-1] == hint(Finding.DARK)


def test_without_a_hand_only_the_dark_counts(stage: Stage) -> None:
    empty = np.full((480, 640, 3), 150, np.uint8)
    assert stage.show(empty, 3, reading(0.01, no_sign=0.98)) == [""]
    black = np.full((480, 640, 3), 5, np.uint8)
    assert stage.show(black, 3, reading(0.01, no_sign=0.98))[-1] == hint(Finding.DARK)


def test_only_one_hint_at_a_time_the_most_useful_one() -> None:
    patience = Patience()
    both = [Finding.DARK, Finding.BLURRED]
    shown = {patience.update(both, second / 10) for second in range(40)}
    assert shown == {None, Finding.DARK}


def test_the_line_keeps_inside_the_image(stage: Stage) -> None:
    stage.show(dark(), 3)
    for width in (640, 300, 200):
        stage.image.resize(width, 240)
        assert stage.image.rect().contains(stage.coach.geometry())
        needed = stage.coach.heightForWidth(stage.coach.width())
        assert stage.coach.height() >= needed


def test_without_an_image_it_is_silent(stage: Stage) -> None:
    stage.show(dark(), 3)
    stage.coach.clear()
    assert not stage.coach.isVisible()


@pytest.mark.parametrize("finding", Finding)
def test_every_finding_has_a_hint(finding: Finding) -> None:
    assert len(hint(finding)) < 75
