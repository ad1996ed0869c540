from __future__ import annotations

import numpy as np
import pytest

from tests.trainer.nn.checks import normal
from trainer.model import weights
from trainer.nn.fast.compiler import CompiledNetwork
from trainer.nn.fast.folding import fold_batch_norms
from trainer.nn.fast.mirrored import shared_start
from trainer.nn.plan import build_network
from trainer.support.paths import DEFAULT_WEIGHTS, asset


def mirrored(x: np.ndarray) -> np.ndarray:
    """Flat square images (n, size²), left and right exchanged."""
    size = int(x.shape[1] ** 0.5)
    return x.reshape(-1, size, size)[:, :, ::-1].reshape(x.shape)


# Of 22 pixels, 11 columns remain: the pool would ignore another one in the mirrored image.
@pytest.mark.parametrize("size", [24, 22])
@pytest.mark.parametrize("plan", ["", "o", "o 8 p 16 p", "o 8 6", "o 8k5 p", "o 8s2 p", "8 p"])
@pytest.mark.parametrize("batch", [1, 3])
def test_both_views_are_read(plan: str, size: int, batch: int) -> None:
    rng = np.random.default_rng(0)
    network = build_network(size, plan, [], rng)
    network.forward(rng.normal(1, 2, (16, size**2)).astype(np.float32), training=True)
    compiled = CompiledNetwork(network, batch, mirrored=True)
    x = normal(batch, size**2, dtype=np.float32)
    compiled.input[...] = x
    logits = compiled().reshape(batch, 2, -1)
    np.testing.assert_allclose(logits[:, 0], network.forward(x), rtol=1e-4, atol=2e-5)
    np.testing.assert_allclose(logits[:, 1], network.forward(mirrored(x)), rtol=1e-4, atol=2e-5)
    np.testing.assert_array_equal(compiled.input, x)


@pytest.mark.parametrize(("size", "plan"), [(24, "o 8 6"), (24, "8 p"), (22, "o 8 p"), (24, "")])
def test_other_networks_share_no_start(size: int, plan: str) -> None:
    network = build_network(size, plan, [], np.random.default_rng(0))
    assert not shared_start(fold_batch_norms(network.layers))


def test_the_shipped_network_computes_its_gradients_once() -> None:
    network = weights.load(asset(DEFAULT_WEIGHTS)).network
    kinds = [layer.kind for layer in shared_start(fold_batch_norms(network.layers))]
    assert kinds == ["reshape", "oriented_gradients", "conv2d", "max_pool2d", "relu"]
