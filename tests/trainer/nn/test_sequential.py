from __future__ import annotations

import numpy as np
import pytest

from tests.trainer.nn.checks import normal
from trainer.nn.gradient_check import numerical_gradient, relative_error
from trainer.nn.layers.batch_norm import BatchNorm
from trainer.nn.layers.convolution import Conv2d
from trainer.nn.layers.dropout import Dropout
from trainer.nn.layers.linear import Linear
from trainer.nn.layers.pooling import GlobalAveragePool, MaxPool2d
from trainer.nn.layers.relu import ReLU
from trainer.nn.layers.reshape import Flatten, Reshape
from trainer.nn.loss import softmax_cross_entropy
from trainer.nn.optimisers import Muon
from trainer.nn.plan import build_network
from trainer.nn.sequential import Sequential


def network(seed: int = 0, dtype: type[np.floating] = np.float32, size: int = 8) -> Sequential:
    """One of every kind of layer."""
    rng = np.random.default_rng(seed)
    return Sequential(
        [
            Reshape((size, size, 1)),
            Conv2d(1, 3, 3, rng, bias=False, dtype=dtype),
            BatchNorm(3, dtype=dtype),
            MaxPool2d(2),
            ReLU(),
            Conv2d(3, 4, 3, rng, stride=2, dtype=dtype),
            GlobalAveragePool(),
            Flatten(),
            Dropout(0.0, rng),
            Linear(4, 5, rng, gain=1.0, dtype=dtype),
        ],
        (size * size,),
    )


def test_gradient_of_the_whole_network() -> None:
    made, x, labels = network(dtype=np.float64), normal(4, 64), np.array([0, 1, 4, 1])

    def loss() -> float:
        return softmax_cross_entropy(made.forward(x, training=True), labels)[0]

    _, d_logits = softmax_cross_entropy(made.forward(x, training=True), labels)
    made.backward(d_logits)
    analytical = made.gradient.copy()
    assert relative_error(analytical, numerical_gradient(loss, made.theta)) < 1e-6


def test_parameters_are_views_of_theta() -> None:
    made = network()
    assert made.theta.size == sum(p.value.size for p in made.parameters())
    for parameter in made.parameters():
        assert np.shares_memory(parameter.value, made.theta)
        assert np.shares_memory(parameter.grad, made.gradient)
    made.theta.fill(2)
    assert all((p.value == 2).all() for p in made.parameters())


def test_same_seed_same_weights() -> None:
    np.testing.assert_array_equal(network(3).theta, network(3).theta)
    assert (network(3).theta != network(4).theta).any()


def test_training_twice_gives_the_same_bytes() -> None:
    results = []
    for _ in range(2):
        made = network(1)
        for seed in range(3):
            logits = made.forward(normal(6, 64, seed=seed, dtype=np.float32), training=True)
            made.backward(softmax_cross_entropy(logits, np.arange(6) % 5)[1])
            made.theta -= 0.1 * made.gradient
        results.append(b"".join(array.tobytes() for array in made.state().values()))
    assert results[0] == results[1]


def test_state_goes_round() -> None:
    a, b = network(1), network(2)
    a.forward(normal(8, 64, dtype=np.float32), training=True)
    b.load_state(a.state())
    x = normal(3, 64, dtype=np.float32)
    np.testing.assert_array_equal(a.forward(x), b.forward(x))


def test_states_of_other_networks_are_refused() -> None:
    made = network()
    state = made.state()
    with pytest.raises(ValueError, match="missing"):
        made.load_state({name: state[name] for name in list(state)[1:]})
    with pytest.raises(ValueError, match="unexpected"):
        made.load_state({**state, "more": state["1.weight"]})
    with pytest.raises(ValueError, match=r"1\.weight"):
        made.load_state({**state, "1.weight": np.zeros((2, 2))})


def test_layers_that_do_not_fit_are_named() -> None:
    rng = np.random.default_rng(0)
    with pytest.raises(ValueError, match=r"layer 1: .*cannot take"):
        Sequential([Linear(2, 3, rng), Linear(4, 2, rng)], (2,))


def test_a_network_without_parameters_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one layer"):
        Sequential([ReLU()], (2,))


def test_frozen_convolutions_and_statistics_stay_through_a_step() -> None:
    rng = np.random.default_rng(0)
    network = build_network(12, "4 p 6 p 6", (), rng, dropout=0.0)
    network.freeze(convolutions=1)
    before = {name: array.copy() for name, array in network.state().items()}
    x = rng.standard_normal((5, 144)).astype(np.float32)
    logits = network.forward(x, training=True)
    np.testing.assert_allclose(logits, network.forward(x), rtol=1e-4, atol=1e-5)
    network.backward(network.forward(x, training=True))
    Muon(network, weight_decay=0.1).step(0.1)
    second = [i for i, layer in enumerate(network.layers) if layer.kind == "conv2d"][1]
    for name, array in network.state().items():
        statistic = name.endswith((".mean", ".variance"))
        same = np.array_equal(array, before[name])
        assert same == (statistic or int(name.split(".")[0]) < second), name


def test_a_network_of_few_convolutions_has_all_of_them_trained() -> None:
    network = build_network(12, "4 p", (), np.random.default_rng(0))
    network.freeze(convolutions=1)
    assert all(parameter.trainable for parameter in network.parameters())
