from __future__ import annotations

import io
import json
import pickle
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import safetensors.numpy

from trainer.images.preprocessing import Preprocessing
from trainer.model import tensors, weights
from trainer.model.model import Model
from trainer.nn.plan import build_network
from trainer.nn.spec import from_spec
from trainer.support.errors import UserError


def small_model(seed: int = 0) -> Model:
    network = build_network(8, "", [12, 10], np.random.default_rng(seed), dropout=0.1)
    return Model(network, Preprocessing(size=8, margin=1.25), about={"command": "é", "n": [1]})


@pytest.mark.parametrize(
    ("name", "start"), [("w.safetensors", None), ("w.npz", b"PK"), ("W.NPZ", b"PK")]
)
def test_a_model_survives(tmp_path: Path, name: str, start: bytes | None) -> None:
    model = small_model()
    weights.save(model, tmp_path / name)
    assert start is None or (tmp_path / name).read_bytes().startswith(start)
    loaded = weights.load(tmp_path / name)
    x = np.random.default_rng(1).standard_normal((5, 64)).astype(np.float32)
    np.testing.assert_array_equal(loaded.probabilities(x), model.probabilities(x))
    assert loaded.preprocessing == model.preprocessing
    assert loaded.about == model.about
    assert loaded.network.spec() == model.network.spec()


def test_the_same_model_gives_the_same_bytes() -> None:
    assert weights.to_bytes(small_model()) == weights.to_bytes(small_model())
    assert weights.to_bytes(small_model()) != weights.to_bytes(small_model(seed=1))


def test_arrays_that_are_not_contiguous_are_written_correctly(tmp_path: Path) -> None:
    model = small_model()
    first = model.network.layers[0].parameters()[0]
    first.value = np.asfortranarray(first.value)
    weights.save(model, tmp_path / "w.safetensors")
    read = weights.load(tmp_path / "w.safetensors").network.state()["0.weight"]
    np.testing.assert_array_equal(read, first.value)


def header_of(content: bytes) -> dict[str, Any]:
    size = int.from_bytes(content[:8], "little")
    header: dict[str, Any] = json.loads(content[8 : 8 + size])
    described: dict[str, Any] = json.loads(header["__metadata__"][weights.METADATA_KEY])
    return described


def rewritten(change: Callable[[dict[str, Any], dict[str, np.ndarray]], None]) -> bytes:
    """A weight file whose description or arrays were changed."""
    content = weights.to_bytes(small_model())
    described, state = header_of(content), safetensors.numpy.load(content)
    state = {name: array.copy() for name, array in state.items()}
    change(described, state)
    return safetensors.numpy.save(state, metadata={weights.METADATA_KEY: json.dumps(described)})


def set_header(**values: Any) -> bytes:
    return rewritten(lambda described, state: described.update(values))


def with_nan(described: dict[str, Any], state: dict[str, np.ndarray]) -> None:
    state["0.weight"][3, 3] = np.nan


def narrower(described: dict[str, Any], state: dict[str, np.ndarray]) -> None:
    state["0.weight"] = state["0.weight"][:, :5].copy()


def without_bias(described: dict[str, Any], state: dict[str, np.ndarray]) -> None:
    del state["0.bias"]


def in_double(described: dict[str, Any], state: dict[str, np.ndarray]) -> None:
    state["0.bias"] = state["0.bias"].astype(np.float64)


def huge(described: dict[str, Any], state: dict[str, np.ndarray]) -> None:
    described["layers"][0].update(inputs=999_999, outputs=999_999)


def npz_with(**arrays: Any) -> bytes:
    buffer = io.BytesIO()
    np.savez(buffer, **arrays)
    return buffer.getvalue()


def bomb() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in range(6):
            archive.writestr(f"{part}.npy", bytes(100 * 1024 * 1024))
    return buffer.getvalue()


GOOD = weights.to_bytes(small_model())


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "damaged"),
        (GOOD[:-7], "damaged"),
        (GOOD[:40], "damaged"),
        (b"\xff" * 500, "damaged"),
        (b"<html>not found</html>", "a saved web page"),
        (b"version https://git-lfs.github.com/spec/v1\noid", "git lfs pull"),
        (b"\x89HDF\r\n\x1a\n" + bytes(40), "a Keras .*Only this program's"),
        (b"\x1c\0\0\0TFL3" + bytes(40), "TensorFlow Lite .*Only this program's"),
        (b"\xff\xd8\xff\xe0", "a JPEG image, not a weight file"),
        (b"label,pixel1\n1,2\n", "a table, not a weight file"),
        (pickle.dumps({"weights": [1.0]}), "pickle"),
        (set_header(format_version=99), "version is 99"),
        (set_header(letters="ABC"), "letters 'ABC'"),
        (set_header(preprocessing={"size": 28}), "preprocessing"),
        (set_header(layers=[{"kind": "magic"}]), "unknown kind"),
        (set_header(layers=[{"kind": "residual", "layers": []}]), "no longer supported"),
        (set_header(layers="none"), "description"),
        (set_header(layers=[]), "description"),
        (set_header(about=3), "history"),
        (rewritten(with_nan), "NaN"),
        (rewritten(narrower), "array 0.weight is"),
        (rewritten(without_bias), "missing arrays"),
        (rewritten(in_double), "float64"),
        (rewritten(huge), "larger than supported"),
        (safetensors.numpy.save({"a": np.zeros(2, np.float32)}), "not one of this program"),
        (
            tensors.pack({}, "asl_desktop_finder", "{}"),
            "a finder file of this program, which reads",
        ),
        (npz_with(a=np.zeros(2)), "not one of this program"),
        (npz_with(asl_desktop=np.array([{"x": 1}], object)), "pickled objects"),
        (bomb(), "unpacks to more"),
        (b"PK\x03\x04" + bytes(50), "damaged"),
    ],
)
def test_bad_files_are_refused_in_one_sentence(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "w.safetensors"
    path.write_bytes(content)
    with pytest.raises(UserError, match=said) as caught:
        weights.load(path)
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "none.safetensors", tmp_path):
        with pytest.raises(UserError, match="cannot be read"):
            weights.load(path)


def test_a_failed_save_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "w.safetensors"
    path.write_bytes(b"old")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.replace", full)
    with pytest.raises(UserError, match=r"No space left on device.*unchanged"):
        weights.save(small_model(), path)
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def _described(layers: list[dict[str, Any]], pixels: int = 784) -> Model:
    return Model(from_spec(layers, pixels), Preprocessing(size=int(pixels**0.5)))


BATCH_NORM = {"kind": "batch_norm", "channels": 784, "momentum": 0.1, "epsilon": 1e-5}
LINEAR = {"kind": "linear", "inputs": 784, "outputs": 24}


@pytest.mark.parametrize(
    ("key", "value"), [("0.variance", -1.0), ("1.bias", 3e38), ("0.gamma", 3e38)]
)
def test_a_network_that_reads_no_finite_numbers_is_refused(
    tmp_path: Path, key: str, value: float
) -> None:
    model = _described([BATCH_NORM, LINEAR])
    model.network.state()["1.weight"][:] = 1.0
    weights.save(model, tmp_path / "w.safetensors")
    assert weights.load(tmp_path / "w.safetensors").network.theta.size
    model.network.state()[key][:] = value
    if key == "1.bias":
        model.network.state()["1.weight"][:] = 3e38
    weights.save(model, tmp_path / "w.safetensors")
    with pytest.raises(UserError, match="finite numbers"):
        weights.load(tmp_path / "w.safetensors")


@pytest.mark.parametrize(
    "layers",
    [
        [
            {"kind": "reshape", "shape": [256, 256, 1]},
            {"kind": "conv2d", "inputs": 1, "outputs": 4096, "kernel": 1, "stride": 1}
            | {"padding": 0, "bias": False},
            {"kind": "global_average_pool"},
            {"kind": "linear", "inputs": 4096, "outputs": 24},
        ],
        [
            {"kind": "reshape", "shape": [256, 256, 1]},
            {"kind": "conv2d", "inputs": 1, "outputs": 60, "kernel": 31, "stride": 1}
            | {"padding": 15, "bias": False},
            {"kind": "global_average_pool"},
            {"kind": "linear", "inputs": 60, "outputs": 24},
        ],
        [BATCH_NORM | {"epsilon": 1e-45}, LINEAR],
    ],
)
def test_a_network_that_costs_too_much_is_not_made(layers: list[dict[str, Any]]) -> None:
    pixels = 65536 if len(layers) > 2 else 784
    with pytest.raises(ValueError, match=r"are supported|epsilon"):
        from_spec(layers, pixels)
