from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest

from trainer.hand_finder.detection import CELLS, UNIT, centres, shrink
from trainer.hand_finder.file import METADATA_KEY, load_finder, save_finder
from trainer.hand_finder.finder import FinderModel, HandFinder
from trainer.hand_finder.follow import Follow
from trainer.hand_finder.follow_settings import FollowSettings
from trainer.hand_finder.grid_network import CHANNELS
from trainer.hand_finder.refinement import Refined, refinement_network
from trainer.hand_finder.scenes import Scene, Scenes
from trainer.hand_finder.training import train_detection
from trainer.images.box import Box
from trainer.model import tensors
from trainer.support.errors import UserError
from trainer.training.recipes import FINDER_DETECTION

RECIPE = replace(
    FINDER_DETECTION, widths=(4, 8, 12, 16), steps=220, batch_size=16, learning_rate=1e-2, ema=0.95
)


def ring_frame(rng: np.random.Generator, middle: tuple[int, int], radius: int) -> np.ndarray:
    """A bright ring, which stands for the hand, in noise."""
    frame = rng.normal(80, 12, (240, 320))
    ring = np.zeros((240, 320), np.uint8)
    cv2.circle(ring, middle, radius - 5, 255, 10)
    frame[ring > 0] += 110
    return np.clip(frame, 0, 255).astype(np.uint8)


def ring_box(middle: tuple[int, int], radius: int) -> Box:
    return Box(middle[0] - radius, middle[1] - radius, 2 * radius, 2 * radius)


def ring_scene(rng: np.random.Generator) -> Scene:
    radius = int(rng.integers(30, 70))
    middle = (int(rng.integers(80, 240)), int(rng.integers(75, 165)))
    return Scene(ring_frame(rng, middle, radius), (ring_box(middle, radius),))


@pytest.fixture(scope="module")
def model() -> FinderModel:
    rng = np.random.default_rng(0)
    noise = [Scene(rng.normal(80, 12, (240, 320)).astype(np.uint8), ()) for _ in range(20)]
    scenes = Scenes([ring_scene(rng) for _ in range(60)] + noise, None)
    return FinderModel(train_detection(RECIPE, scenes))


def test_a_ring_is_found(model: FinderModel) -> None:
    rng = np.random.default_rng(5)
    finder = HandFinder(model)
    overlaps = []
    for _ in range(20):
        scene = ring_scene(rng)
        found = finder.find(scene.image)
        overlaps.append(found.box.overlap(scene.hands[0]))
        assert found.probability > 0.5
    assert np.mean(np.array(overlaps) > 0.5) >= 0.8


def test_in_a_frame_of_any_larger_size_the_box_is_larger_alike(model: FinderModel) -> None:
    frame = ring_frame(np.random.default_rng(4), (150, 120), 45)
    finder = HandFinder(model)
    large = cv2.copyMakeBorder(np.kron(frame, np.ones((3, 3), np.uint8)), 0, 1, 0, 2, 1)
    expected = np.array(finder.find(frame).box) * 3
    np.testing.assert_allclose(finder.find(large).box, expected, atol=3)


def test_nothing_is_found_in_noise(model: FinderModel) -> None:
    noise = np.random.default_rng(6).normal(80, 12, (240, 320)).astype(np.uint8)
    assert HandFinder(model).find(noise).probability < 0.5


def test_of_two_hands_the_nearer_one_is_found(model: FinderModel) -> None:
    rng = np.random.default_rng(7)
    left, right = (80, 120), (240, 120)
    frame = np.maximum(ring_frame(rng, left, 45), ring_frame(rng, right, 45))
    finder = HandFinder(model)
    for middle in (left, right):
        box = ring_box(middle, 45)
        assert finder.find(frame, near=box).box.overlap(box) > 0.4


class TwoHands:
    """Coarse detection that sees two hands equally well, whatever the frame shows.

    A trained network prefers one of two equal rings by so little that rounding decides.
    """

    def __init__(self, frame: np.ndarray, hands: tuple[Box, Box]) -> None:
        small, fit = shrink(frame)
        self.input = np.zeros((1, small.size), np.float32)
        left, right = (np.array(fit.to_small(hand)) for hand in hands)
        middles = centres()
        boxes = np.where(middles[:, :1] < small.shape[1] / 2, left, right)
        sides = np.hstack([middles - boxes[:, :2], boxes[:, :2] + boxes[:, 2:] - middles]) / UNIT
        scores = np.full(CELLS, -10.0)
        for box in (left, right):
            away = np.abs(middles - box[:2] - box[2:] / 2).sum(axis=1)
            scores[away.argmin()] = 5.0
        self.output = np.column_stack([scores, sides]).astype(np.float32)
        assert self.output.shape == (CELLS, CHANNELS)

    def __call__(self) -> np.ndarray:
        return self.output.ravel()


class Judge:
    """Leaves boxes as they are, and gives those in the right half another logit."""

    def __init__(self, right: float) -> None:
        self.right = right

    def refine(self, frame: np.ndarray, coarse: list[Box]) -> list[Refined]:
        return [Refined(box, self.right if box.x + box.w / 2 > 160 else 0.0) for box in coarse]

    def refine_mirrored(self, frame: np.ndarray, box: Box) -> Refined:
        return Refined(box, 0.0)


@pytest.mark.parametrize(
    ("right", "near", "expected"),
    [
        (1.0, None, 240),
        (-1.0, None, 80),
        # A slightly higher logit is not enough to leave a hand for another one; a much higher is.
        (1.0, 80, 80),
        (5.0, 80, 240),
        (-0.5, 240, 240),
    ],
)
def test_refinement_chooses(
    model: FinderModel,
    right: float,
    near: int | None,
    expected: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    frame = np.zeros((240, 320), np.uint8)
    finder = HandFinder(model)
    hands = ring_box((80, 120), 45), ring_box((240, 120), 45)
    monkeypatch.setattr(finder, "_detection", TwoHands(frame, hands))
    monkeypatch.setattr(finder, "_refiner", Judge(right))
    before = None if near is None else ring_box((near, 120), 45)
    found = finder.find(frame, before)
    assert found.box.overlap(ring_box((expected, 120), 45)) > 0.4
    assert found.other is not None
    assert found.other.box.overlap(ring_box((320 - expected, 120), 45)) > 0.4


def test_what_refinement_does_not_take_for_a_hand_is_none(
    model: FinderModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    frame = ring_frame(np.random.default_rng(3), (150, 120), 45)
    finder = HandFinder(model)
    assert finder.find(frame).probability > 0.5
    judge = Judge(0.0)
    monkeypatch.setattr(judge, "refine_mirrored", lambda _, box: Refined(box, -4.0))
    monkeypatch.setattr(finder, "_refiner", judge)
    assert finder.find(frame).probability < 0.05


def test_the_same_seed_gives_the_same_finder() -> None:
    short = replace(FINDER_DETECTION, widths=(2, 2, 2, 2), steps=3, batch_size=4)
    scenes = Scenes([ring_scene(np.random.default_rng(0))], None)
    first, second = (train_detection(short, scenes) for _ in range(2))
    np.testing.assert_array_equal(first.theta, second.theta)


def test_a_file_brings_it_back(model: FinderModel, tmp_path: Path) -> None:
    path = tmp_path / "f.safetensors"
    save_finder(model, path)
    frame = ring_scene(np.random.default_rng(8)).image
    again = HandFinder(load_finder(path)).find(frame)
    np.testing.assert_allclose(again.box, HandFinder(model).find(frame).box, rtol=1e-5)


def test_a_file_brings_both_networks_back(model: FinderModel, tmp_path: Path) -> None:
    path = tmp_path / "f.safetensors"
    refinement = refinement_network((2, 3, 4), np.random.default_rng(0))
    save_finder(replace(model, refinement=refinement), path)
    again = load_finder(path)
    assert again.refinement is not None
    np.testing.assert_array_equal(again.refinement.theta, refinement.theta)
    np.testing.assert_array_equal(again.detection.theta, model.detection.theta)
    save_finder(again, tmp_path / "again")
    assert (tmp_path / "again").read_bytes() == path.read_bytes()


def test_a_file_of_the_first_version_is_read(model: FinderModel, tmp_path: Path) -> None:
    path = tmp_path / "f.safetensors"
    header = {"format_version": 1, "layers": model.detection.spec(), "about": {}}
    content = tensors.pack(model.detection.state(), METADATA_KEY, tensors.described(header))
    path.write_bytes(content)
    again = load_finder(path)
    assert again.refinement is None
    np.testing.assert_array_equal(again.detection.theta, model.detection.theta)


@pytest.mark.parametrize("damage", ["another grid", "missing", "unasked", "unknown"])
def test_a_refinement_that_does_not_fit_is_refused(
    model: FinderModel, tmp_path: Path, damage: str
) -> None:
    path = tmp_path / "f.safetensors"
    refinement = refinement_network((2, 3, 4), np.random.default_rng(0))
    save_finder(replace(model, refinement=refinement), path)
    arrays, text = tensors.unpack(path.read_bytes(), METADATA_KEY)
    header = json.loads(text)
    if damage == "another grid":
        header["closer"] = refinement.spec()[:-2]
    if damage == "missing":
        del arrays[next(name for name in arrays if name.startswith("closer."))]
    if damage == "unasked":
        header["closer"] = None
    if damage == "unknown":
        arrays["other.0.weight"] = np.zeros(3, np.float32)
    path.write_bytes(tensors.pack(arrays, METADATA_KEY, json.dumps(header)))
    with pytest.raises(UserError, match=path.name):
        load_finder(path)


@pytest.mark.parametrize("damage", ["cut", "text", "missing", "weights"])
def test_other_files_are_refused(model: FinderModel, tmp_path: Path, damage: str) -> None:
    path = tmp_path / "f.safetensors"
    save_finder(model, path)
    if damage == "cut":
        path.write_bytes(path.read_bytes()[:-8])
    if damage == "text":
        path.write_text("hello")
    if damage == "missing":
        path.unlink()
    if damage == "weights":
        from trainer.support.paths import DEFAULT_WEIGHTS, asset

        path = asset(DEFAULT_WEIGHTS)
    with pytest.raises(UserError, match=path.name):
        load_finder(path)


def test_the_box_moves_smoothly_and_jumps_when_the_hand_is_elsewhere(model: FinderModel) -> None:
    rng = np.random.default_rng(9)
    follow = Follow(HandFinder(model), FollowSettings(settle=0.2))
    noise = rng.normal(80, 12, (240, 320)).astype(np.uint8)
    assert follow.update(noise, 0.0) is None
    first = follow.update(ring_frame(rng, (100, 120), 45), 0.1)
    assert first is not None
    assert first.overlap(ring_box((100, 120), 45)) > 0.4
    a_little_later = follow.update(ring_frame(rng, (116, 120), 45), 0.12)
    assert a_little_later is not None
    moved = a_little_later.x + a_little_later.w / 2 - first.x - first.w / 2
    assert -2 < moved < 8
    assert follow.update(noise, 0.2) == a_little_later
    elsewhere = follow.update(ring_frame(rng, (230, 120), 45), 0.3)
    assert elsewhere is not None
    assert elsewhere.overlap(ring_box((230, 120), 45)) > 0.4
