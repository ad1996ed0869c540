from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from trainer.images.preprocessing import Preprocessing
from trainer.model import weights
from trainer.model.average import average
from trainer.model.model import Model
from trainer.nn.plan import build_network


def model(seed: int, widths: tuple[int, ...] = (30,)) -> Model:
    rng = np.random.default_rng(seed)
    network = build_network(28, "4 p", widths, rng)
    for array in network.state().values():
        array[...] = rng.random(array.shape)
    return Model(network, Preprocessing(), about={"command": f"train --seed {seed}"})


def test_weights_and_statistics_are_averaged() -> None:
    models = [model(seed) for seed in (1, 2, 3)]
    before = models[0].network.theta.copy()
    states = [one.network.state() for one in models]
    found = average(models)
    assert any(name.endswith(".variance") for name in found.network.state())
    for name, array in found.network.state().items():
        expected = sum(state[name].astype(np.float64) for state in states) / 3
        np.testing.assert_allclose(array, expected, rtol=1e-6)
    np.testing.assert_array_equal(models[0].network.theta, before)


def test_it_says_what_it_is_the_mean_of() -> None:
    first = model(1)
    first.about |= {"recipe": {"seed": 1}, "scores": {"validation_accuracy": 0.9}}
    about = average([first, model(2)]).about
    assert about == {
        "command": "train --seed 1",
        "recipe": {"seed": 1},
        "averaged_with": ["train --seed 2"],
    }


def test_the_mean_of_one_is_the_same() -> None:
    one = model(1)
    assert weights.to_bytes(replace(average([one]), about={})) == weights.to_bytes(
        replace(one, about={})
    )


def test_other_layers_or_input_have_no_mean() -> None:
    others = [
        model(2, widths=(20,)),
        replace(model(2), preprocessing=Preprocessing(margin=1.3)),
        replace(model(2), inference=replace(model(2).inference, turn=3.0)),
    ]
    for other in others:
        with pytest.raises(ValueError, match="same layers"):
            average([model(1), other])
