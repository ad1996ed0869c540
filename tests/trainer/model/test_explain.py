from __future__ import annotations

import numpy as np
import pytest

from trainer.images.preprocessing import Preprocessing
from trainer.model.explain import first_layer, occlusion
from trainer.model.model import Model
from trainer.nn.plan import build_network


def model(plan: str = "", hidden: tuple[int, ...] = (8,)) -> Model:
    network = build_network(28, plan, hidden, np.random.default_rng(0))
    return Model(network, Preprocessing(normalise="dataset", mean=128, standard_deviation=64))


def test_weights_of_pixels_become_images() -> None:
    images = first_layer(model(), most=5)
    assert images.shape == (5, 28, 28)
    strength = np.abs(images).sum(axis=(1, 2))
    assert (np.diff(strength) <= 0).all()
    weight = model().network.state()["0.weight"]
    assert any(np.array_equal(images[0].ravel(), column) for column in weight.T)


@pytest.mark.parametrize("plan", ["6k5", "o 6k5 p"])
def test_kernels_become_images(plan: str) -> None:
    assert first_layer(model(plan)).shape == (6, 5, 5)


@pytest.mark.parametrize(
    ("plan", "shape"), [("o", (14, 14)), ("p", (14, 14)), ("o p", (7, 7)), ("o g", (1, 1))]
)
def test_weights_of_a_smaller_map_become_images_of_its_size(
    plan: str, shape: tuple[int, int]
) -> None:
    assert first_layer(model(plan)).shape == (8, *shape)


def test_the_place_that_matters_is_found() -> None:
    network = build_network(28, "", [], np.random.default_rng(0))
    network.theta[:] = 0
    weight = network.state()["0.weight"].reshape(28, 28, 24)
    weight[4:8, 20:24, 3] = 1.0
    image = np.full((28, 28), 90, np.uint8)
    image[4:8, 20:24] = 255
    reader = Model(network, Preprocessing(normalise="dataset", mean=128, standard_deviation=64))
    heat = occlusion(reader, image, 3)
    assert heat.shape == (14, 14)
    row, column = np.unravel_index(heat.argmax(), heat.shape)
    assert (abs(row * 2 + 1 - 5.5) <= 3, abs(column * 2 + 1 - 21.5) <= 3) == (True, True)
    assert heat[12, 2] == pytest.approx(0, abs=1e-6)


@pytest.mark.parametrize(("size", "places"), [(28, 14), (64, 32), (96, 24)])
def test_a_finer_image_is_covered_in_no_more_places(size: int, places: int) -> None:
    network = build_network(size, "", (), np.random.default_rng(0))
    reader = Model(network, Preprocessing(size=size))
    image = np.random.default_rng(0).integers(0, 256, (size, size), dtype=np.uint8)
    assert occlusion(reader, image, 3).shape == (places, places)
