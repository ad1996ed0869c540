from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from trainer.images.box import Box
from trainer.images.preprocessing import Preprocessing
from trainer.model import weights
from trainer.model.inference import Inference
from trainer.model.model import Model, Prediction, Predictor
from trainer.nn.loss import softmax
from trainer.nn.plan import build_network
from trainer.recognition.reader import MOMENT, Reader
from trainer.support.paths import DEFAULT_WEIGHTS, SIGN_MNIST_WEIGHTS, asset


@pytest.fixture
def model() -> Model:
    return Model(build_network(28, "", [40, 30], np.random.default_rng(0)), Preprocessing())


def frame(seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, 256, (120, 160, 3), dtype=np.uint8)


@pytest.mark.parametrize("name", [DEFAULT_WEIGHTS, SIGN_MNIST_WEIGHTS])
def test_live_reading_and_evaluation_give_the_same_numbers(name: str) -> None:
    model = weights.load(asset(name))
    frames = [frame(seed) for seed in range(3)]
    boxes = [Box(20, 10, 84, 70), Box(0, 0, 160, 120), Box(50, 30, 40, 60)]
    reader = Reader(model)
    live = [reader.read(f, b) for f, b in zip(frames, boxes, strict=True)]
    inputs = [model.preprocessing(f, b) for f, b in zip(frames, boxes, strict=True)]
    evaluated = model.outcome_probabilities(np.stack(inputs))
    for reading, expected in zip(live, evaluated, strict=True):
        np.testing.assert_allclose(reading.probabilities, expected[:24], rtol=0, atol=1e-6)
        if len(expected) > 24:
            np.testing.assert_allclose(reading.no_sign, expected[24], rtol=0, atol=1e-6)


def test_a_box_shows_a_letter_with_what_is_left_of_no_sign(model: Model) -> None:
    box = Box(20, 10, 84, 70)
    reader = Reader(weights.load(asset(DEFAULT_WEIGHTS)))
    no_sign = reader.read(frame(), box).no_sign
    assert reader.sign_probability(frame(), box) == pytest.approx(1 - no_sign, abs=1e-5)
    assert Reader(model).sign_probability(frame(), box) is None


def test_a_reading_agrees_with_the_training_forward_pass(model: Model) -> None:
    box = Box(20, 10, 84, 70)
    reading = Reader(model).read(frame(), box)
    expected = softmax(model.network.forward(model.preprocessing(frame(), box)[None]))[0]
    np.testing.assert_allclose(reading.probabilities, expected, rtol=1e-4, atol=1e-6)
    assert reading.letter == model.letters[int(expected.argmax())]
    assert reading.confidence == pytest.approx(float(expected.max()), rel=1e-4)
    np.testing.assert_array_equal(reading.image, model.preprocessing.image(frame(), box))


def test_candidates_are_sorted_and_sum_to_one(model: Model) -> None:
    candidates = Reader(model).read(frame(), None).candidates
    probabilities = [c.probability for c in candidates]
    assert probabilities == sorted(probabilities, reverse=True)
    assert sum(probabilities) == pytest.approx(1, abs=1e-5)
    assert {c.letter for c in candidates} == set(model.letters)


def test_a_reading_survives_the_next_one(model: Model) -> None:
    reader = Reader(model)
    first = reader.read(frame(0), None)
    before = first.probabilities.copy()
    reader.read(frame(1), None)
    np.testing.assert_array_equal(first.probabilities, before)
    assert first.milliseconds > 0


class Counted:
    """Counts the views of images that are read."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.views = 0
        seen = Predictor.seen

        def counted(predictor: Predictor, *arguments: Any) -> Prediction:
            self.views += 1
            return seen(predictor, *arguments)

        monkeypatch.setattr(Predictor, "seen", counted)


def test_frames_that_follow_each_other_are_read_in_one_view_each(
    model: Model, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = Reader(replace(model, inference=Inference(turn=10)))
    counted = Counted(monkeypatch)
    whole = reader.read(frame(), None).probabilities
    assert counted.views == 2
    # Two frames of the same image show what the image by itself does.
    first, second, third = (
        reader.read(frame(), None, seconds).probabilities for seconds in (1.0, 1.04, 1.08)
    )
    assert counted.views == 6
    for read in (first, second, third):
        np.testing.assert_allclose(read, whole, atol=1e-6)
    # Of another image, one view is new.
    changed = reader.read(frame(1), None, 1.12).probabilities
    assert not np.allclose(changed, whole, atol=1e-3)
    again = reader.read(frame(1), None, 1.16).probabilities
    np.testing.assert_allclose(again, Reader(reader.model).read(frame(1), None).probabilities)


@pytest.mark.parametrize("seconds", [None, 1.0 + 2 * MOMENT, 0.9])
def test_what_does_not_follow_is_read_in_all_views(model: Model, seconds: float | None) -> None:
    reader = Reader(replace(model, inference=Inference(turn=10)))
    reader.read(frame(), None, 1.0)
    read = reader.read(frame(1), None, seconds).probabilities
    np.testing.assert_array_equal(read, Reader(reader.model).read(frame(1), None).probabilities)


def test_only_the_views_of_the_last_moment_count(
    model: Model, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = Reader(replace(model, inference=Inference(mirror=True, turn=10)))
    counted = Counted(monkeypatch)
    step = MOMENT * 0.6
    for number in range(4):
        read = reader.read(frame(number), None, number * step).probabilities
    assert counted.views == 4 + 3
    # The last two frames, each in the view whose turn it was.
    inputs = [reader.model.preprocessing(frame(number)) for number in (2, 3)]
    predictor = Predictor(reader.model)
    expected = Prediction.mean(
        [
            predictor.seen(x[None], view)
            for x, view in zip(inputs, predictor.views[1:3], strict=True)
        ]
    )
    np.testing.assert_allclose(read, expected.probabilities[0, :24], atol=1e-6)
