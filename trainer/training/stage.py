"""A training run at one size of image: it has one stage, or two when images grow."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from trainer.data.collection import Collection
from trainer.data.dataset import Dataset
from trainer.model.model import Model
from trainer.nn.enlarge import enlarge
from trainer.nn.layers.layer import Array
from trainer.nn.optimisers import OPTIMISERS, Optimiser, WeightEMA
from trainer.nn.sequential import Sequential
from trainer.training.augment import Augmenter
from trainer.training.finetune import Adaptation
from trainer.training.joint_loss import joint_targets
from trainer.training.no_sign import NoSign
from trainer.training.recipe import Recipe


class Stage:
    """A network with its optimiser, its average and the mini-batches it is trained on.

    Args:
        recipe: As it is at this size.
        collection: The training images.
        validation: The validation images.
        network: With the initial weights.
        adaptation: Of this network, in fine-tuning.
    """

    def __init__(
        self,
        recipe: Recipe,
        collection: Collection,
        validation: Dataset | None,
        network: Sequential,
        adaptation: Adaptation | None = None,
    ) -> None:
        self.recipe = recipe
        self._collection = collection
        self._validation = validation
        self.without_sign = round(recipe.batch_size * recipe.no_sign)
        """Images of a mini-batch that show no letter."""
        self.chances = collection.weights(recipe.balance, recipe.source_weights)
        """(n,) probability of drawing each image."""
        self.adaptation = adaptation
        if adaptation is not None:
            self.chances = adaptation.chances(self.chances)
        self.network = network
        self.optimiser: Optimiser = OPTIMISERS[recipe.optimiser](network, recipe.weight_decay)
        self.average = WeightEMA(network, recipe.ema)
        self.model = Model(network, recipe.reading, inference=recipe.inference)
        """With the weights as they are."""
        self.held_out = None if validation is None else validation.inputs(recipe.reading)
        self._augmenter = Augmenter(
            collection, recipe.preprocessing, recipe.augmentation, recipe.seed
        )
        self._no_sign: NoSign | None = None
        if self.without_sign:
            self._no_sign = NoSign(collection, self._augmenter, self.chances)

    def inputs(
        self, chosen: NDArray[np.int64], rng: np.random.Generator
    ) -> tuple[NDArray[np.float32], NDArray[np.float32] | None]:
        """Network inputs of the chosen images, and behind them of no-sign images.

        With them the joints (n, 42) of all, as `joint_targets`, where the network learns them.
        """
        shown, warps = self._augmenter.batch(chosen, rng)
        joints = None
        if self.recipe.joints:
            known = self._collection.joints[chosen]
            joints = joint_targets(known, warps, self.recipe.preprocessing.size)
        if self._no_sign is not None:
            shown = np.vstack([shown, self._no_sign.batch(self.without_sign, rng)])
        if joints is not None and self.without_sign:
            nowhere = np.full((self.without_sign, joints.shape[1]), np.nan, np.float32)
            joints = np.vstack([joints, nowhere])
        return shown, joints

    def enlarged(self, recipe: Recipe) -> Stage:
        """The stage for larger images, initialised from the average of the weights."""
        network = recipe.network(np.random.default_rng([recipe.seed]))
        with self.average.applied():
            enlarge(self.network, network)
        return Stage(recipe, self._collection, self._validation, network)

    @contextmanager
    def saved_weights(self) -> Iterator[Array]:
        """The network holds the weights to save inside of the `with`, and its own again after.

        The `with` gives the network's own weights.
        """
        with self.average.applied() as theta:
            if self.adaptation is None:
                yield theta
                return
            own = theta.copy()
            with self.adaptation.interpolated():
                yield own

    def state(self, epoch: int, theta: Array) -> dict[str, Array]:
        """All that the next epochs depend on, apart from recipe and data; nothing is copied."""
        return {
            "progress": np.array([epoch, self.optimiser.steps, self.average.steps], np.int64),
            # The network itself may hold the weights to save.
            "theta": theta,
            "average": self.average.average,
            **{f"optimiser.{name}": array for name, array in self.optimiser.state.items()},
            **{f"network.{name}": array for name, array in self.network.state().items()},
        }

    def resume(self, state: dict[str, Array]) -> None:
        """Goes on from what `state` gave."""
        self.network.load_state(_part(state, "network."))
        self.network.theta[...] = state["theta"]
        self.average.average[...] = state["average"]
        for name, array in self.optimiser.state.items():
            array[...] = state[f"optimiser.{name}"]
        _, self.optimiser.steps, self.average.steps = map(int, state["progress"])


def _part(state: dict[str, Array], prefix: str) -> dict[str, Array]:
    """The arrays whose names start with `prefix`, under the rest of their names."""
    return {name.removeprefix(prefix): a for name, a in state.items() if name.startswith(prefix)}


def fitted_to(recipe: Recipe, data: Dataset | Collection) -> Recipe:
    """The recipe with the data set's mean and standard deviation, where it normalises by them."""
    if recipe.preprocessing.normalise != "dataset":
        return recipe
    datasets = data.datasets if isinstance(data, Collection) else [data]
    levels = np.arange(256)
    counts = sum(np.bincount(d.images.ravel(), minlength=256) for d in datasets)
    mean = float(np.average(levels, weights=counts))
    deviation = float(np.sqrt(np.average((levels - mean) ** 2, weights=counts)))
    fitted = replace(recipe.preprocessing, mean=mean, standard_deviation=max(deviation, 1.0))
    return replace(recipe, preprocessing=fitted)
