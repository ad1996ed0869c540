from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

from tests.trainer.nn.checks import normal
from tests.trainer.nn.test_sequential import network
from trainer.nn.spec import RemovedLayerError, from_spec

CONV = {
    "kind": "conv2d",
    "inputs": 1,
    "outputs": 2,
    "kernel": 3,
    "stride": 1,
    "padding": 1,
    "bias": True,
}
NORM = {"kind": "batch_norm", "channels": 4, "momentum": 0.1, "epsilon": 1e-5}
LINEAR = {"kind": "linear", "inputs": 4, "outputs": 2}


def test_an_equal_network_comes_from_the_spec_through_json() -> None:
    made = network(1)
    again = from_spec(json.loads(json.dumps(made.spec())), 64)
    assert again.spec() == made.spec()
    again.load_state(made.state())
    x = normal(3, 64, dtype=np.float32)
    np.testing.assert_array_equal(again.forward(x), made.forward(x))


def test_same_seed_same_weights() -> None:
    spec = network().spec()
    a, b = (from_spec(spec, 64, np.random.default_rng(3)) for _ in range(2))
    np.testing.assert_array_equal(a.theta, b.theta)


@pytest.mark.parametrize(
    "spec",
    [
        {},
        None,
        "linear",
        {"kind": "attention"},
        {"kind": ["linear"]},
        {**LINEAR, "inputs": 0},
        {**LINEAR, "inputs": 4.0},
        {**LINEAR, "inputs": True},
        {**LINEAR, "outputs": "2"},
        {**LINEAR, "outputs": None},
        {**LINEAR, "outputs": 10**400},
        {"kind": "linear", "inputs": 1_000_000, "outputs": 1_000_000},
        {"kind": "dropout"},
        {"kind": "dropout", "rate": "0.5"},
        {"kind": "dropout", "rate": True},
        {"kind": "dropout", "rate": 1},
        {"kind": "dropout", "rate": float("nan")},
        {"kind": "dropout", "rate": 10**400},
        {"kind": "reshape"},
        {"kind": "reshape", "shape": 4},
        {"kind": "reshape", "shape": []},
        {"kind": "reshape", "shape": [2, 2, 1, 1]},
        {"kind": "reshape", "shape": [-2, -2]},
        {"kind": "reshape", "shape": [2.0, 2]},
        {"kind": "reshape", "shape": [3, 2]},
        {**CONV, "kernel": 1001},
        {**CONV, "padding": 3},
        {**CONV, "padding": -1},
        {**CONV, "padding": None},
        {**CONV, "stride": 0},
        {**CONV, "bias": 1},
        {**CONV, "inputs": 4096, "outputs": 4096, "kernel": 31},
        {**CONV, "outputs": 100_000},
        {**CONV, "inputs": 2},
        {**NORM, "channels": 3},
        {**NORM, "momentum": 0},
        {**NORM, "momentum": "0.1"},
        {**NORM, "epsilon": float("inf")},
        {**NORM, "epsilon": -1e-5},
        {"kind": "max_pool2d"},
        {"kind": "max_pool2d", "size": 0},
        {"kind": "max_pool2d", "size": 1e9},
        {"kind": "global_average_pool"},
    ],
)
def test_damaged_specs_are_refused(spec: Any) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        from_spec([spec, LINEAR], 4)


@pytest.mark.parametrize("specs", [None, {"kind": "relu"}, "relu", [{"kind": "relu"}] * 2000])
def test_what_is_no_short_list_is_refused(specs: Any) -> None:
    with pytest.raises(ValueError, match="list"):
        from_spec(specs, 4)


def test_many_large_layers_are_refused_together() -> None:
    large = {"kind": "linear", "inputs": 4000, "outputs": 4000}
    with pytest.raises(ValueError, match="larger than supported"):
        from_spec([large] * 100, 4000)


@pytest.mark.parametrize("kind", ["residual", "zoom"])
def test_removed_layers_are_named_as_such(kind: str) -> None:
    with pytest.raises(RemovedLayerError, match="no longer supported"):
        from_spec([{"kind": kind}, LINEAR], 4)
