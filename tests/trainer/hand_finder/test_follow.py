from __future__ import annotations

import numpy as np
import pytest

from trainer.hand_finder.finder import Found, HandFinder
from trainer.hand_finder.follow import Follow, FollowSettings, Tracking
from trainer.images.box import Box

FAR = Box(200, 100, 40, 40)


class Scripted(HandFinder):
    """Finds what it is told, and counts how it was asked."""

    def __init__(self, near: float) -> None:
        self.near = near
        self.asked: list[str] = []

    def find(self, frame: np.ndarray, near: Box | None = None) -> Found:
        self.asked.append("whole")
        return Found(FAR, 0.95)

    def track(self, frame: np.ndarray, box: Box) -> Found | None:
        self.asked.append("near")
        return Found(box._replace(x=box.x + 1), self.near)


@pytest.fixture
def frame() -> np.ndarray:
    return np.random.default_rng(0).integers(0, 256, (240, 320, 3), dtype=np.uint8)


def test_a_hand_that_is_surely_near_is_not_searched_until_it_is_time(frame: np.ndarray) -> None:
    finder = Scripted(near=0.99)
    follow = Follow(finder, FollowSettings(search=0.4))
    for n in range(9):
        assert follow.update(frame, 0.1 * n) is not None
        assert follow.tracking is Tracking.FOLLOWING
    assert finder.asked == [
        "whole",
        "near",
        "near",
        "near",
        "whole",
        "near",
        "near",
        "near",
        "whole",
    ]


def test_a_hand_that_is_hardly_near_is_searched_at_once(frame: np.ndarray) -> None:
    finder = Scripted(near=0.6)
    follow = Follow(finder, FollowSettings(sure_near=0.9))
    follow.update(frame, 0.0)
    follow.update(frame, 0.05)
    assert finder.asked == ["whole", "near", "whole"]


def test_a_finder_without_refinement_searches_every_frame(
    frame: np.ndarray, monkeypatch: pytest.MonkeyPatch
) -> None:
    finder = Scripted(near=0.99)
    monkeypatch.setattr(finder, "track", lambda frame, box: None)
    follow = Follow(finder)
    for n in range(3):
        follow.update(frame, 0.05 * n)
    assert finder.asked == ["whole"] * 3
