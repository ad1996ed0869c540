from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tests.trainer.nn.checks import normal
from trainer.model import weights
from trainer.model.ensemble import combine
from trainer.nn.fast.mirrored import both_views
from trainer.nn.layers.layer import Compile, Layer
from trainer.nn.layers.residual import Residual
from trainer.nn.plan import build_network
from trainer.support.paths import DEFAULT_WEIGHTS, asset


def mirrored(x: np.ndarray) -> np.ndarray:
    """Flat square images (n, size²), left and right exchanged."""
    size = int(x.shape[1] ** 0.5)
    return x.reshape(-1, size, size)[:, :, ::-1].reshape(x.shape)


# Of 22 pixels, 11 places remain: the pool would leave out another column of the mirrored image.
@pytest.mark.parametrize("size", [24, 22])
@pytest.mark.parametrize("plan", ["", "o", "o 8 p 16 p", "o 8 6", "o 8k5 p", "o 8s2 p", "8 p"])
@pytest.mark.parametrize("batch", [1, 3])
def test_both_views_are_read(plan: str, size: int, batch: int) -> None:
    rng = np.random.default_rng(0)
    network = build_network(size, plan, [], rng)
    network.forward(rng.normal(1, 2, (16, size**2)).astype(np.float32), training=True)
    compiled = network.compile(batch, mirrored=True)
    x = normal(batch, size**2, dtype=np.float32)
    compiled.input[...] = x
    logits = compiled().reshape(batch, 2, -1)
    np.testing.assert_allclose(logits[:, 0], network.forward(x), rtol=1e-4, atol=2e-5)
    np.testing.assert_allclose(logits[:, 1], network.forward(mirrored(x)), rtol=1e-4, atol=2e-5)
    np.testing.assert_array_equal(compiled.input, x)


def gradients_of(layers: list[Layer]) -> list[Compile]:
    """What makes the gradients of an image and its mirror image."""
    made, _ = both_views(layers)
    return [step for step in made if "compile_planes" in repr(step)]


def test_the_shipped_network_makes_its_gradients_once() -> None:
    assert len(gradients_of(weights.load(asset(DEFAULT_WEIGHTS)).network.layers)) == 1


def test_networks_that_read_together_make_their_gradients_once_each() -> None:
    shipped = weights.load(asset(DEFAULT_WEIGHTS))
    small = build_network(64, "o 8 p", (), np.random.default_rng(0), classes=shipped.outcomes)
    sees = replace(shipped.preprocessing, size=64, margin=1.0)
    network = combine([shipped, replace(shipped, network=small, preprocessing=sees)]).network
    (both,) = network.layers
    assert isinstance(both, Residual)
    for way in (both.layers, both.shortcut):
        assert len(gradients_of(way)) == 1
    compiled = network.compile(mirrored=True)
    x = normal(1, *network.input_shape, dtype=np.float32)
    compiled.input[...] = x
    expected = network.forward(np.concatenate([x, mirrored(x)]))
    np.testing.assert_allclose(compiled(), expected, rtol=1e-4, atol=1e-4)
