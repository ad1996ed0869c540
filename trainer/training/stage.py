"""What learns at one size of image: a training run has one stage, or two when images grow."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from trainer.data.collection import Collection
from trainer.data.dataset import Dataset
from trainer.model.model import Model
from trainer.nn.enlarge import enlarge
from trainer.nn.layers.layer import Array
from trainer.nn.optimisers import OPTIMISERS, Optimiser, WeightAverage
from trainer.nn.sequential import Sequential
from trainer.training.augment import Augmenter
from trainer.training.no_sign import NoSign
from trainer.training.recipe import Recipe


class Stage:
    """A network, and all that teaches and measures it.

    Args:
        recipe: As it is at this size.
        collection: The images to learn from.
        validation: The images to measure on.
        network: With the weights to begin with.
    """

    def __init__(
        self,
        recipe: Recipe,
        collection: Collection,
        validation: Dataset | None,
        network: Sequential,
    ) -> None:
        self.recipe = recipe
        self._collection = collection
        self._validation = validation
        self.without_sign = round(recipe.batch_size * recipe.no_sign)
        """Images of a mini-batch that show no letter."""
        self.chances = collection.weights(recipe.balance, recipe.source_weights)
        """(n,) of drawing each image."""
        self.network = network
        self.optimiser: Optimiser = OPTIMISERS[recipe.optimiser](network, recipe.weight_decay)
        self.average = WeightAverage(network, recipe.ema)
        self._model = Model(network, recipe.reading, inference=recipe.inference)
        self.held_out = None if validation is None else validation.inputs(recipe.reading)
        self._augmenter = Augmenter(
            collection, recipe.preprocessing, recipe.augmentation, recipe.seed
        )
        self._no_sign: NoSign | None = None
        if self.without_sign:
            self._no_sign = NoSign(collection, self._augmenter, self.chances)

    def inputs(self, chosen: NDArray[np.int64], rng: np.random.Generator) -> NDArray[np.float32]:
        """Network inputs of the chosen images, and behind them of some without a sign."""
        shown = self._augmenter.batch(chosen, rng)
        if self._no_sign is None:
            return shown
        return np.vstack([shown, self._no_sign.batch(self.without_sign, rng)])

    def enlarged(self, recipe: Recipe) -> Stage:
        """The stage for larger images, which begins with the average of the weights."""
        network = recipe.network(np.random.default_rng([recipe.seed]))
        with self.average.applied():
            enlarge(self.network, network)
        return Stage(recipe, self._collection, self._validation, network)

    def kept(self) -> Model:
        """The model as it would be saved now."""
        return self._model

    def state(self, epoch: int, theta: Array) -> dict[str, Array]:
        """All that the next epochs depend on, apart from recipe and data; nothing is copied."""
        return {
            "progress": np.array([epoch, self.optimiser.steps, self.average.steps], np.int64),
            # In the network itself, the average takes its place while an epoch's weights are shown.
            "theta": theta,
            "average": self.average.average,
            **{f"optimiser.{name}": array for name, array in self.optimiser.state.items()},
            **{f"network.{name}": array for name, array in self.network.state().items()},
        }

    def go_on_from(self, state: dict[str, Array]) -> None:
        """Takes what `state` gave."""
        self.network.load_state(_part(state, "network."))
        self.network.theta[...] = state["theta"]
        self.average.average[...] = state["average"]
        for name, array in self.optimiser.state.items():
            array[...] = state[f"optimiser.{name}"]
        _, self.optimiser.steps, self.average.steps = map(int, state["progress"])


def _part(state: dict[str, Array], prefix: str) -> dict[str, Array]:
    """The arrays whose names begin so, under the rest of their names."""
    return {name.removeprefix(prefix): a for name, a in state.items() if name.startswith(prefix)}


def fitted_to(recipe: Recipe, data: Dataset | Collection) -> Recipe:
    """The recipe with the images' mean and standard deviation, where it normalises by them."""
    if recipe.preprocessing.normalise != "dataset":
        return recipe
    datasets = data.datasets if isinstance(data, Collection) else [data]
    levels = np.arange(256)
    counts = sum(np.bincount(d.images.ravel(), minlength=256) for d in datasets)
    mean = float(np.average(levels, weights=counts))
    deviation = float(np.sqrt(np.average((levels - mean) ** 2, weights=counts)))
    fitted = replace(recipe.preprocessing, mean=mean, standard_deviation=max(deviation, 1.0))
    return replace(recipe, preprocessing=fitted)
