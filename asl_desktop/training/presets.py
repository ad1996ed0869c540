"""Recipes to choose from, in the words of `trainer train`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Preset:
    """A recipe with a name.

    Attributes:
        name: For the list.
        purpose: One sentence on what it is for.
        hidden: Widths of the hidden layers.
        epochs: Passes over the pictures.
        batch_size: Pictures a mini-batch.
        learning_rate: Its peak.
        more: Further arguments of `trainer train`.
    """

    name: str
    purpose: str
    hidden: str
    epochs: int
    batch_size: int
    learning_rate: float
    more: tuple[str, ...] = ()


PRESETS = (
    Preset(
        "Quick look",
        "A small network in about a minute: shows whether the pictures are any good.",
        "256,128",
        8,
        256,
        2e-3,
    ),
    Preset(
        "Course network",
        "Three layers of 300, plain SGD, no augmentation: what this project began with.",
        "300,300,300",
        20,
        512,
        0.256,
        (
            *("--optimiser", "sgd", "--schedule", "constant", "--normalise", "fixed"),
            *("--augmentation", "none", "--weight-decay", "0", "--dropout", "0"),
            *("--label-smoothing", "0", "--average", "0"),
        ),
    ),
    Preset(
        "Record",
        "The fully-connected network of the model card, with augmentation.",
        "1024,512,256",
        30,
        256,
        2e-3,
    ),
)
