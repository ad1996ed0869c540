"""Recipes to choose from, in the words of `trainer train`."""

from __future__ import annotations

from dataclasses import dataclass, field

from asl_desktop.language import QT_TRANSLATE_NOOP

CONTEXT = "Preset"


@dataclass(frozen=True)
class Preset:
    """A recipe with a name.

    Attributes:
        name: For the list.
        purpose: One sentence on what it is for.
        settings: By the flags of `trainer train`; all others keep their defaults.
        from_loaded: Whether it goes on from the network that reads live.
    """

    name: str
    purpose: str
    settings: dict[str, str] = field(default_factory=dict)
    from_loaded: bool = False


PRESETS = (
    Preset(
        QT_TRANSLATE_NOOP("Preset", "Quick look"),
        QT_TRANSLATE_NOOP(
            "Preset",
            "A small network, in less than a minute: shows whether the images are any good.",
        ),
        {"--hidden": "256,128", "--epochs": "8"},
    ),
    Preset(
        QT_TRANSLATE_NOOP("Preset", "Course network"),
        QT_TRANSLATE_NOOP(
            "Preset",
            "Three layers of 300, plain SGD, no augmentation: what this project began with.",
        ),
        {
            "--hidden": "300,300,300",
            "--epochs": "20",
            "--batch-size": "512",
            "--learning-rate": "0.256",
            "--optimiser": "sgd",
            "--schedule": "constant",
            "--normalise": "fixed",
            "--augmentation": "none",
            "--weight-decay": "0",
            "--dropout": "0",
            "--label-smoothing": "0",
            "--average": "0",
        },
    ),
    Preset(
        QT_TRANSLATE_NOOP("Preset", "Record"),
        QT_TRANSLATE_NOOP(
            "Preset", "The fully-connected network of the model card, with augmentation."
        ),
    ),
    Preset(
        QT_TRANSLATE_NOOP("Preset", "Fine-tune what is loaded"),
        QT_TRANSLATE_NOOP(
            "Preset",
            "Goes on from the network that reads live, in small steps. Letters without images "
            "are kept.",
        ),
        {
            "--epochs": "5",
            "--batch-size": "64",
            "--learning-rate": "0.0002",
            "--weight-decay": "0",
            "--label-smoothing": "0.05",
            "--augmentation": "room",
        },
        from_loaded=True,
    ),
)

COURSE = 1
"""Place of the course network among them."""
