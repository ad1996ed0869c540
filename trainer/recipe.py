"""Everything that decides what a training run gives, apart from the data."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from trainer.augment import Augmentation
from trainer.nn.optimisers import OPTIMISERS
from trainer.nn.schedules import SCHEDULES
from trainer.preprocess import Preprocessing


@dataclass(frozen=True)
class Recipe:
    """Hyper-parameters. The same recipe, data and machine give the same weights.

    Attributes:
        hidden: Widths of the hidden layers.
        epochs: Passes over the training pictures.
        batch_size: Pictures a mini-batch.
        optimiser: "sgd", "momentum" or "adam".
        learning_rate: Its peak.
        schedule: "constant", "step" or "cosine".
        weight_decay: Decoupled decay of the weights.
        dropout: Share of hidden values dropped in training.
        label_smoothing: Share of the target given to all letters alike.
        average: Decay per step of the running average of the weights that is kept in the end;
            0 keeps the last weights.
        augmentation: Changes to the pictures.
        preprocessing: The network's input.
        seed: Of everything random.
    """

    hidden: tuple[int, ...] = (1024, 512, 256)
    epochs: int = 40
    batch_size: int = 256
    optimiser: str = "adam"
    learning_rate: float = 1e-3
    schedule: str = "cosine"
    weight_decay: float = 0.02
    dropout: float = 0.1
    label_smoothing: float = 0.05
    average: float = 0.998
    augmentation: Augmentation = field(default_factory=Augmentation)
    preprocessing: Preprocessing = field(default_factory=Preprocessing)
    seed: int = 0

    def __post_init__(self) -> None:
        if self.optimiser not in OPTIMISERS:
            raise ValueError(f"optimiser must be one of {sorted(OPTIMISERS)}")
        if self.schedule not in SCHEDULES:
            raise ValueError(f"schedule must be one of {sorted(SCHEDULES)}")
        for name in ("epochs", "batch_size", "learning_rate"):
            if getattr(self, name) <= 0:
                raise ValueError(f"{name} must be positive")
        for name in ("dropout", "label_smoothing", "average"):
            if not 0 <= getattr(self, name) < 1:
                raise ValueError(f"{name} must lie in [0, 1)")
        if self.weight_decay < 0:
            raise ValueError("weight_decay must not be negative")
        if not self.hidden or min(self.hidden) < 1:
            raise ValueError("hidden must name at least one width, each of at least 1")

    def to_json(self) -> dict[str, Any]:
        """The recipe as JSON values."""
        return asdict(self) | {"hidden": list(self.hidden)}
