from __future__ import annotations

import numpy as np
import pytest

from trainer.nn.loss import cross_entropy_among, softmax_cross_entropy

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
