from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest

from trainer.cli import main
from trainer.images.box import Box
from trainer.images.preprocessing import Preprocessing
from trainer.model import weights
from trainer.model.ensemble import combine, first_of
from trainer.model.inference import Inference
from trainer.model.model import Model
from trainer.nn.plan import build_network
from trainer.recognition.reader import Reader


def model(plan: str, seed: int) -> Model:
    network = build_network(28, plan, (), np.random.default_rng(seed))
    return Model(network, Preprocessing(), about={"seed": seed}, inference=Inference(mirror=True))


MODELS = [model("o 8 p", 0), model("8k5s2 p", 1), model("", 2)]


@pytest.mark.parametrize("count", [2, 3])
def test_logits_are_averaged(count: int) -> None:
    x = np.random.default_rng(0).standard_normal((5, 784)).astype(np.float32)
    expected = np.mean([m.network.forward(x).copy() for m in MODELS[:count]], axis=0)
    combined = combine(MODELS[:count])
    np.testing.assert_allclose(combined.network.forward(x), expected, rtol=1e-4, atol=1e-5)


def test_an_ensemble_is_a_model_like_any_other(tmp_path: Path) -> None:
    for place, one in enumerate(MODELS[:2]):
        weights.save(one, tmp_path / f"{place}.safetensors")
    out = tmp_path / "both.safetensors"
    files = [str(tmp_path / f"{place}.safetensors") for place in (0, 1)]
    assert main(["combine", *files, "--out", str(out)]) == 0
    both = weights.load(out)
    assert [a["seed"] for a in both.about["combined"]] == [0, 1]
    image = np.random.default_rng(0).integers(0, 256, (28, 28), dtype=np.uint8)
    expected = combine(MODELS[:2]).probabilities(both.preprocessing(image)[None])[0]
    np.testing.assert_allclose(Reader(both).read(image, None).probabilities, expected, atol=1e-5)


@pytest.mark.parametrize("count", [1, 2, 3])
def test_the_first_network_comes_out_again(count: int) -> None:
    network = combine(MODELS[:count]).network if count > 1 else MODELS[0].network
    before, first = network.theta.copy(), first_of(network)
    assert first.spec() == MODELS[0].network.spec()
    for name, array in first.state().items():
        np.testing.assert_allclose(array, MODELS[0].network.state()[name], rtol=1e-6)
    first.theta[...] = 0
    np.testing.assert_array_equal(network.theta, before)


def nearer_model() -> Model:
    network = build_network(16, "o 8 p 8", (), np.random.default_rng(3), classes=24)
    return Model(network, Preprocessing(size=16, margin=0.9), inference=Inference(mirror=True))


def test_a_model_that_sees_less_gets_the_middle() -> None:
    first, nearer = MODELS[0], nearer_model()
    both = combine([first, nearer])
    assert both.preprocessing == first.preprocessing
    # A soft image, which the way of resampling does not change much.
    rng = np.random.default_rng(0)
    image = cv2.resize(rng.integers(0, 256, (6, 6), dtype=np.uint8), (160, 160))
    box = Box(40, 40, 80, 80)
    alone = [m.network.forward(m.preprocessing(image, box)[None]).copy() for m in (first, nearer)]
    # The contrast is that of the wider crop here; the gradients are normalised by what is near.
    logits = both.network.forward(both.preprocessing(image, box)[None])
    np.testing.assert_allclose(logits, (alone[0] + alone[1]) / 2, atol=0.1)
    assert np.abs(logits - alone[0]).max() > 0.3


def test_a_model_that_sees_less_is_read_live_like_in_files() -> None:
    both = combine([MODELS[0], nearer_model()])
    image = np.random.default_rng(0).integers(0, 256, (90, 90), dtype=np.uint8)
    expected = both.probabilities(both.preprocessing(image)[None])[0]
    np.testing.assert_allclose(Reader(both).read(image, None).probabilities, expected, atol=1e-5)


def test_models_that_do_not_go_together(tmp_path: Path) -> None:
    other = replace(MODELS[1], preprocessing=Preprocessing(margin=1.5))
    with pytest.raises(ValueError, match="preprocessing"):
        combine([MODELS[0], other])
    with pytest.raises(ValueError, match="two"):
        combine(MODELS[:1])
    weights.save(MODELS[0], tmp_path / "w.safetensors")
    alone = [str(tmp_path / "w.safetensors"), "--out", str(tmp_path / "o.safetensors")]
    assert main(["combine", *alone]) == 1
