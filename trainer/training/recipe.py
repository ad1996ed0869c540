"""Everything that decides what a training run gives, apart from the data."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from typing import Any

import numpy as np

from trainer.images.preprocessing import (
    LEAST_MARGIN,
    LEAST_SIZE,
    MOST_MARGIN,
    MOST_SIZE,
    Preprocessing,
)
from trainer.joints import JOINTS
from trainer.letters import CLASSES
from trainer.model.inference import Inference
from trainer.nn.limits import check_cost
from trainer.nn.optimisers import OPTIMISERS
from trainer.nn.plan import build_network, plan_layers
from trainer.nn.schedules import SCHEDULES
from trainer.nn.sequential import Sequential
from trainer.support.hyper_parameter import check, hyper_parameter, hyper_parameters, renamed
from trainer.training.augment import Augmentation

_MANY = 10**9
"""More epochs, images or seeds than anybody needs."""


@dataclass(frozen=True)
class Recipe:
    """Hyper-parameters. The same recipe, data and machine give the same weights.

    Small images in the first epochs teach the rough shapes in less time (progressive resizing; Tan
    and Le, "EfficientNetV2", 2021, section 4). After training with random sizes, a finished network
    may read better by a smaller margin than it was trained with (Touvron et al., "Fixing the
    train-test resolution discrepancy", 2019).
    """

    convolutions: str = hyper_parameter(
        "",
        "Convolutions",
        "Convolutional layers before the hidden ones, such as “o 32 p 64 p”; empty: none",
        of_network=True,
    )
    hidden: tuple[int, ...] = hyper_parameter(
        (1024, 512, 256),
        "Hidden layers",
        "Widths of the hidden layers, from the first to the last, such as 512,256",
        low=1,
        high=65_536,
        of_network=True,
    )
    without_relu: tuple[int, ...] = hyper_parameter(
        (),
        "Linear layers",
        "Indices, from 1, of hidden layers without a ReLU",
        low=1,
        high=1000,
        of_network=True,
    )
    dropout: float = hyper_parameter(
        0.1,
        "Dropout",
        "Share of hidden values that are set to 0 in a step; reduces overfitting",
        high=1,
        open_high=True,
        of_network=True,
    )
    epochs: int = hyper_parameter(
        30, "Epochs", "Passes over the training images", low=1, high=_MANY
    )
    initial_size: int = hyper_parameter(
        0,
        "Initial size",
        "Image size in the first epochs (progressive resizing); 0: the same in all",
        low=LEAST_SIZE,
        high=MOST_SIZE,
        or_zero=True,
    )
    initial_epochs: int = hyper_parameter(
        0, "Initial epochs", "Epochs at the initial size", high=_MANY
    )
    batch_size: int = hyper_parameter(
        256, "Batch size", "Images per mini-batch", low=1, high=65_536
    )
    epoch_images: int = hyper_parameter(
        0, "Images per epoch", "Images drawn per epoch; 0: each image once", high=_MANY
    )
    balance: float = hyper_parameter(
        0.0,
        "Balance",
        "With images drawn per epoch, 0: uniform over images, 1: uniform over sources",
        high=1,
    )
    source_weights: tuple[tuple[str, float], ...] = hyper_parameter(
        (),
        "Source weights",
        "With images drawn per epoch: how many times as often as by balance a source is drawn, "
        "such as sign_mnist_train:0.4",
        open_low=True,
    )
    optimiser: str = hyper_parameter(
        "adam",
        "Optimiser",
        "sgd: the plain gradient; momentum: its running mean; adam: scaled for each weight; muon: "
        "orthogonalised for each layer",
        choices=tuple(sorted(OPTIMISERS)),
    )
    learning_rate: float = hyper_parameter(
        2e-3, "Learning rate", "Peak learning rate", open_low=True
    )
    schedule: str = hyper_parameter(
        "cosine",
        "Schedule",
        "How the learning rate falls towards the end",
        choices=tuple(sorted(SCHEDULES)),
    )
    weight_decay: float = hyper_parameter(
        0.02, "Weight decay", "Decoupled decay of the weights; reduces overfitting", high=100
    )
    label_smoothing: float = hyper_parameter(
        0.1,
        "Label smoothing",
        "Share of the target that is uniform over all classes; reduces overconfidence",
        high=1,
        open_high=True,
    )
    distillation_weight: float = hyper_parameter(
        0.0,
        "Distillation weight",
        "Share of the target that is the teacher's probabilities; above 0 needs --teacher",
        high=1,
    )
    ema: float = hyper_parameter(
        0.998,
        "EMA",
        "Decay per step of the exponential moving average of the weights that is saved; 0: the "
        "last weights are saved",
        high=1,
        open_high=True,
    )
    no_sign: float = hyper_parameter(
        0.0,
        "No-sign images",
        "Share of each mini-batch that shows no sign; above 0 the network has a class for it",
        high=1,
        open_high=True,
    )
    joints: float = hyper_parameter(
        0.0,
        "Joints",
        "Weight of the loss of the hand's joints; above 0 the network has 42 outputs for them",
        high=100,
    )
    inference_margin: float = hyper_parameter(
        0.0,
        "Inference margin",
        "Crop margin of the finished network; 0: that of the training",
        low=LEAST_MARGIN,
        high=MOST_MARGIN,
        or_zero=True,
    )
    seed: int = hyper_parameter(
        0, "Seed", "Of everything random: the same seed gives the same weights", high=_MANY
    )
    preprocessing: Preprocessing = field(default_factory=Preprocessing)
    inference: Inference = field(default_factory=Inference)
    augmentation: Augmentation = field(default_factory=Augmentation)

    def __post_init__(self) -> None:
        check(self)
        if self.distillation_weight and (self.label_smoothing or self.initial_epochs):
            raise ValueError("distillation_weight needs label_smoothing and initial_epochs at 0")
        if self.initial_size >= self.preprocessing.size:
            raise ValueError("initial_size must be smaller than size")
        if bool(self.initial_size) != bool(self.initial_epochs):
            raise ValueError("initial_size and initial_epochs need each other")
        if self.initial_epochs >= self.epochs:
            raise ValueError("initial_epochs must leave an epoch at full size")
        if round(self.batch_size * self.no_sign) >= self.batch_size:
            raise ValueError("no_sign must leave a letter in each mini-batch")
        if len(dict(self.source_weights)) < len(self.source_weights):
            raise ValueError("source_weights must name each source once")
        if not set(self.without_relu) <= set(range(1, len(self.hidden) + 1)):
            raise ValueError("without_relu must name indices of hidden layers, from 1")
        # Reports a wrong plan before any data are read.
        for size in filter(None, (self.preprocessing.size, self.initial_size)):
            layers, _ = plan_layers(self.convolutions, size, np.random.default_rng(0))
            # A larger network could not be loaded again.
            check_cost(layers, (size * size,), (*self.hidden, self.outputs))

    @property
    def reading(self) -> Preprocessing:
        """The finished network's preprocessing."""
        margin = self.inference_margin or self.preprocessing.margin
        return replace(self.preprocessing, margin=margin)

    def at(self, epoch: int) -> Recipe:
        """The recipe of an epoch, from 0, with the size of that epoch's images."""
        if epoch >= self.initial_epochs:
            return self
        small = replace(self.preprocessing, size=self.initial_size)
        return replace(self, preprocessing=small, initial_size=0, initial_epochs=0)

    def network(self, rng: np.random.Generator) -> Sequential:
        """The network with fresh weights."""
        return build_network(
            self.preprocessing.size,
            self.convolutions,
            self.hidden,
            rng,
            dropout=self.dropout,
            without_relu=self.without_relu,
            classes=self.outputs,
        )

    @property
    def outputs(self) -> int:
        """Number of the network's outputs: letters, perhaps "no sign", perhaps joints."""
        return CLASSES + (self.no_sign > 0) + 2 * JOINTS * (self.joints > 0)

    def to_json(self) -> dict[str, Any]:
        """The recipe as JSON values."""
        return asdict(self) | {
            "hidden": list(self.hidden),
            "without_relu": list(self.without_relu),
            "source_weights": dict(self.source_weights),
        }

    @classmethod
    def from_json(cls, settings: Any) -> Recipe:
        """The recipe that `to_json` gave, also under earlier names.

        A setting that is missing was added since, and has its default.

        Raises:
            ValueError: A setting is unknown or out of range.
        """
        try:
            values = dict(renamed(settings))
            if values.pop("small_margin", 0):
                raise ValueError("ensembles with a low-resolution member are not trained any more")
            for key in ("hidden", "without_relu"):
                values[key] = tuple(values.get(key, getattr(cls, key)))
            values["source_weights"] = tuple(dict(values.get("source_weights", {})).items())
            for part in _PARTS.keys() & values.keys():
                values[part] = _PARTS[part](**values[part])
            return cls(**values)
        except TypeError as error:
            raise ValueError(str(error)) from None


_PARTS = {
    "preprocessing": Preprocessing,
    "inference": Inference,
    "augmentation": Augmentation,
}
"""Classes of a recipe's parts, by field."""

PARAMETERS = [
    (part, parameter)
    for part, cls in ({"": Recipe} | _PARTS).items()
    for parameter in hyper_parameters(cls)
]
"""All hyper-parameters, each behind the recipe's field that holds it; "" is the recipe itself."""


@dataclass(frozen=True)
class NetworkRecipe:
    """Hyper-parameters of one of the hand finder's networks; the schedule is a cosine.

    Attributes:
        widths: Channels of the convolutions; see `detection_network` and `refinement_network`.
        steps: Number of mini-batches.
        batch_size: Images per mini-batch.
        optimiser: As in `Recipe`.
        learning_rate: Peak learning rate.
        weight_decay: Decoupled decay of the weights.
        ema: Decay of the exponential moving average of the weights, which is the result.
        seed: Of everything random.
    """

    widths: tuple[int, ...]
    steps: int
    batch_size: int
    optimiser: str
    learning_rate: float
    weight_decay: float
    ema: float
    seed: int = 0

    def to_json(self) -> dict[str, Any]:
        """The recipe as JSON values."""
        return asdict(self) | {"widths": list(self.widths)}
