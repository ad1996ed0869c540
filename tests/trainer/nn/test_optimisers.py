from __future__ import annotations

import math

import numpy as np
import pytest

from trainer.nn.layers.convolution import Conv2d
from trainer.nn.layers.linear import Linear
from trainer.nn.layers.reshape import Flatten
from trainer.nn.optimisers import OPTIMISERS, SGD, Adam, Momentum, Muon, orthogonalised
from trainer.nn.sequential import Sequential


def network() -> Sequential:
    """Two parameters: a weight of 2, which decays, and a bias of 2, which does not."""
    made = Sequential([Linear(1, 1, np.random.default_rng(0), dtype=np.float64)], (1,))
    made.theta.fill(2)
    return made


def test_sgd_by_hand() -> None:
    made = network()
    optimiser = SGD(made)
    made.gradient[...] = [1, -4]
    optimiser.step(0.1)
    np.testing.assert_allclose(made.theta, [2 - 0.1, 2 + 0.4])


def test_momentum_by_hand() -> None:
    made = network()
    optimiser = Momentum(made, momentum=0.5)
    made.gradient[...] = [1, 2]
    optimiser.step(0.1)
    # v = g; θ − lr (g + μ v)
    np.testing.assert_allclose(made.theta, [2 - 0.1 * 1.5, 2 - 0.1 * 3])
    made.gradient[...] = [4, 0]
    optimiser.step(0.1)
    # v = 0.5 · (1, 2) + (4, 0) = (4.5, 1)
    np.testing.assert_allclose(made.theta, [1.85 - 0.1 * (4 + 2.25), 1.7 - 0.1 * 0.5])


def test_adam_by_hand() -> None:
    made = network()
    optimiser = Adam(made, betas=(0.9, 0.99))
    made.gradient[...] = [1, -1e-3]
    optimiser.step(0.1)
    # The first corrected step is lr · g / |g|, however small the gradient.
    np.testing.assert_allclose(made.theta, [1.9, 2.1], rtol=1e-5)
    made.gradient[...] = [3, 0]
    optimiser.step(0.1)
    m, v = 0.9 * 0.1 + 0.1 * 3, 0.99 * 0.01 + 0.01 * 9
    m_hat, v_hat = m / (1 - 0.9**2), v / (1 - 0.99**2)
    assert made.theta[0] == pytest.approx(1.9 - 0.1 * m_hat / math.sqrt(v_hat))


def test_muons_step_has_singular_values_alike() -> None:
    rng = np.random.default_rng(0)
    made = Sequential(
        [Conv2d(2, 6, 3, rng, dtype=np.float64), Flatten(), Linear(96, 5, rng, dtype=np.float64)],
        (4, 4, 2),
    )
    kernel, conv_bias, weight, bias = made.parameters()
    other = Sequential([Linear(96, 5, rng, dtype=np.float64)], (96,))
    other.theta[...] = np.concatenate([weight.value.ravel(), bias.value])
    made.gradient[...] = rng.normal(size=made.gradient.size)
    gradient = kernel.grad.reshape(18, 6).copy()
    other.gradient[...] = made.gradient[-other.gradient.size :]
    before = kernel.value.copy()
    bias_before = conv_bias.value.copy()
    Muon(made).step(0.1)
    Adam(other).step(0.1)
    # The last layer and every bias take Adam's step,
    np.testing.assert_array_equal(np.concatenate([weight.value.ravel(), bias.value]), other.theta)
    np.testing.assert_allclose(np.abs(conv_bias.value - bias_before), 0.1)
    # the kernel one along U Vᵀ of its gradient, at first, as long as the learning rate says.
    step = (before - kernel.value).reshape(18, 6) / (0.1 * 0.6 * math.sqrt(18))
    u, s, vt = np.linalg.svd(gradient, full_matrices=False)
    along = u.T @ step @ vt.T
    np.testing.assert_allclose(along, np.diag(along.diagonal()), atol=1e-9)
    assert (along.diagonal() > 0.6).all()
    assert (along.diagonal() < 1.3).all()
    assert s.max() / s.min() > 1.8, "the gradient was to be uneven"


def test_muon_goes_on_with_its_momentum() -> None:
    rng = np.random.default_rng(0)
    made = Sequential([Linear(3, 4, rng, dtype=np.float64), Linear(4, 2, rng)], (3,))
    optimiser = Muon(made, momentum=0.5)
    value = made.parameters()[0].value
    first, second = rng.normal(size=(2, 3, 4))
    for gradient in (first, second):
        made.parameters()[0].grad[...] = gradient
        before = value.copy()
        optimiser.step(0.1)
    momentum = 0.5 * (0.5 * first) + 0.5 * second
    expected = 0.1 * 0.6 * 2 * orthogonalised(0.5 * momentum + 0.5 * second)
    np.testing.assert_allclose(before - value, expected)


@pytest.mark.parametrize("shape", [(5, 40), (40, 5), (8, 8)])
def test_orthogonalised(shape: tuple[int, int]) -> None:
    rng = np.random.default_rng(0)
    u, _ = np.linalg.qr(rng.normal(size=(max(shape), min(shape))))
    v, _ = np.linalg.qr(rng.normal(size=(min(shape), min(shape))))
    matrix = (u * np.geomspace(0.02, 1, min(shape))) @ v.T
    matrix = matrix if matrix.shape == shape else matrix.T
    before = matrix.copy()
    singular = np.linalg.svd(orthogonalised(matrix), compute_uv=False)
    assert (singular > 0.6).all()
    assert (singular < 1.3).all()
    np.testing.assert_array_equal(matrix, before)
    np.testing.assert_array_equal(orthogonalised(np.zeros(shape)), np.zeros(shape))


@pytest.mark.parametrize("name", OPTIMISERS)
def test_weight_decay_spares_biases(name: str) -> None:
    made = network()
    optimiser = OPTIMISERS[name](made, 0.5)
    optimiser.step(0.1)
    np.testing.assert_allclose(made.theta, [2 * (1 - 0.1 * 0.5), 2])


@pytest.mark.parametrize("name", OPTIMISERS)
def test_many_parameters_are_all_moved(name: str) -> None:
    made = Sequential([Linear(300, 300, np.random.default_rng(0))], (300,))
    optimiser = OPTIMISERS[name](made, 0.0)
    before = made.theta.copy()
    made.gradient.fill(1)
    optimiser.step(0.1)
    moved = before - made.theta
    assert (moved > 0.05).all()
    np.testing.assert_allclose(moved, moved[0], rtol=1e-4)


@pytest.mark.parametrize("name", OPTIMISERS)
def test_finds_the_lowest_point(name: str) -> None:
    made = network()
    optimiser = OPTIMISERS[name](made, 0.0)
    for step in range(400):
        made.gradient[...] = made.theta - [3, -1]
        optimiser.step(0.1 * (1 - step / 400))
    np.testing.assert_allclose(made.theta, [3, -1], atol=1e-2)
    assert optimiser.steps == 400


def test_state_is_what_a_checkpoint_keeps() -> None:
    made = network()
    assert list(SGD(made).state) == []
    assert list(Momentum(made).state) == ["velocity"]
    assert list(Adam(made).state) == list(Muon(made).state) == ["mean", "square"]
    assert all(array.shape == made.theta.shape for array in Adam(made).state.values())
