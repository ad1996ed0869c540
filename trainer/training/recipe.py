"""Everything that decides what a training run gives, apart from the data."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass, field, replace
from typing import Any

import numpy as np

from trainer.images.preprocessing import LEAST_MARGIN, MOST_MARGIN, Preprocessing
from trainer.letters import CLASSES
from trainer.model.inference import Inference
from trainer.nn.optimisers import OPTIMISERS
from trainer.nn.plan import build_network, plan_layers
from trainer.nn.schedules import SCHEDULES
from trainer.nn.sequential import Sequential
from trainer.training.augment import Augmentation


@dataclass(frozen=True)
class Recipe:
    """Hyper-parameters. The same recipe, data and machine give the same weights.

    Attributes:
        convolutions: Plan of the convolutional layers before the fully-connected ones, in the
            words of `trainer.nn.plan`; empty for a fully-connected network.
        hidden: Widths of the fully-connected hidden layers.
        without_relu: Places among them, from 1, that have no ReLU after them.
        epochs: Passes over the training images.
        small_size: Pixels a side in the first epochs; 0 has the same in all. Small images teach
            the rough shapes in less time (progressive resizing; Tan and Le, "EfficientNetV2",
            2021, section 4).
        small_epochs: How many those are.
        small_margin: Above 0, the network that the small images made is kept, too, and reads
            along with the other one: a square of this margin, at the small size (Huang et al.,
            "Snapshot Ensembles", 2017, which keep networks that a training passes by).
        epoch_images: Images drawn for an epoch; 0 shows each image once.
        balance: With `epoch_images`, how far sources are drawn alike: 0 every image has the
            same chance, 1 every source.
        emphasis: With `epoch_images`, sources and how many times as often as by `balance` each is
            drawn.
        batch_size: Images a mini-batch.
        optimiser: "sgd", "momentum", "adam" or "muon".
        learning_rate: Its peak.
        schedule: "constant", "step" or "cosine".
        weight_decay: Decoupled decay of the weights.
        dropout: Share of hidden values dropped in training.
        label_smoothing: Share of the target given to all letters alike.
        taught: With a teacher, share of the targets that are the teacher's probabilities.
        average: Decay per step of the running average of the weights that is kept in the end;
            0 keeps the last weights.
        no_sign: Share of every mini-batch that shows no letter; above 0 the network has an outcome
            for it, behind the 24 letters.
        augmentation: Changes to the images.
        preprocessing: The network's input.
        reading_margin: Above 0, the finished network sees by this margin: after training with
            random sizes, a nearer look at the end may read better (Touvron et al., "Fixing the
            train-test resolution discrepancy", 2019).
        inference: What the trained model does with its logits.
        seed: Of everything random.
    """

    convolutions: str = ""
    hidden: tuple[int, ...] = (1024, 512, 256)
    without_relu: tuple[int, ...] = ()
    epochs: int = 30
    small_size: int = 0
    small_epochs: int = 0
    small_margin: float = 0.0
    epoch_images: int = 0
    balance: float = 0.0
    emphasis: tuple[tuple[str, float], ...] = ()
    batch_size: int = 256
    optimiser: str = "adam"
    learning_rate: float = 2e-3
    schedule: str = "cosine"
    weight_decay: float = 0.02
    dropout: float = 0.1
    label_smoothing: float = 0.1
    taught: float = 0.0
    average: float = 0.998
    no_sign: float = 0.0
    augmentation: Augmentation = field(default_factory=Augmentation)
    preprocessing: Preprocessing = field(default_factory=Preprocessing)
    reading_margin: float = 0.0
    inference: Inference = field(default_factory=Inference)
    seed: int = 0

    def __post_init__(self) -> None:
        if self.optimiser not in OPTIMISERS:
            raise ValueError(f"optimiser must be one of {sorted(OPTIMISERS)}")
        if self.schedule not in SCHEDULES:
            raise ValueError(f"schedule must be one of {sorted(SCHEDULES)}")
        for name in ("epochs", "batch_size", "learning_rate"):
            if getattr(self, name) <= 0:
                raise ValueError(f"{name} must be positive")
        for name in ("dropout", "label_smoothing", "average", "no_sign"):
            if not 0 <= getattr(self, name) < 1:
                raise ValueError(f"{name} must lie in [0, 1)")
        if not 0 <= self.taught <= 1:
            raise ValueError("taught must lie in [0, 1]")
        if self.taught and (self.label_smoothing or self.small_epochs):
            raise ValueError("taught needs label_smoothing and small_epochs at 0")
        if self.weight_decay < 0:
            raise ValueError("weight_decay must not be negative")
        if self.epoch_images < 0 or not 0 <= self.balance <= 1:
            raise ValueError("epoch_images must not be negative, balance must lie in [0, 1]")
        if not 0 <= self.small_size < self.preprocessing.size:
            raise ValueError("small_size must be smaller than the size")
        if bool(self.small_size) != bool(self.small_epochs):
            raise ValueError("small_size and small_epochs need each other")
        if not 0 <= self.small_epochs < self.epochs:
            raise ValueError("small_epochs must leave an epoch at full size")
        if self.reading_margin and not LEAST_MARGIN <= self.reading_margin <= MOST_MARGIN:
            raise ValueError(f"reading_margin must be 0 or lie in {LEAST_MARGIN}–{MOST_MARGIN}")
        if self.small_margin and not LEAST_MARGIN <= self.small_margin <= self.reading.margin:
            raise ValueError(f"small_margin must be 0 or lie between {LEAST_MARGIN} and the margin")
        if self.small_margin and not self.small_size:
            raise ValueError("small_margin needs small_size")
        if any(not 0 < factor < math.inf for _, factor in self.emphasis):
            raise ValueError("emphasis must be above 0")
        if min(self.hidden, default=1) < 1:
            raise ValueError("hidden must name widths of at least 1")
        if not set(self.without_relu) <= set(range(1, len(self.hidden) + 1)):
            raise ValueError("without_relu must name hidden layers by their place, from 1")
        # Says early what is wrong with a plan.
        plan_layers(self.convolutions, self.preprocessing.size, np.random.default_rng(0))
        if self.small_size:
            plan_layers(self.convolutions, self.small_size, np.random.default_rng(0))

    @property
    def reading(self) -> Preprocessing:
        """What the finished network sees."""
        return replace(self.preprocessing, margin=self.reading_margin or self.preprocessing.margin)

    def at(self, epoch: int) -> Recipe:
        """The recipe as it is in an epoch, from 0: with the size of the images then."""
        if epoch >= self.small_epochs:
            return self
        small = replace(self.preprocessing, size=self.small_size)
        return replace(self, preprocessing=small, small_size=0, small_epochs=0, small_margin=0.0)

    def network(self, rng: np.random.Generator) -> Sequential:
        """The network with fresh weights."""
        return build_network(
            self.preprocessing.size,
            self.convolutions,
            self.hidden,
            rng,
            dropout=self.dropout,
            without_relu=self.without_relu,
            classes=CLASSES + (self.no_sign > 0),
        )

    def to_json(self) -> dict[str, Any]:
        """The recipe as JSON values."""
        return asdict(self) | {
            "hidden": list(self.hidden),
            "without_relu": list(self.without_relu),
            "emphasis": dict(self.emphasis),
        }
