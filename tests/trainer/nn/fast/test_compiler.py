from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tests.trainer.nn.checks import normal, peak_bytes
from tests.trainer.nn.test_sequential import network
from trainer.model import weights
from trainer.nn.fast import compiler
from trainer.nn.fast.compiler import CompiledNetwork
from trainer.nn.fast.scratch import Scratch
from trainer.nn.fast.winograd import WinogradConvolution
from trainer.nn.plan import build_network
from trainer.support.paths import DEFAULT_WEIGHTS, SIGN_MNIST_WEIGHTS, asset

OFF = {
    "folding": (compiler, "fold_batch_norms", list),
    "winograd": (WinogradConvolution, "suits", staticmethod(lambda convolution: False)),
    "scratch": (Scratch, "take", lambda _, shapes, dtype: [np.empty(s, dtype) for s in shapes]),
}
"""How each file of `trainer.nn.fast` is left out."""


@pytest.mark.parametrize(
    "plan",
    [
        "",
        "o",
        "o g",
        "o p 16",
        "o 16 p 24 p 20 20",
        "16 p 24 p 20",
        "16 16 p",
        "24k5s2 32 p 16k1 g",
        "4 p 16 p p 16",
    ],
)
@pytest.mark.parametrize("batch", [1, 2, 3])
def test_a_compiled_network_gives_the_same_as_its_layers(plan: str, batch: int) -> None:
    rng = np.random.default_rng(0)
    made = build_network(24, plan, [16], rng, dropout=0.1)
    made.reseed(rng)
    # Batch norms that scale and shift, also by negative numbers.
    made.forward(rng.normal(1, 2, (16, 576)).astype(np.float32), training=True)
    for parameter in made.parameters():
        parameter.value += rng.normal(0, 0.1, parameter.value.shape).astype(np.float32)
    before = made.theta.copy()
    compiled = CompiledNetwork(made, batch)
    for seed in (1, 2):
        x = normal(batch, 576, seed=seed, dtype=np.float32)
        compiled.input[...] = x
        expected = made.forward(x)
        assert np.ptp(expected) > 0.1
        np.testing.assert_allclose(compiled(), expected, rtol=1e-4, atol=2e-5)
        np.testing.assert_array_equal(compiled.input, x)
    np.testing.assert_array_equal(made.theta, before)


@pytest.mark.parametrize("name", [DEFAULT_WEIGHTS, SIGN_MNIST_WEIGHTS])
@pytest.mark.parametrize("off", [*OFF, "all"])
def test_the_shipped_networks_give_the_same_without_each_part(
    off: str, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = weights.load(asset(name)).network
    x = normal(2, *made.input_shape, dtype=np.float32)

    def outputs() -> Any:
        compiled = CompiledNetwork(made, 2)
        compiled.input[...] = x
        return compiled()

    expected = outputs().copy()
    for part in OFF if off == "all" else [off]:
        monkeypatch.setattr(*OFF[part])
    np.testing.assert_allclose(outputs(), expected, rtol=1e-4, atol=1e-4)
    if off == "all":
        np.testing.assert_array_equal(outputs(), made.forward(x))


def test_an_image_of_a_batch_gives_what_it_gives_alone() -> None:
    made = weights.load(asset(DEFAULT_WEIGHTS)).network
    x = normal(3, *made.input_shape, dtype=np.float32)
    one, three = CompiledNetwork(made), CompiledNetwork(made, 3)
    three.input[...] = x
    one.input[...] = x[1:2]
    np.testing.assert_allclose(three()[1:2], one(), rtol=1e-5, atol=2e-5)


@pytest.mark.parametrize("batch", [1, 5])
def test_calls_reuse_all_buffers(batch: int) -> None:
    compiled = CompiledNetwork(network(size=96), batch)
    # NumPy's own scratch for broadcasting: 8,192 elements for each of three arrays.
    assert peak_bytes(compiled) < 3 * 4 * np.getbufsize() + 4096 < 2 * compiled.input.nbytes * 2


def test_later_training_does_not_change_a_compiled_network() -> None:
    made, x = network(), normal(1, 64, dtype=np.float32)
    compiled = CompiledNetwork(made)
    compiled.input[...] = x
    before = compiled().copy()
    made.theta *= 0.5
    np.testing.assert_array_equal(compiled(), before)
    again = CompiledNetwork(made)
    again.input[...] = x
    np.testing.assert_allclose(again(), made.forward(x), rtol=1e-5, atol=1e-6)
