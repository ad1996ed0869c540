from __future__ import annotations

import cv2
import numpy as np

from trainer.images.box import Box
from trainer.recognition.rest import RESTS, Rest

BOX = Box(40, 40, 80, 80)


def hand(letter: str, noise: float = 0.0, seed: int = 0, gray: int = 90) -> np.ndarray:
    image = np.full((160, 160, 3), gray, np.uint8)
    cv2.putText(image, letter, (48, 112), cv2.FONT_HERSHEY_SIMPLEX, 2.6, (230, 230, 230), 16)
    noisy = image + np.random.default_rng(seed).normal(0, noise, image.shape)
    return np.clip(noisy, 0, 255).astype(np.uint8)


def test_a_hand_rests_for_as_long_as_it_does_not_change() -> None:
    rest = Rest()
    for step in range(11):
        rest.see(hand("L", noise=8, seed=step), BOX, 5 + step / 10)
    assert rest.seconds(6) == 1
    assert not rest.changed
    assert rest.change < RESTS / 2


def test_another_letter_is_a_change_and_the_rest_begins_anew() -> None:
    rest = Rest()
    for step in range(10):
        rest.see(hand("L"), BOX, step / 10)
    rest.see(hand("O"), BOX, 1.0)
    assert rest.changed
    assert rest.seconds(1.0) == 0
    for step in range(11, 20):
        rest.see(hand("O"), BOX, step / 10)
    assert not rest.changed
    assert 0.4 < rest.seconds(1.9) < 1


def test_the_camera_s_rate_does_not_matter() -> None:
    """A slow change is one, however many frames show it."""
    changes = []
    for rate in (10, 60):
        rest, most = Rest(), 0.0
        for step in range(rate + 1):
            share = step / rate
            mixed = (1 - share) * hand("L") + share * hand("O")
            rest.see(mixed.astype(np.uint8), BOX, step / rate)
            most = max(most, rest.change)
        changes.append(most)
    assert abs(changes[0] - changes[1]) < 0.1


def test_light_is_no_movement() -> None:
    rest = Rest()
    rest.see(hand("L"), BOX, 0)
    rest.see((hand("L") * 0.7).astype(np.uint8), BOX, 0.1)
    assert rest.change < RESTS / 2


def test_a_wall_rests_although_it_is_all_noise() -> None:
    rest = Rest()
    for step in range(6):
        wall = np.random.default_rng(step).normal(120, 6, (160, 160, 3)).clip(0, 255)
        rest.see(wall.astype(np.uint8), BOX, step / 10)
    assert rest.seconds(0.5) == 0.5
