from __future__ import annotations

import numpy as np
import pytest

from tests.trainer.hand_finder.test_finder import ring_box, ring_frame, ring_scene
from trainer.hand_finder import refinement
from trainer.hand_finder.refinement import CELLS, CHANNELS, SIDE, CloserLook, closer_network, votes
from trainer.hand_finder.refinement_loss import closer_loss, closer_target
from trainer.hand_finder.scenes import Scene
from trainer.hand_finder.training import CloserRecipe, train_closer
from trainer.hand_finder.windows import Windows
from trainer.images.box import Box
from trainer.nn.sequential import Sequential

RECIPE = CloserRecipe(
    widths=(4, 8, 12, 12), steps=160, batch_size=32, learning_rate=1e-2, average=0.95
)


def windows() -> Windows:
    rng = np.random.default_rng(0)
    noise = [Scene(rng.normal(80, 12, (240, 320)).astype(np.uint8), ()) for _ in range(20)]
    return Windows([ring_scene(rng) for _ in range(60)] + noise, None)


@pytest.fixture(scope="module")
def network() -> Sequential:
    *_, last = train_closer(RECIPE, windows())
    assert isinstance(last, Sequential)
    return last


def test_the_box_is_the_mean_of_what_the_places_say() -> None:
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
    wanted = np.stack([closer_target(hand) for hand in hands]).astype(np.float64)
    _, gradient = closer_loss(output, wanted)  # type: ignore[arg-type]
    step = 1e-6
    for place in rng.choice(output.size, 60, replace=False):
        change = np.zeros(output.size)
        change[place] = step
        above, below = (
            closer_loss(output + sign * change.reshape(output.shape), wanted)[0]  # type: ignore[arg-type]
            for sign in (1, -1)
        )
        assert (above - below) / (2 * step) == pytest.approx(gradient.flat[place], abs=1e-5)


def test_nothing_is_lost_on_the_right_box() -> None:
    hand = Box(10, 20, 30, 16)
    output = np.full((1, CELLS, CHANNELS), 30, np.float32)
    places = votes(np.zeros((1, CELLS * CHANNELS), np.float32)).sides[0]
    output[0, :, 1:] = closer_target(hand)[1:] - places
    loss, gradient = closer_loss(output.reshape(1, -1), closer_target(hand)[None])
    assert loss == pytest.approx(0, abs=1e-4)
    assert np.abs(gradient).max() < 1e-4


def test_a_rough_box_becomes_an_exact_one(network: Sequential) -> None:
    rng = np.random.default_rng(5)
    look = CloserLook(network)
    before, after = [], []
    for _ in range(20):
        middle, radius = (int(rng.integers(90, 230)), int(rng.integers(80, 160))), 45
        true = ring_box(middle, radius)
        side = true.w * rng.uniform(0.7, 1.3)
        x, y = np.array(middle) + rng.uniform(-0.25, 0.25, 2) * true.w
        rough = Box(x - side / 2, y - side / 2, side, side)
        frame = ring_frame(rng, middle, radius)
        (seen,) = look.look(frame, [rough])
        decided = look.decide(frame, seen.box)
        before.append(rough.overlap(true))
        after.append(decided.box.overlap(true))
        assert min(seen.logit, decided.logit) > 0
    assert np.mean(after) > np.mean(before) + 0.1


def test_a_mirrored_hand_gets_the_mirrored_box(network: Sequential) -> None:
    # Of a square box by 1.5, windows of 64 whole pixels.
    rough, side = Box(100, 80, 256 / 6, 256 / 6), 320
    rough = rough._replace(x=100 - rough.w / 2, y=80 - rough.h / 2)
    frame = ring_frame(np.random.default_rng(7), (104, 83), 20)
    near = network.compile(mirrored=True)
    ((box, logit),) = refinement._look(near, frame, [rough], refinement.NEAR)
    mirrored = rough._replace(x=side - rough.x - rough.w)
    ((other, as_sure),) = refinement._look(near, frame[:, ::-1], [mirrored], refinement.NEAR)
    assert other.x == pytest.approx(side - box.x - box.w, abs=1e-3)
    assert other[1:] == pytest.approx(box[1:], abs=1e-3)
    assert as_sure == pytest.approx(logit, abs=1e-4)


def test_boxes_looked_at_together_get_what_each_gets_alone(network: Sequential) -> None:
    rng = np.random.default_rng(8)
    frame = np.maximum(ring_frame(rng, (80, 120), 45), ring_frame(rng, (240, 120), 40))
    rough = [Box(30, 80, 90, 90), Box(200, 70, 90, 100)]
    together = CloserLook(network, 2).look(frame, rough)
    alone = CloserLook(network)
    for seen, box in zip(together, rough, strict=True):
        (expected,) = alone.look(frame, [box])
        np.testing.assert_allclose(seen.box, expected.box, atol=1e-2)
        assert seen.logit == pytest.approx(expected.logit, abs=1e-3)
    assert together[0].box.overlap(together[1].box) == 0


def test_no_hand_is_seen_in_noise(network: Sequential) -> None:
    noise = np.random.default_rng(6).normal(80, 12, (240, 320)).astype(np.uint8)
    look = CloserLook(network)
    box = Box(100, 80, 90, 90)
    assert look.look(noise, [box])[0].logit < 0
    assert look.decide(noise, box).logit < 0


def test_a_box_stays_a_box_whatever_the_weights(network: Sequential) -> None:
    wild = closer_network((2, 2, 2), np.random.default_rng(0))
    wild.theta *= np.float32(1e20)
    frame = np.random.default_rng(1).integers(0, 255, (90, 120), np.uint8)
    rough = Box(100, 80, 40, 20)
    with np.errstate(all="ignore"):
        look = CloserLook(wild)
        box, logit = look.decide(frame, look.look(frame, [rough])[0].box)
    assert np.isfinite(box).all()
    assert 0 < min(box.w, box.h) <= max(box.w, box.h) < 10 * rough.w
    assert abs(logit) <= 30


def test_the_same_seed_gives_the_same_second_look() -> None:
    short = CloserRecipe(widths=(2, 2, 2), steps=3, batch_size=4)
    first, second = (list(train_closer(short, windows()))[-1] for _ in range(2))
    assert isinstance(first, Sequential)
    assert isinstance(second, Sequential)
    np.testing.assert_array_equal(first.theta, second.theta)


def test_the_window_is_as_large_as_the_network_expects() -> None:
    network = closer_network((2, 2, 2, 2), np.random.default_rng(0))
    assert network.forward(np.zeros((2, SIDE * SIDE), np.float32)).shape == (2, CELLS * CHANNELS)
