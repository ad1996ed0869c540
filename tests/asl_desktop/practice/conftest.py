from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from asl_desktop.actions import Actions
from asl_desktop.camera.frame_worker import LiveFrame
from asl_desktop.hand_box import HandBox
from asl_desktop.practice.practice_tab import PracticeTab
from asl_desktop.settings import Settings
from trainer.hand_renderer.joints import joint_places
from trainer.hand_renderer.postures import Mistake, Posture, mistaken_angles
from trainer.hand_renderer.reference import average_skeleton, letter_pose
from trainer.letters import CLASSES, LETTERS
from trainer.recognition.reader import Candidate, Reading
from trainer.recognition.steady import Phase, Steady, SteadyLetters

FRAME_SECONDS = 0.05


class Hand:
    """Signs before a camera whose clock a test turns; the network is always right."""

    def __init__(self) -> None:
        self.seconds = 100.0
        self.tab: PracticeTab | None = None
        self.letters = SteadyLetters()
        self.joints: NDArray[np.float32] | None = None
        """What the network says of the joints, from now on."""

    def clock(self) -> float:
        return self.seconds

    def sign(self, letter: str, seconds: float, source: str = "camera") -> None:
        """Holds a letter, or with "" nothing, for a while."""
        assert self.tab is not None
        for _ in range(round(seconds / FRAME_SECONDS)):
            if letter in tuple("JZ"):
                self.draw(letter)
                continue
            self.seconds += FRAME_SECONDS
            seen = frame(letter, self.seconds, source, self.joints)
            assert seen.reading is not None
            reading = seen.reading
            steady = self.letters.update(reading.probabilities, reading.no_sign, seen.arrived)
            self.tab.show_frame(seen, steady)

    def draw(self, letter: str) -> None:
        """Shows one frame of a hand whose joints are known, in which a letter is read or ends."""
        assert self.tab is not None
        self.seconds += FRAME_SECONDS
        seen = frame(letter if letter in LETTERS else "I", self.seconds)
        assert seen.reading is not None
        joints = np.zeros((21, 2), np.float32)
        seen = replace(seen, reading=replace(seen.reading, joints=joints))
        drawn = 0.0 if letter in LETTERS else 0.95
        steady = Steady(letter, (), 1.0, Phase.LETTER, probability=drawn)
        self.tab.show_frame(seen, steady)


def mistaken(letter: str, finger: str, posture: Posture) -> NDArray[np.float32]:
    """Joints (21, 2) of a letter with one finger wrong, in pixels."""
    person, pose = average_skeleton(), letter_pose(letter, 0)
    angles = mistaken_angles(letter, Mistake(finger, posture), person, pose.angles)
    places = joint_places(person.mesh, person.frames(angles)) @ pose.turn.T
    return np.asarray(places[:, :2] * [900, -900] + 80, np.float32)


def frame(
    letter: str,
    seconds: float,
    source: str = "camera",
    joints: NDArray[np.float32] | None = None,
) -> LiveFrame:
    probabilities = np.full(CLASSES, 0.001, np.float32)
    if letter:
        probabilities[LETTERS.index(letter)] = 0.97
    order = np.argsort(-probabilities, kind="stable")
    candidates = tuple(Candidate(LETTERS[i], float(probabilities[i])) for i in order)
    reading = Reading(
        candidates,
        probabilities,
        np.zeros((28, 28), np.uint8),
        1.0,
        no_sign=float(1 - probabilities.sum()),
        joints=joints,
    )
    image = np.full((120, 160, 3), 90, np.uint8)
    image[:, :80] = (0, 0, 200)
    return LiveFrame(image, source, HandBox(), reading, seconds, 20.0)


@pytest.fixture
def hand() -> Hand:
    return Hand()


@pytest.fixture
def progress_file(tmp_path: Path) -> Path:
    return tmp_path / "data" / "practice.json"


@pytest.fixture
def actions(qtbot: QtBot) -> Iterator[Actions]:
    owner = QWidget()  # kept by this frame: qtbot alone would let it go
    qtbot.addWidget(owner)
    yield Actions(owner)
    owner.close()


@pytest.fixture
def tab(qtbot: QtBot, hand: Hand, actions: Actions, progress_file: Path) -> Iterator[PracticeTab]:
    tab = PracticeTab(Settings(), actions, progress_file, seed=5, clock=hand.clock)
    hand.tab = tab
    qtbot.addWidget(tab)
    tab.resize(1000, 640)
    tab.show()
    qtbot.waitExposed(tab)
    tab.show_page(tab.learn)
    yield tab
    tab.hide()
    tab.shut_down()
