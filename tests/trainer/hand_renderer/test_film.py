from __future__ import annotations

import numpy as np
import pytest

from trainer.hand_renderer.film import film, letter_shot, random_signer, usual_signer
from trainer.hand_renderer.spelling import spell


def test_a_word_rises_is_held_and_is_lowered() -> None:
    shots = list(film("AB", usual_signer(), hold=0.5, glide=0.3, size=32))
    seconds = spell("AB", 0.5, 0.3).seconds
    assert sum(shot.seconds for shot in shots) == pytest.approx(seconds, abs=0.11)
    held = [shot for shot in shots if shot.seconds > 0.35]
    assert len(held) == 2, "a held letter is one image"
    assert np.abs(held[0].image.astype(int) - held[1].image).mean() > 5
    assert shots[0].image.max() == 0, "the hand is below the image at first"
    for shot in shots:
        assert shot.image.shape == (32, 32, 4)
        assert (shot.image[:, :, :3] <= shot.image[:, :, 3:]).all()


def test_it_ends_when_it_is_not_wanted_any_more() -> None:
    asked = iter([False, False, True])
    shots = list(film("AB", usual_signer(), 0.5, 0.3, size=16, stopped=lambda: next(asked)))
    assert len(shots) == 2


def test_signers_differ_and_a_left_hand_is_mirrored() -> None:
    rng = np.random.default_rng(3)
    images = [letter_shot("L", random_signer(rng), size=32).image.astype(int) for _ in range(3)]
    assert np.abs(images[0] - images[1]).mean() > 3
    assert np.abs(images[1] - images[2]).mean() > 3
