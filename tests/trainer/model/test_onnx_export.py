from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from trainer.cli import main
from trainer.images.preprocessing import Preprocessing
from trainer.letters import LETTERS
from trainer.model import weights
from trainer.model.inference import Inference
from trainer.model.model import Model
from trainer.model.onnx_export import network_bytes, onnx_bytes
from trainer.model.onnx_graph import Graph
from trainer.model.onnx_preprocessing import add_preprocessing
from trainer.nn.plan import build_network
from trainer.nn.to_dense import to_dense
from trainer.recognition.reader import Reader
from trainer.support.paths import DEFAULT_WEIGHTS, SIGN_MNIST_WEIGHTS, asset

onnx = pytest.importorskip("onnx")
onnxruntime = pytest.importorskip("onnxruntime")

DOCUMENT = Path(__file__).resolve().parents[3] / "docs/onnx.md"


def session(content: bytes) -> onnxruntime.InferenceSession:
    return onnxruntime.InferenceSession(content, providers=["CPUExecutionProvider"])


def an_image(*shape: int, seed: int = 0) -> NDArray[np.uint8]:
    """Noise, with smooth parts: one gray level off at any pixel is seen."""
    rng = np.random.default_rng(seed)
    image = rng.integers(0, 256, shape, np.uint8)
    image[shape[0] // 2 :] = np.linspace(0, 255, shape[1], dtype=np.uint8)[None, :, None]
    return image


SIZES = [
    *((1, 1, 3), (2, 2, 1), (20, 20, 3), (28, 28, 3), (29, 29, 1), (42, 42, 3), (56, 56, 3)),
    *((84, 84, 3), (95, 95, 3), (96, 96, 3), (97, 97, 3), (144, 144, 3), (192, 192, 3)),
    *((200, 200, 3), (288, 288, 3), (333, 333, 4), (480, 480, 3), (720, 720, 3)),
    *((91, 60, 3), (60, 91, 1), (481, 640, 3), (480, 643, 3), (2, 9, 4)),
]


@pytest.mark.parametrize("name", [DEFAULT_WEIGHTS, SIGN_MNIST_WEIGHTS])
def test_a_crop_of_any_size_gets_the_probabilities_of_the_app(name: str, tmp_path: Path) -> None:
    out = tmp_path / "w.onnx"
    assert main(["export", "--weights", str(asset(name)), "--onnx", str(out)]) == 0
    exported, model = session(out.read_bytes()), weights.load(asset(name))
    reader = Reader(model)
    for shape in SIZES:
        image = an_image(*shape)
        (p,) = exported.run(None, {"image": image})
        reading = reader.read(image, None)
        expected = np.append(reading.probabilities, [reading.no_sign] * model.knows_no_sign)
        np.testing.assert_allclose(p, expected, rtol=0, atol=1e-5, err_msg=str(shape))


def gray_levels(size: int) -> onnxruntime.InferenceSession:
    """A graph that gives the image that the network sees, before normalisation."""
    graph = Graph()
    settings = Preprocessing(size=size, normalise="dataset")
    rows = add_preprocessing(graph, "image", settings)
    graph.add("Identity", rows, name="rows")
    kinds, value = onnx.TensorProto, onnx.helper.make_tensor_value_info
    inputs = [value("image", kinds.UINT8, ["h", "w", "c"])]
    outputs = [value("rows", kinds.FLOAT, [1, size * size])]
    made = onnx.helper.make_graph(graph.nodes, "gray", inputs, outputs, graph.constants)
    opset = [onnx.helper.make_opsetid("", 17)]
    content = onnx.helper.make_model(made, opset_imports=opset, ir_version=8)
    return session(content.SerializeToString())


@pytest.mark.parametrize("size", [28, 33, 96])
def test_gray_levels_are_those_of_opencv_for_every_side(size: int) -> None:
    graph, app = gray_levels(size), Preprocessing(size=size)
    for side in (*range(1, 3 * size + 1), 7 * size, 512, 1000, 1080):
        image = an_image(side, side, 3, seed=side)
        (rows,) = graph.run(None, {"image": image})
        levels = rows.reshape(size, size)
        np.testing.assert_array_equal(levels, app.image(image), err_msg=str(side))


def test_views_temperature_bias_and_fixed_normalisation_are_in_the_graph() -> None:
    settings = Preprocessing(20, normalise="dataset", mean=120, standard_deviation=50)
    inference = Inference(mirror=True, temperature=0.5, no_sign_bias=1.5, turn=13)
    network = build_network(20, "8 p", [12], np.random.default_rng(2), classes=25)
    model = Model(network, settings, inference=inference)
    image = an_image(90, 90, 3)
    (p,) = session(onnx_bytes(model)).run(None, {"image": image})
    expected = model.outcome_probabilities(settings(image)[None])[0]
    np.testing.assert_allclose(p, expected, rtol=0, atol=1e-5)


def assert_network_alike(model: Model) -> None:
    x = np.random.default_rng(0).standard_normal((5, *model.network.input_shape), np.float32)
    (logits,) = session(network_bytes(model)).run(None, {"rows": x})
    np.testing.assert_allclose(logits, model.network.forward(x), rtol=1e-3, atol=1e-3)


@pytest.mark.parametrize("plan", ["", "8k5s2 p 16 g", "o 8 p 8", "6 p 12k1"])
def test_onnxruntime_agrees_on_every_kind_of_layer(plan: str) -> None:
    rng = np.random.default_rng(1)
    network = build_network(20, plan, [12], rng, dropout=0.3)
    for array in network.state().values():
        array += rng.uniform(0, 0.3, array.shape).astype(np.float32)
    assert_network_alike(Model(network, Preprocessing(size=20)))


def test_onnxruntime_agrees_on_a_network_that_is_written_out() -> None:
    shaped = build_network(20, "8k5s2 p 6", [12], np.random.default_rng(1), dropout=0.3)
    model = Model(to_dense(shaped), Preprocessing(size=20))
    assert "maxout" in {layer.kind for layer in model.network.layers}
    assert_network_alike(model)


def test_the_metadata_say_letters_and_settings() -> None:
    model = weights.load(asset(DEFAULT_WEIGHTS))
    described = session(onnx_bytes(model)).get_modelmeta().custom_metadata_map
    assert described["letters"] == model.letters
    assert json.loads(described["preprocessing"]) == model.preprocessing.to_json()
    assert json.loads(described["inference"]) == model.inference.to_json()


@pytest.mark.parametrize("name", [DEFAULT_WEIGHTS, SIGN_MNIST_WEIGHTS])
def test_the_example_of_the_documents_reads_a_letter(
    name: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    hand = cv2.imread(str(asset("reference/L.webp")))
    assert hand is not None
    cv2.imwrite("hand.png", hand)
    model = weights.load(asset(name))
    Path("letters.onnx").write_bytes(onnx_bytes(model))
    (example,) = re.findall(r"```python\n(.*?)```", DOCUMENT.read_text(encoding="utf-8"), re.DOTALL)
    exec(compile(example, DOCUMENT.name, "exec"), {})  # noqa: S102 - that is the test
    reading = Reader(model).read(hand, None)
    expected = f"{reading.letter} {reading.confidence:.3f}" if reading.is_sign else "no sign"
    assert capsys.readouterr().out == f"{expected}\n"
    assert reading.letter in LETTERS


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


@pytest.mark.parametrize(
    ("kind", "name", "said"),
    [
        ("--safetensors", "w.safetensors", "this command reads it"),
        ("--onnx", "w.safetensors", "must end in .onnx"),
        ("--npz", "base.csv", "must end in .npz"),
    ],
)
def test_no_other_file_is_overwritten(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], kind: str, name: str, said: str
) -> None:
    own, table = tmp_path / "w.safetensors", tmp_path / "base.csv"
    own.write_bytes(asset(SIGN_MNIST_WEIGHTS).read_bytes())
    table.write_text("a table")
    before = own.read_bytes()
    assert main(["export", "--weights", str(own), kind, str(tmp_path / name)]) == 1
    assert said in capsys.readouterr().err
    assert (own.read_bytes(), table.read_text()) == (before, "a table")
