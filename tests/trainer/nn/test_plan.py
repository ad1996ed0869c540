from __future__ import annotations

import numpy as np
import pytest

from trainer.nn.plan import build_network
from trainer.nn.spec import from_spec


def kinds(plan: str, hidden: tuple[int, ...] = (), dropout: float = 0.0) -> list[str]:
    network = build_network(16, plan, hidden, np.random.default_rng(0), dropout=dropout)
    return [layer.kind for layer in network.layers]


def test_a_plan_becomes_layers() -> None:
    conv = ["conv2d", "batch_norm"]
    assert kinds("8k5s2 16 p 16 g") == [
        "reshape", *conv, "relu", *conv, "max_pool2d", "relu", *conv, "relu",
        "global_average_pool", "linear",
    ]  # fmt: skip
    assert kinds("o 8 p", (10,), 0.2) == [
        "reshape", "oriented_gradients", *conv, "max_pool2d", "relu", "flatten",
        "dropout", "linear", "relu", "dropout", "linear",
    ]  # fmt: skip
    assert kinds("", (10,), 0.2) == ["linear", "relu", "dropout", "linear"]


def test_sizes_follow_the_image() -> None:
    network = build_network(16, "8k5s2 16 p", (), np.random.default_rng(0))
    assert network.layers[-1].parameters()[0].value.shape == (4 * 4 * 16, 24)
    x = np.random.default_rng(1).standard_normal((3, 256)).astype(np.float32)
    again = from_spec(network.spec(), 256)
    again.load_state(network.state())
    np.testing.assert_array_equal(again.forward(x), network.forward(x))


@pytest.mark.parametrize(
    ("plan", "said"),
    [
        ("8 x", "unknown word 'x'"),
        ("8 o", "after another layer"),
        ("8 p p p p p", "cannot take"),
        ("8 g 8", "cannot take"),
        ("0", "at least 1"),
    ],
)
def test_plans_that_make_no_sense(plan: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        build_network(16, plan, (), np.random.default_rng(0))


def test_a_convolutional_network_learns() -> None:
    from dataclasses import replace

    from tests.trainer.training.test_train import SMALL, last_epoch

    recipe = replace(SMALL, convolutions="o 12 p 16 p", hidden=(), epochs=6, learning_rate=1e-2)
    accuracy = last_epoch(recipe).validation_accuracy
    assert accuracy is not None
    assert accuracy > 0.9
