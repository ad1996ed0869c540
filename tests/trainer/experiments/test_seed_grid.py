from __future__ import annotations

import numpy as np

from tests.trainer.conftest import printed_letters
from trainer.data.dataset import Dataset
from trainer.experiments.fit import fit, validated
from trainer.experiments.seed_grid import choose
from trainer.model.model import Model
from trainer.nn.layers.linear import Linear
from trainer.training.recipes import course_network


def test_the_network_is_the_one_described() -> None:
    network = course_network(30, 1e-3).network(np.random.default_rng(0))
    assert [layer.kind for layer in network.layers] == [
        "linear", "relu", "linear", "linear", "relu", "linear",
    ]  # fmt: skip
    shapes = [x.weight.value.shape for x in network.layers if isinstance(x, Linear)]
    assert shapes == [(784, 30), (30, 30), (30, 30), (30, 24)]


def test_one_step_sums_the_gradient_over_the_batch() -> None:
    data = printed_letters(22)  # 528 rows, of which a mini-batch takes 512
    recipe = course_network(30, 1e-4, epochs=1)
    start = recipe.network(np.random.default_rng([0])).theta.copy()
    order = np.random.default_rng([0, 0])
    order.spawn(1)
    first = order.permutation(528)[:512]

    def trained(subset: Dataset) -> np.ndarray:
        theta, _ = fit(recipe, subset, lambda model: model.network.theta.copy())
        return theta

    batch = data.subset(first)
    moved = trained(batch) - start
    # By hand: the sum over the rows of the gradient of each row alone, times the rate.
    mean, deviation = batch.images.mean(), batch.images.std()
    x = (batch.images.reshape(512, -1).astype(np.float64) - mean) / deviation
    network = recipe.network(np.random.default_rng([0]))
    logits = network.forward(x.astype(np.float32), training=True)
    p = np.exp(logits - logits.max(axis=1, keepdims=True))
    p /= p.sum(axis=1, keepdims=True)
    p[np.arange(512), batch.labels] -= 1
    network.backward(p)
    expected = -1e-4 * network.gradient
    assert np.linalg.norm(moved - expected) < 1e-3 * np.linalg.norm(expected)


def test_the_input_is_normalised_by_the_training_set() -> None:
    data = printed_letters(2)

    def settings(model: Model) -> tuple[str, float, float]:
        p = model.preprocessing
        return p.normalise, p.mean, p.standard_deviation

    found, _ = fit(course_network(10, 1e-4, epochs=1), data, settings)
    assert found == ("dataset", float(data.images.mean()), float(data.images.std()))


def test_a_rate_that_is_too_high_is_a_result() -> None:
    data = printed_letters(2)
    cell = validated(data, np.arange(len(data)) < 24, course_network(10, 10.0, epochs=3))
    assert (cell["accuracy"], cell["loss"]) == (0.0, None)
    assert cell["curve"]["loss"] == [None] * 3


def test_the_choice_is_by_accuracy_then_loss() -> None:
    cells = {
        "a": {"accuracy": 0.8, "loss": 0.1},
        "b": {"accuracy": 0.9, "loss": None},
        "c": {"accuracy": 0.9, "loss": 0.5},
        "d": {"accuracy": 0.9, "loss": 0.4},
    }
    assert choose(cells) == "d"
