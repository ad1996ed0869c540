from __future__ import annotations

import numpy as np
import pytest

from trainer.experiments.movement_score import MovementScore, run, score
from trainer.hand_renderer.signing_streams import HELD_OUT, signing
from trainer.nn.layers.linear import Linear
from trainer.nn.sequential import Sequential
from trainer.recognition.movement import MovementSettings
from trainer.recognition.movement_features import INPUTS


def always(letter: int) -> Sequential:
    """A network that takes every span for one letter."""
    network = Sequential([Linear(INPUTS, 3, np.random.default_rng(0))], (INPUTS,))
    network.theta[:] = 0
    network.theta[letter - 3] = 9
    return network


def test_a_network_that_always_tells_z_finds_no_j_and_much_that_is_none() -> None:
    stream = signing(HELD_OUT, 1, 14)
    found = score(always(1), stream, MovementSettings(sure=0.5))
    assert found.found["J"] == 0
    assert found.false["Z"] > 3
    assert found.drawn["J"] + found.drawn["Z"] == len(stream.drawn)
    assert found.minutes == pytest.approx(stream.seconds[-1] / 60)


def test_scores_add_up() -> None:
    one = MovementScore({"J": 2, "Z": 1}, {"J": 1, "Z": 1}, {"J": 0, "Z": 3}, 2.0, (0.1, 0.3))
    both = one + one
    assert both.recall("J") == 0.5
    assert both.false_in_ten_minutes == 15
    assert both.to_json()["delay_median"] == 0.2


def test_a_network_that_never_tells_anything_is_scored() -> None:
    results = run(always(2), signers=1)
    assert results["drawing"]["found"] == {"J": 0, "Z": 0}
    assert results["other"]["false"] == {"J": 0, "Z": 0}
    assert results["other"]["drawn"] == {"J": 0, "Z": 0}
