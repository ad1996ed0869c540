from __future__ import annotations

import numpy as np
import pytest

import trainer.nn.layers.batch_norm as batch_norm
from tests.trainer.nn.checks import assert_gradients, normal, peak_bytes
from trainer.nn.layers.batch_norm import BatchNorm


def layer(channels: int) -> BatchNorm:
    made = BatchNorm(channels, dtype=np.float64)
    made.gamma.value[...] = normal(channels, seed=2)
    made.beta.value[...] = normal(channels, seed=3)
    return made


@pytest.mark.parametrize("shape", [(7, 3), (4, 5, 3), (3, 4, 5, 2)])
def test_gradients(shape: tuple[int, ...]) -> None:
    assert_gradients(layer(shape[-1]), 3 + 2 * normal(*shape))


@pytest.mark.parametrize("shape", [(7, 3), (3, 4, 5, 2)])
def test_gradients_of_several_parts(
    shape: tuple[int, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batch_norm, "_PART_BYTES", 8 * shape[-1] * 10)
    assert_gradients(layer(shape[-1]), normal(*shape))


@pytest.mark.parametrize("shape", [(64, 3), (8, 5, 6, 3)])
def test_training_normalises_the_batch(shape: tuple[int, ...]) -> None:
    y = BatchNorm(3, dtype=np.float64).forward(5 + 3 * normal(*shape), training=True)
    axes = tuple(range(y.ndim - 1))
    np.testing.assert_allclose(y.mean(axis=axes), 0, atol=1e-12)
    np.testing.assert_allclose(y.var(axis=axes), 1, atol=1e-4)


def test_a_far_mean_costs_no_precision() -> None:
    x = (1000 + normal(4096, 2)).astype(np.float32)
    y = BatchNorm(2).forward(x, training=True)
    np.testing.assert_allclose(y.std(axis=0), 1, rtol=1e-3)


def test_running_averages_become_the_sources_moments() -> None:
    made = BatchNorm(2, dtype=np.float64)
    for seed in range(200):
        made.forward(5 + 3 * normal(512, 2, seed=seed), training=True)
    np.testing.assert_allclose(made.mean, 5, rtol=0.05)
    np.testing.assert_allclose(made.variance, 9, rtol=0.1)


def test_one_step_of_the_running_averages_by_hand() -> None:
    made = BatchNorm(1, momentum=0.25, dtype=np.float64)
    made.forward(np.array([[1.0], [5.0]]), training=True)
    assert made.mean == pytest.approx(0.25 * 3)
    assert made.variance == pytest.approx(0.75 + 0.25 * 8)


def test_inference_uses_and_keeps_the_running_averages() -> None:
    made = layer(2)
    made.mean[...], made.variance[...] = (1, 2), (4, 9)
    x = normal(3, 2)
    y = made.forward(x, training=False)
    expected = (x - [1, 2]) / np.sqrt(np.array([4, 9]) + 1e-5)
    np.testing.assert_allclose(y, expected * made.gamma.value + made.beta.value)
    np.testing.assert_array_equal(made.mean, (1, 2))


def test_training_reuses_its_buffers() -> None:
    made, x = BatchNorm(4), normal(32, 32, 32, 4, dtype=np.float32)

    def step() -> None:
        made.forward(x, training=True)
        made.backward(x)

    assert peak_bytes(step) < x.nbytes / 8


def test_state_holds_what_inference_needs() -> None:
    assert list(BatchNorm(2).state()) == ["gamma", "beta", "mean", "variance"]
    assert [p.decays for p in BatchNorm(2).parameters()] == [False, False]


@pytest.mark.parametrize("shape", [(), (3,), (4, 4, 3)])
def test_other_inputs_are_refused(shape: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="cannot take"):
        BatchNorm(2).output_shape(shape)


@pytest.mark.parametrize(("momentum", "epsilon"), [(0, 1e-5), (1.5, 1e-5), (0.1, 0), (0.1, 1)])
def test_impossible_constants_are_refused(momentum: float, epsilon: float) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        BatchNorm(2, momentum=momentum, epsilon=epsilon)


def test_no_channels_are_refused() -> None:
    with pytest.raises(ValueError, match="channels"):
        BatchNorm(0)


def test_backward_needs_forward() -> None:
    with pytest.raises(RuntimeError, match="training=True"):
        BatchNorm(2).backward(normal(3, 2))


def test_without_need_no_dx() -> None:
    made, x = layer(2), normal(3, 2)
    made.forward(x, training=True)
    assert made.backward(x, need_d_x=False) is None
    np.testing.assert_allclose(made.beta.grad, x.sum(axis=0))


def test_a_frozen_norm_keeps_its_statistics_and_its_gradient() -> None:
    rng = np.random.default_rng(0)
    layer = BatchNorm(3, dtype=np.float64)
    layer.forward(rng.standard_normal((8, 3)) * 3 + 1, training=True)
    layer.freeze()
    before = layer.mean.copy(), layer.variance.copy()
    x = rng.standard_normal((5, 3))
    plain = layer.forward(x, training=False).copy()
    np.testing.assert_allclose(layer.forward(x, training=True), plain, rtol=1e-12)
    np.testing.assert_array_equal((layer.mean, layer.variance), before)
    assert_gradients(layer, x)
