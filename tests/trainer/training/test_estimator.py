from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tests.trainer.conftest import printed_letters
from trainer.letters import LETTERS

pytest.importorskip("sklearn")

from sklearn.model_selection import GroupKFold, cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.utils.estimator_checks import parametrize_with_checks

from trainer.training.estimator import NetworkClassifier


@parametrize_with_checks([NetworkClassifier(hidden=(32,), epochs=30, random_state=0)])
def test_it_behaves_as_scikit_learn_expects(estimator: Any, check: Any) -> None:
    check(estimator)


def letters(each: int) -> tuple[np.ndarray, np.ndarray]:
    data = printed_letters(each)
    names = np.array(list(LETTERS))[data.labels]
    return data.images.reshape(len(data), -1).astype(float), names


def test_it_reads_letters_in_a_pipeline_across_groups() -> None:
    x, y = letters(6)
    pipeline = make_pipeline(StandardScaler(), NetworkClassifier((48,), epochs=25, random_state=1))
    groups = np.arange(len(y)) // 24
    scores = cross_val_score(pipeline, x, y, cv=GroupKFold(3), groups=groups)
    assert scores.min() > 0.8
    pipeline.fit(x, y)
    assert set(pipeline.predict(x)) <= set(LETTERS)
    assert pipeline[-1].loss_curve_[-1] < 0.2 * pipeline[-1].loss_curve_[0]


def test_the_same_seed_gives_the_same_network() -> None:
    x, y = letters(2)
    first, second = (
        NetworkClassifier((16,), epochs=3, dropout=0.2, random_state=4).fit(x, y) for _ in range(2)
    )
    np.testing.assert_array_equal(first.network_.theta, second.network_.theta)
