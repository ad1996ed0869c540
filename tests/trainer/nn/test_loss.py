from __future__ import annotations

import numpy as np
import pytest

from tests.trainer.nn.checks import normal
from trainer.nn.gradient_check import numerical_gradient, relative_error
from trainer.nn.loss import cross_entropy_among, soft_cross_entropy, softmax, softmax_cross_entropy

LABELS = np.array([0, 4, 2, 2])


@pytest.mark.parametrize("smoothing", [0.0, 0.1, 0.9])
def test_gradient(smoothing: float) -> None:
    logits = 3 * normal(4, 5)
    _, analytical = softmax_cross_entropy(logits, LABELS, smoothing=smoothing)
    numerical = numerical_gradient(
        lambda: softmax_cross_entropy(logits, LABELS, smoothing=smoothing)[0], logits
    )
    assert relative_error(analytical, numerical) < 1e-7


@pytest.mark.parametrize("smoothing", [0.0, 0.2])
def test_loss_is_the_definition(smoothing: float) -> None:
    logits = normal(4, 5)
    targets = np.full((4, 5), smoothing / 5)
    targets[np.arange(4), LABELS] += 1 - smoothing
    p = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    loss, gradient = softmax_cross_entropy(logits, LABELS, smoothing=smoothing)
    assert loss == pytest.approx(-(targets * np.log(p)).sum() / 4)
    np.testing.assert_allclose(gradient, (p - targets) / 4)
    np.testing.assert_allclose(softmax(logits), p)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("smoothing", [0.0, 0.1])
def test_extreme_logits(dtype: type[np.floating], smoothing: float) -> None:
    logits = np.array([[1e4, -1e4, 0], [1e4, -1e4, 0], [1e4, 1e4, 1e4]], dtype)
    labels = np.array([0, 1, 2])
    loss, gradient = softmax_cross_entropy(logits, labels, smoothing=smoothing)
    assert np.isfinite(loss)
    assert np.isfinite(gradient).all()
    if not smoothing:
        assert loss == pytest.approx((0 + 2e4 + np.log(3)) / 3)
    p = softmax(logits)
    np.testing.assert_allclose(p, [[1, 0, 0], [1, 0, 0], [1 / 3] * 3], rtol=1e-6)
    assert p.dtype == gradient.dtype == dtype


def test_logits_are_not_changed() -> None:
    logits = normal(4, 5)
    before = logits.copy()
    softmax_cross_entropy(logits, LABELS, smoothing=0.1)
    softmax(logits)
    np.testing.assert_array_equal(logits, before)


def test_gradient_by_soft_targets() -> None:
    logits, targets = 3 * normal(4, 5), softmax(normal(4, 5))
    _, analytical = soft_cross_entropy(logits, targets)
    numerical = numerical_gradient(lambda: soft_cross_entropy(logits, targets)[0], logits)
    assert relative_error(analytical, numerical) < 1e-7


@pytest.mark.parametrize("smoothing", [0.0, 0.2])
def test_labels_are_targets_like_any_other(smoothing: float) -> None:
    logits = normal(4, 5)
    targets = np.full((4, 5), smoothing / 5)
    targets[np.arange(4), LABELS] += 1 - smoothing
    loss, gradient = softmax_cross_entropy(logits, LABELS, smoothing=smoothing)
    soft_loss, soft_gradient = soft_cross_entropy(logits, targets)
    assert soft_loss == pytest.approx(loss)
    np.testing.assert_allclose(soft_gradient, gradient, atol=1e-12)


LOGITS = np.random.default_rng(0).normal(size=(4, 6)).astype(np.float32)


def test_among_all_it_is_the_usual_loss() -> None:
    labels = np.array([0, 5, 2, 2])
    loss, gradient = cross_entropy_among(LOGITS, labels, np.arange(6), 0.1)
    expected, d_logits = softmax_cross_entropy(LOGITS, labels, smoothing=0.1)
    assert loss == pytest.approx(expected)
    np.testing.assert_array_equal(gradient, d_logits)


def test_others_neither_count_nor_move() -> None:
    labels, competing = np.array([1, 4, 4, 1]), np.array([1, 4])
    loss, gradient = cross_entropy_among(LOGITS, labels, competing, 0.0)
    others = [0, 2, 3, 5]
    assert not gradient[:, others].any()
    louder = LOGITS.copy()
    louder[:, others] += 10
    assert cross_entropy_among(louder, labels, competing, 0.0)[0] == loss
    assert (gradient[[0, 3], 1] < 0).all()
    assert (gradient[[1, 2], 4] < 0).all()
