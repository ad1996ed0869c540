from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

from trainer.cli import main
from trainer.images.preprocessing import Preprocessing
from trainer.model import weights
from trainer.model.model import Model
from trainer.model.onnx_export import onnx_bytes
from trainer.nn.plan import build_network
from trainer.nn.to_dense import to_dense
from trainer.support.paths import DEFAULT_WEIGHTS, SIGN_MNIST_WEIGHTS, asset

onnxruntime = pytest.importorskip("onnxruntime")


def assert_alike(model: Model, content: bytes) -> None:
    x = np.random.default_rng(0).standard_normal((5, *model.network.input_shape), np.float32)
    session = onnxruntime.InferenceSession(content, providers=["CPUExecutionProvider"])
    (logits,) = session.run(None, {"images": x})
    np.testing.assert_allclose(logits, model.network.forward(x), rtol=1e-3, atol=1e-3)


@pytest.mark.parametrize("name", [DEFAULT_WEIGHTS, SIGN_MNIST_WEIGHTS])
def test_onnxruntime_agrees_on_the_shipped_networks(name: str, tmp_path: Path) -> None:
    out = tmp_path / "w.onnx"
    assert main(["export", "--weights", str(asset(name)), "--onnx", str(out)]) == 0
    assert_alike(weights.load(asset(name)), out.read_bytes())


@pytest.mark.parametrize("plan", ["", "8k5s2 p 16 g", "o 8 p 8", "6 p 12k1"])
def test_onnxruntime_agrees_on_every_kind_of_layer(plan: str) -> None:
    rng = np.random.default_rng(1)
    network = build_network(20, plan, [12], rng, dropout=0.3)
    model = Model(network, Preprocessing(size=20))
    for array in network.state().values():
        array += rng.uniform(0, 0.3, array.shape).astype(np.float32)
    assert_alike(model, onnx_bytes(model))


def test_onnxruntime_agrees_on_a_network_that_is_written_out() -> None:
    shaped = build_network(20, "8k5s2 p 6", [12], np.random.default_rng(1), dropout=0.3)
    model = Model(to_dense(shaped), Preprocessing(size=20))
    assert "maxout" in {layer.kind for layer in model.network.layers}
    assert_alike(model, onnx_bytes(model))


def test_the_graph_tells_how_to_feed_it(tmp_path: Path) -> None:
    model = weights.load(asset(DEFAULT_WEIGHTS))
    session = onnxruntime.InferenceSession(onnx_bytes(model))
    described = session.get_modelmeta().custom_metadata_map
    assert described["letters"] == model.letters
    assert f'"size": {model.preprocessing.size}' in described["preprocessing"]
    assert "mirror" in described["inference"]


def test_without_the_extra_it_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setitem(sys.modules, "onnx", None)
    assert main(["export", "--onnx", str(tmp_path / "w.onnx")]) != 0
    assert "asl-desktop[onnx]" in capsys.readouterr().err


def test_archives_come_back_as_they_were(tmp_path: Path) -> None:
    npz, back = tmp_path / "w.npz", tmp_path / "w.safetensors"
    assert main(["export", "--npz", str(npz)]) == 0
    assert main(["export", "--weights", str(npz), "--safetensors", str(back)]) == 0
    assert back.read_bytes() == weights.to_bytes(weights.load(asset(DEFAULT_WEIGHTS)))
