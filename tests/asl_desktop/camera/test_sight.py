from __future__ import annotations

import numpy as np
import pytest

from asl_desktop.camera.sight import Sight
from trainer.hand_finder.file import load_finder
from trainer.hand_finder.finder import Found, HandFinder
from trainer.images.box import Box
from trainer.model import weights
from trainer.support.paths import DEFAULT_WEIGHTS, FINDER_WEIGHTS, asset


def test_a_box_that_shows_no_sign_is_not_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    image = np.random.default_rng(0).integers(0, 256, (240, 320, 3), np.uint8)
    sight, model = Sight(), weights.load(asset(DEFAULT_WEIGHTS))
    finder = load_finder(asset(FINDER_WEIGHTS))
    noise = Box(80, 60, 120, 120)
    monkeypatch.setattr(HandFinder, "find", lambda self, frame, near=None: Found(noise, 0.9))
    reading = sight.read(model, image, noise)
    assert reading is not None
    assert reading.no_sign > 0.9
    assert sight.find(finder, image, 0.0) is None
    assert sight.read(None, image, noise) is None
    assert sight.find(finder, image, 0.1) == noise, "without a letter network, the finder decides"
