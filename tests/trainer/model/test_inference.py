from __future__ import annotations

import numpy as np
import pytest

from trainer.images.preprocessing import Preprocessing
from trainer.joints import JOINTS
from trainer.model.inference import Inference
from trainer.model.model import Model, Predictor
from trainer.model.view import View
from trainer.nn.loss import softmax
from trainer.nn.plan import build_network
from trainer.recognition.reader import Reader


def test_plain_inference_is_softmax() -> None:
    logits = np.random.default_rng(0).standard_normal((3, 24)).astype(np.float32)
    np.testing.assert_allclose(Inference().probabilities(logits), softmax(logits), rtol=1e-6)


def test_a_temperature_flattens_and_keeps_the_order() -> None:
    logits = np.random.default_rng(0).standard_normal((3, 24)).astype(np.float32)
    plain, warm = (Inference(temperature=t).probabilities(logits) for t in (1.0, 3.0))
    assert (warm.max(axis=1) < plain.max(axis=1)).all()
    np.testing.assert_array_equal(warm.argsort(axis=1), plain.argsort(axis=1))


def test_a_mirrored_image_reads_the_same() -> None:
    network = build_network(28, "", [30], np.random.default_rng(0))
    model = Model(network, Preprocessing(), inference=Inference(mirror=True))
    image = np.random.default_rng(1).integers(0, 256, (28, 28), dtype=np.uint8)
    reader = Reader(model)
    one, other = reader.read(image, None), reader.read(image[:, ::-1].copy(), None)
    np.testing.assert_allclose(one.probabilities, other.probabilities, atol=1e-6)
    x = model.preprocessing(image)
    flipped = model.preprocessing(image[:, ::-1].copy())
    mean = (softmax(network.forward(x[None])) + softmax(network.forward(flipped[None]).copy())) / 2
    np.testing.assert_allclose(one.probabilities, mean[0], atol=1e-5)
    np.testing.assert_allclose(model.probabilities(x[None]), mean, atol=1e-5)


def test_a_bias_moves_only_the_outcome_that_there_is_no_sign() -> None:
    logits = np.random.default_rng(0).standard_normal((4, 25)).astype(np.float32)
    plain = Inference(temperature=0.5).probabilities(logits.copy())
    moved = Inference(temperature=0.5, no_sign_bias=2.0).probabilities(logits.copy())
    assert (moved[:, 24] > plain[:, 24]).all()
    odds = moved[:, :24] / moved[:, :1]
    np.testing.assert_allclose(odds, plain[:, :24] / plain[:, :1], rtol=1e-4)
    letters = logits[:, :24].copy()
    np.testing.assert_allclose(
        Inference(no_sign_bias=2.0).probabilities(letters), softmax(letters), rtol=1e-6
    )


def test_turned_inference_is_the_mean_of_both_ways() -> None:
    network = build_network(28, "", [30], np.random.default_rng(0))
    model = Model(network, Preprocessing(), inference=Inference(turn=15.0))
    x = np.random.default_rng(1).standard_normal((5, 784)).astype(np.float32)
    ways = [softmax(network.forward(View(a, False, 28)(x)).copy()) for a in (-15, 15)]
    np.testing.assert_allclose(model.probabilities(x), np.mean(ways, axis=0), atol=1e-6)
    assert np.abs(model.probabilities(x) - softmax(network.forward(x))).max() > 1e-3


def test_joints_of_turned_views_are_turned_back() -> None:
    """A network that gives the brightest place, however the image is turned."""
    size = 33
    dot = np.zeros((size, size), np.float32)
    dot[9:12, 21:24] = 1
    network = build_network(size, "", [], np.random.default_rng(0), classes=24 + 2 * JOINTS)
    (_, head) = network.layers if len(network.layers) == 2 else (None, network.layers[-1])
    head.weight.value[...] = 0
    head.bias.value[...] = 0
    place = np.indices((size, size)).reshape(2, -1)[::-1].T.astype(np.float32) + 0.5
    head.weight.value[:, 24:] = np.tile(place * 2 / size - 1, JOINTS) / 9
    model = Model(network, Preprocessing(size=size), inference=Inference(turn=20.0))
    (joints,) = Predictor(model).predict(dot.reshape(1, -1)).joints
    expected = np.array([22.5, 10.5]) * 2 / size - 1
    np.testing.assert_allclose(joints, np.tile(expected, (JOINTS, 1)), atol=0.02)


def test_files_from_before_the_bias_are_read() -> None:
    assert Inference.from_json({"mirror": True, "temperature": 2.0}) == Inference(True, 2.0)


@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"mirror": 1, "temperature": 1.0},
        {"mirror": True, "temperature": 0.0},
        {"mirror": True},
        {"mirror": True, "temperature": 1.0, "no_sign_bias": 99},
    ],
)
def test_settings_out_of_range_are_refused(settings: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"mirror|temperature|exactly|no_sign_bias"):
        Inference.from_json(settings)


def test_settings_survive_json() -> None:
    settings = Inference(mirror=True, temperature=1.5)
    assert Inference.from_json(settings.to_json()) == settings
