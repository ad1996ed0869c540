import numpy as np
import pytest

from trainer.hand_renderer.reference import (
    blend,
    letter_pose,
    reference_image,
    signed,
)
from trainer.letters import LETTERS


@pytest.mark.parametrize("letter", LETTERS)
def test_reference_shows_the_whole_hand_on_a_plain_ground(letter: str) -> None:
    image, mask = reference_image(letter, 120)
    assert image.shape == (120, 120, 3)
    assert (mask > 128).mean() > 0.06
    assert (image[mask == 0] == round(0.92 * 255)).all()
    again = reference_image(letter, 120)[0]
    np.testing.assert_array_equal(image, again)


def test_blending_reaches_both_ends() -> None:
    first, second = letter_pose("A"), letter_pose("Q")
    for share, pose in ((0.0, first), (1.0, second)):
        between = blend(first, second, share)
        np.testing.assert_allclose(between.angles, pose.angles, atol=1e-9)
        np.testing.assert_allclose(between.turn, pose.turn, atol=1e-6)


def test_only_j_and_z_move() -> None:
    assert np.ptp([pose.place for pose in signed("B", 5)]) == 0
    for letter in "JZ":
        places = np.array([pose.place for pose in signed(letter, 9)])
        assert np.ptp(places[:, 0]) > 0.05
        assert np.ptp(places[:, 1]) > 0.05
