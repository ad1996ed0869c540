from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tests.trainer.hand_finder.test_finder import ring_box, ring_frame, ring_scene
from trainer.hand_finder.grid_network import CHANNELS
from trainer.hand_finder.refinement import (
    CELLS,
    SIDE,
    BoxRefiner,
    refinement_network,
    votes,
)
from trainer.hand_finder.refinement_loss import refinement_loss, refinement_target
from trainer.hand_finder.scenes import Scene
from trainer.hand_finder.training import train_refinement
from trainer.hand_finder.windows import Windows
from trainer.images.box import Box
from trainer.nn.sequential import Sequential
from trainer.training.recipes import FINDER_REFINEMENT

RECIPE = replace(
    FINDER_REFINEMENT, widths=(4, 8, 12, 12), steps=160, batch_size=32, learning_rate=1e-2, ema=0.95
)


def windows() -> Windows:
    rng = np.random.default_rng(0)
    noise = [Scene(rng.normal(80, 12, (240, 320)).astype(np.uint8), ()) for _ in range(20)]
    return Windows([ring_scene(rng) for _ in range(60)] + noise, None)


@pytest.fixture(scope="module")
def network() -> Sequential:
    return train_refinement(RECIPE, windows())


def test_the_box_is_the_weighted_mean_of_the_cells() -> None:
    output = np.zeros((1, CELLS, CHANNELS), np.float32)
    output[0, 0, 0] = 50
    output[0, 0, 1:] = 0.375, 0.5, 0.875, 1
    found = votes(output.reshape(1, -1))
    np.testing.assert_allclose(found.box[0], [-0.5, -0.375, 0, 0.125], atol=1e-6)
    np.testing.assert_allclose(found.logit, 50 - np.log(CELLS), rtol=1e-5)


def test_the_loss_falls_as_its_gradient_says() -> None:
    rng = np.random.default_rng(1)
    output = rng.normal(size=(3, CELLS * CHANNELS))
    hands = [Box(*rng.uniform(8, 30, 4)), None, Box(*rng.uniform(8, 30, 4))]
    wanted = np.stack([refinement_target(hand) for hand in hands]).astype(np.float64)
    _, gradient = refinement_loss(output, wanted)  # type: ignore[arg-type]
    step = 1e-6
    for index in rng.choice(output.size, 60, replace=False):
        change = np.zeros(output.size)
        change[index] = step
        above, below = (
            refinement_loss(output + sign * change.reshape(output.shape), wanted)[0]  # type: ignore[arg-type]
            for sign in (1, -1)
        )
        assert (above - below) / (2 * step) == pytest.approx(gradient.flat[index], abs=1e-5)


def test_nothing_is_lost_on_the_right_box() -> None:
    hand = Box(10, 20, 30, 16)
    output = np.full((1, CELLS, CHANNELS), 30, np.float32)
    centres = votes(np.zeros((1, CELLS * CHANNELS), np.float32)).sides[0]
    output[0, :, 1:] = refinement_target(hand)[1:] - centres
    loss, gradient = refinement_loss(output.reshape(1, -1), refinement_target(hand)[None])
    assert loss == pytest.approx(0, abs=1e-4)
    assert np.abs(gradient).max() < 1e-4


def test_a_rough_box_becomes_an_exact_one(network: Sequential) -> None:
    rng = np.random.default_rng(5)
    refiner = BoxRefiner(network)
    before, after = [], []
    for _ in range(20):
        middle, radius = (int(rng.integers(90, 230)), int(rng.integers(80, 160))), 45
        true = ring_box(middle, radius)
        side = true.w * rng.uniform(0.7, 1.3)
        x, y = np.array(middle) + rng.uniform(-0.25, 0.25, 2) * true.w
        rough = Box(x - side / 2, y - side / 2, side, side)
        frame = ring_frame(rng, middle, radius)
        (refined,) = refiner.refine(frame, [rough])
        final = refiner.refine_mirrored(frame, refined.box)
        before.append(rough.overlap(true))
        after.append(final.box.overlap(true))
        assert min(refined.logit, final.logit) > 0
    assert np.mean(after) > np.mean(before) + 0.1


def mirrored_scene() -> tuple[np.ndarray, Box, Box]:
    """A frame, a rough box in it, and that box in the frame's mirror image."""
    # Of a square box by 1.5, windows of 64 whole pixels.
    side = 256 / 6
    frame = ring_frame(np.random.default_rng(7), (104, 83), 20)
    rough = Box(100 - side / 2, 80 - side / 2, side, side)
    return frame, rough, rough._replace(x=frame.shape[1] - rough.x - rough.w)


def assert_mirrored(box: Box, other: Box, width: int) -> None:
    assert other.x == pytest.approx(width - box.x - box.w, abs=1e-3)
    assert other[1:] == pytest.approx(box[1:], abs=1e-3)


def test_a_mirrored_hand_gets_the_mirrored_box(network: Sequential) -> None:
    frame, rough, mirrored = mirrored_scene()
    refiner = BoxRefiner(network)
    box, logit = refiner.refine_mirrored(frame, rough)
    other, as_sure = refiner.refine_mirrored(frame[:, ::-1], mirrored)
    assert_mirrored(box, other, frame.shape[1])
    assert as_sure == pytest.approx(logit, abs=1e-4)


def test_every_other_frame_is_followed_in_the_mirror(network: Sequential) -> None:
    frame, rough, mirrored = mirrored_scene()
    refiner = BoxRefiner(network)
    boxes = [refiner.follow(frame, rough).box for _ in range(4)]
    assert boxes[0] != boxes[1]
    assert boxes[:2] == boxes[2:]
    refiner.follow(frame, rough)
    assert_mirrored(boxes[0], refiner.follow(frame[:, ::-1], mirrored).box, frame.shape[1])
    both = refiner.refine_mirrored(frame, rough).box
    np.testing.assert_allclose(both, np.mean(boxes[:2], axis=0), atol=1e-3)


def test_a_large_hand_gets_the_box_of_a_small_one(network: Sequential) -> None:
    """Of large windows, some pixels are left out."""
    small = ring_frame(np.random.default_rng(9), (150, 120), 45)
    large = np.repeat(np.repeat(small, 8, axis=0), 8, axis=1)
    rough, refiner = Box(90, 70, 100, 100), BoxRefiner(network)
    expected = refiner.refine_mirrored(small, rough).box
    box = refiner.refine_mirrored(large, rough.scaled(8, 8)).box
    assert box.scaled(1 / 8, 1 / 8).overlap(expected) > 0.95


def test_boxes_refined_together_get_what_each_gets_alone(network: Sequential) -> None:
    rng = np.random.default_rng(8)
    frame = np.maximum(ring_frame(rng, (80, 120), 45), ring_frame(rng, (240, 120), 40))
    rough = [Box(30, 80, 90, 90), Box(200, 70, 90, 100)]
    together = BoxRefiner(network).refine(frame, rough)
    alone = BoxRefiner(network)
    for refined, box in zip(together, rough, strict=True):
        (expected,) = alone.refine(frame, [box])
        np.testing.assert_allclose(refined.box, expected.box, atol=1e-2)
        assert refined.logit == pytest.approx(expected.logit, abs=1e-3)
    assert together[0].box.overlap(together[1].box) == 0


def test_there_is_no_hand_in_noise(network: Sequential) -> None:
    noise = np.random.default_rng(6).normal(80, 12, (240, 320)).astype(np.uint8)
    refiner = BoxRefiner(network)
    box = Box(100, 80, 90, 90)
    assert refiner.refine(noise, [box])[0].logit < 0
    assert refiner.refine_mirrored(noise, box).logit < 0


def test_a_box_stays_a_box_whatever_the_weights(network: Sequential) -> None:
    wild = refinement_network((2, 2, 2), np.random.default_rng(0))
    wild.theta *= np.float32(1e20)
    frame = np.random.default_rng(1).integers(0, 255, (90, 120), np.uint8)
    rough = Box(100, 80, 40, 20)
    with np.errstate(all="ignore"):
        refiner = BoxRefiner(wild)
        box, logit = refiner.refine_mirrored(frame, refiner.refine(frame, [rough])[0].box)
    assert np.isfinite(box).all()
    assert 0 < min(box.w, box.h) <= max(box.w, box.h) < 10 * rough.w
    assert abs(logit) <= 30


def test_the_same_seed_gives_the_same_network() -> None:
    short = replace(FINDER_REFINEMENT, widths=(2, 2, 2), steps=3, batch_size=4)
    first, second = (train_refinement(short, windows()) for _ in range(2))
    np.testing.assert_array_equal(first.theta, second.theta)


def test_the_window_is_as_large_as_the_network_expects() -> None:
    network = refinement_network((2, 2, 2, 2), np.random.default_rng(0))
    assert network.forward(np.zeros((2, SIDE * SIDE), np.float32)).shape == (2, CELLS * CHANNELS)
