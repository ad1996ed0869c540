"""Recipes to choose from."""

from __future__ import annotations

from dataclasses import dataclass

from asl_desktop.language import QT_TRANSLATE_NOOP
from trainer.training import recipes
from trainer.training.recipe import Recipe

CONTEXT = "Preset"


@dataclass(frozen=True)
class Preset:
    """A recipe with a name.

    Attributes:
        name: For the list.
        purpose: One sentence on what it is for.
        recipe: Its hyper-parameters.
        from_loaded: Whether it starts from the network that reads live.
    """

    name: str
    purpose: str
    recipe: Recipe
    from_loaded: bool = False


PRESETS = (
    Preset(
        QT_TRANSLATE_NOOP("Preset", "Quick look"),
        QT_TRANSLATE_NOOP(
            "Preset",
            "A small network in less than a minute, to see whether the images are usable.",
        ),
        recipes.QUICK_LOOK,
    ),
    Preset(
        QT_TRANSLATE_NOOP("Preset", "Course network"),
        QT_TRANSLATE_NOOP(
            "Preset",
            "Three layers of 300, plain SGD, no augmentation: what this project began with.",
        ),
        recipes.course_network(),
    ),
    Preset(
        QT_TRANSLATE_NOOP("Preset", "Fully connected"),
        QT_TRANSLATE_NOOP(
            "Preset", "The fully-connected network of the model card, with augmentation."
        ),
        recipes.FULLY_CONNECTED,
    ),
    Preset(
        QT_TRANSLATE_NOOP("Preset", "Fine-tune the loaded network"),
        QT_TRANSLATE_NOOP(
            "Preset",
            "Starts from the network that reads live and takes small steps. Letters without "
            "images stay known.",
        ),
        recipes.FINE_TUNING,
        from_loaded=True,
    ),
)
