from __future__ import annotations

import numpy as np
import pytest

from trainer.experiments.corrections import draw_hand
from trainer.hand_renderer.joints import joint_places
from trainer.hand_renderer.postures import Mistake, Posture, mistaken_angles, mistakes
from trainer.hand_renderer.reference import average_skeleton, letter_pose
from trainer.joints import FINGERS
from trainer.letters import LETTERS
from trainer.recognition.correction import correct, explain


def joints(letter: str, mistake: Mistake | None = None) -> np.ndarray:
    """Of an average hand from the front, in pixels."""
    pose = letter_pose(letter, 0)
    skeleton = average_skeleton()
    angles = pose.angles
    if mistake is not None:
        angles = mistaken_angles(letter, mistake, skeleton, angles)
    places = joint_places(skeleton.mesh, skeleton.frames(angles)) @ pose.turn.T
    return np.asarray(places[:, :2] * [900, -900] + 80)


@pytest.mark.parametrize("letter", LETTERS)
def test_nothing_is_wrong_with_a_letter_as_it_should_be(letter: str) -> None:
    assert correct(letter, joints(letter)) is None


@pytest.mark.parametrize(
    ("letter", "finger", "posture"),
    [
        ("T", "thumb", Posture.FRONT),
        ("A", "thumb", Posture.UNDER_ONE),
        ("B", "ring", Posture.CURLED),
        ("U", "ring", Posture.STRAIGHT),
        ("D", "index", Posture.HOOKED),
        ("Y", "pinky", Posture.CURLED),
        ("L", "thumb", Posture.SIDE),
        ("V", "middle", Posture.CURLED),
    ],
)
def test_a_wrong_finger_is_named_and_how_it_stands(
    letter: str, finger: str, posture: Posture
) -> None:
    seen = joints(letter, Mistake(finger, posture))
    for shown in (seen, seen * [-1, 1], 3 * seen + 40):
        found = correct(letter, shown)
        assert found is not None
        assert (found.letter, found.finger, found.seen) == (letter, finger, posture)
        assert found.probability > 0.6


def test_the_finger_of_drawn_mistakes_is_found() -> None:
    """A few of those that docs/results/corrections.json counts."""
    rng = np.random.default_rng(7)
    right = 0
    for _ in range(60):
        drawn = draw_hand(rng, wrong=True)
        assert drawn.mistake is not None
        right += explain(drawn.letter, drawn.joints)[0].finger == drawn.mistake.finger
    assert right >= 50


def test_several_wrong_fingers_are_all_seen() -> None:
    """A V where a B is asked for."""
    wrong = {found.finger: found for found in explain("B", joints("V"))}
    assert wrong["ring"].probability > 0.6
    assert wrong["pinky"].probability > 0.6
    assert wrong["ring"].seen is Posture.CURLED
    assert wrong["middle"].seen is Posture.APART


def test_without_joints_there_is_nothing_to_say() -> None:
    assert correct("A", None) is None
    assert correct("A", np.zeros((21, 2))) is None
    assert correct("A", np.full((21, 2), np.nan)) is None
    assert correct("A", np.zeros((20, 2))) is None


def test_every_finger_of_every_letter_can_stand_wrong() -> None:
    for letter in LETTERS:
        assert {mistake.finger for mistake in mistakes(letter)} == set(FINGERS)
