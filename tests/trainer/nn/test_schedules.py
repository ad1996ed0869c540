from __future__ import annotations

import pytest

from trainer.nn.schedules import SCHEDULES, constant, cosine, step


def test_constant() -> None:
    assert [constant(p) for p in (0, 0.3, 1)] == [1, 1, 1]


def test_step() -> None:
    assert [step(p) for p in (0, 0.49, 0.5, 0.74, 0.75, 1)] == [1, 1, 0.1, 0.1, 0.01, 0.01]


def test_cosine() -> None:
    assert cosine(0) == 0
    assert cosine(0.025) == pytest.approx(0.5)
    assert cosine(0.05) == pytest.approx(1)
    assert cosine(0.525) == pytest.approx(0.5)
    assert cosine(1) == pytest.approx(0)
    assert cosine(0, warm_up=0) == 1


@pytest.mark.parametrize("name", SCHEDULES)
def test_all_stay_between_0_and_1_and_never_rise_after_the_warm_up(name: str) -> None:
    factors = [SCHEDULES[name](progress / 100) for progress in range(5, 101)]
    assert all(0 <= factor <= 1 + 1e-12 for factor in factors)
    assert factors == sorted(factors, reverse=True)
