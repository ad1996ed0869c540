from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from trainer.hand_finder.evidence import SignProbability
from trainer.hand_finder.finder import Found, HandFinder, is_same
from trainer.hand_finder.follow import Follow, FollowSettings, Tracking
from trainer.images.box import Box

FAR = Box(200, 100, 40, 40)


LEFT, RIGHT = Box(20, 80, 80, 80), Box(200, 80, 80, 80)


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


class Hands(HandFinder):
    """Sees hands where it is told, the most probable one first."""

    def __init__(self, *hands: Box) -> None:
        self.hands = list(hands)
        self.found: list[Box] | None = None  # By a search, where it does not find all of them.
        self.sure = 0.999

    def find(self, frame: np.ndarray, near: Box | None = None) -> Found:
        found = [Found(box, self.sure) for box in self.found or self.hands]
        if not found:
            return Found(FAR, 0.01)
        return replace(found[0], other=found[1]) if len(found) > 1 else found[0]

    def track(self, frame: np.ndarray, box: Box) -> Found | None:
        near = [hand for hand in self.hands if is_same(hand, box)]
        return Found(near[0], self.sure) if near else Found(box, 0.01)


class Clip:
    """Frames, ten a second, for a box that follows."""

    def __init__(self, finder: HandFinder, sign: SignProbability | None = None) -> None:
        self.follow = Follow(finder, sign=sign)
        self._rng = np.random.default_rng(1)
        self._shown = 0

    def show(self, frames: int, *lively: Box) -> Box | None:
        """The box after some frames; in them, all stands still but what is in these boxes."""
        box = None
        for _ in range(frames):
            image = np.random.default_rng(0).integers(0, 256, (240, 320, 3), dtype=np.uint8)
            for x, y, w, h in np.array(lively, int).reshape(-1, 4):
                image[y : y + h, x : x + w] = self._rng.integers(0, 256, (h, w, 3))
            box = self.follow.update(image, 0.1 * self._shown)
            self._shown += 1
        return box


@pytest.fixture
def frame() -> np.ndarray:
    return np.random.default_rng(0).integers(0, 256, (240, 320, 3), dtype=np.uint8)


def test_a_hand_that_is_surely_near_is_not_searched_until_it_is_time(frame: np.ndarray) -> None:
    finder = Scripted(near=0.99)
    follow = Follow(finder, FollowSettings(search=0.4))
    for n in range(9):
        assert follow.update(frame, 0.1 * n) is not None
        assert follow.tracking is Tracking.FOLLOWING
    assert finder.asked == ["whole", *["near"] * 4, "whole", *["near"] * 4, "whole"]


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


@pytest.mark.parametrize("moving", [LEFT, RIGHT])
def test_of_two_hands_that_come_into_view_the_one_that_moves_is_followed(moving: Box) -> None:
    clip = Clip(Hands(LEFT, RIGHT))
    assert clip.show(8, moving) == moving


def test_of_two_hands_that_rest_the_more_probable_one_is_followed() -> None:
    assert Clip(Hands(RIGHT, LEFT)).show(20) == RIGHT


@pytest.mark.parametrize("lively", [(RIGHT,), (LEFT, RIGHT)])
def test_the_box_stays_with_its_hand_when_another_appears(lively: tuple[Box, ...]) -> None:
    finder = Hands(LEFT)
    clip = Clip(finder)
    assert clip.show(15, LEFT) == LEFT
    finder.hands = [RIGHT, LEFT]
    assert clip.show(30, *lively) == LEFT


def test_the_box_leaves_what_is_hardly_a_hand_for_one() -> None:
    finder = Hands(LEFT)
    finder.sure = 0.95
    clip = Clip(finder)
    assert clip.show(15) == LEFT
    finder.hands = [RIGHT, LEFT]
    assert clip.show(5) == RIGHT


def test_the_box_stays_with_its_hand_when_another_crosses_before_it() -> None:
    finder = Hands(LEFT)
    clip = Clip(finder)
    clip.show(15, LEFT)
    # It hides the followed one, and takes the box along.
    for x in (40, 60, 80):
        finder.hands = [LEFT._replace(x=x)]
        clip.show(1, LEFT)
    for x in (110, 140, 170, 200):
        finder.hands = [LEFT._replace(x=x), LEFT]
        clip.show(1, LEFT)
    assert clip.show(5, LEFT) == pytest.approx(LEFT, abs=1)


def test_when_the_hand_leaves_the_other_one_is_followed_after_the_rest() -> None:
    finder = Hands(LEFT)
    clip = Clip(finder)
    clip.show(15, LEFT)
    finder.hands = [LEFT, RIGHT]
    assert clip.show(10, LEFT) == LEFT
    finder.hands = [RIGHT]
    assert clip.show(15, RIGHT) == LEFT
    assert clip.follow.tracking is Tracking.RESTING
    assert clip.show(10, RIGHT) == RIGHT
    assert clip.follow.tracking is Tracking.FOLLOWING


def test_a_hand_that_comes_back_elsewhere_is_followed_at_once() -> None:
    finder = Hands(LEFT)
    clip = Clip(finder)
    clip.show(15, LEFT)
    finder.hands = []
    assert clip.show(2) == LEFT
    finder.hands = [RIGHT]
    assert clip.show(1) == RIGHT


class Letters:
    """What the letter network says: boxes show a letter, but for those on a face."""

    def __init__(self, *faces: Box) -> None:
        self.faces = faces
        self.asked = 0

    def __call__(self, frame: np.ndarray, box: Box) -> float:
        self.asked += 1
        return 0.05 if any(is_same(box, face) for face in self.faces) else 0.999


def test_a_face_that_the_finder_takes_for_a_hand_is_not_followed() -> None:
    finder = Hands(RIGHT)
    finder.sure = 0.95
    clip = Clip(finder, Letters(RIGHT))
    assert clip.show(5) is None
    assert clip.follow.tracking is Tracking.NO_HAND
    finder.hands = [RIGHT, LEFT]
    assert clip.show(5) == LEFT


def test_the_box_does_not_leave_for_the_face_when_the_hand_is_down() -> None:
    finder = Hands(LEFT)
    finder.sure = 0.95
    clip = Clip(finder, Letters(RIGHT))
    assert clip.show(15) == LEFT
    finder.hands = [RIGHT]
    assert clip.show(10) == LEFT
    assert clip.follow.tracking is Tracking.RESTING


@pytest.mark.parametrize("before", [(RIGHT,), (RIGHT, LEFT)], ids=len)
def test_the_box_leaves_a_face_for_a_hand_at_once(before: tuple[Box, ...]) -> None:
    finder, letters = Hands(*before), Letters()
    clip = Clip(finder, letters)
    assert clip.show(15) == RIGHT
    letters.faces = (RIGHT,)
    finder.hands = [RIGHT, LEFT]
    assert clip.show(5) == LEFT
    assert clip.follow.tracking is Tracking.FOLLOWING


def test_what_a_search_does_not_give_is_asked_about_too() -> None:
    finder, letters = Hands(RIGHT), Letters()
    clip = Clip(finder, letters)
    assert clip.show(15) == RIGHT
    letters.faces = (RIGHT,)
    finder.found = [LEFT]
    assert clip.show(5) == LEFT


def test_a_hand_that_a_search_misses_is_followed_on() -> None:
    finder = Hands(LEFT)
    clip = Clip(finder, Letters(RIGHT))
    assert clip.show(15) == LEFT
    finder.found = [RIGHT]
    assert clip.show(5) == LEFT
    assert clip.follow.tracking is Tracking.FOLLOWING


def test_a_face_that_moves_more_does_not_take_the_box() -> None:
    clip = Clip(Hands(LEFT, RIGHT), Letters(RIGHT))
    assert clip.show(9, RIGHT) == LEFT
    assert Clip(Hands(LEFT, RIGHT), Letters()).show(9, RIGHT) == RIGHT


@pytest.mark.parametrize(("sure", "asked"), [(0.95, 3), (0.999, 1)])
def test_a_followed_hand_is_asked_about_at_searches_while_it_may_be_none(
    sure: float, asked: int
) -> None:
    finder, letters = Hands(LEFT), Letters()
    finder.sure = sure
    Clip(finder, letters).show(9)
    assert letters.asked == asked
