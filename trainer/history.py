"""What a weight file tells of how it was made."""

from __future__ import annotations

from typing import Any

from trainer.recipe import Recipe
from trainer.version import version


def history(
    command: str, recipe: Recipe, digests: dict[str, str], scores: dict[str, float]
) -> dict[str, Any]:
    """The `about` of a trained model.

    Args:
        command: The command line that makes the same weights again, without the place for them.
        recipe: Hyper-parameters.
        digests: SHA-256 of the training data, by file name.
        scores: That were measured in training.
    """
    return {
        "command": command,
        "recipe": recipe.to_json(),
        "data": digests,
        "scores": scores,
        "version": version(),
    }
