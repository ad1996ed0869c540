"""Folders of the user's own data: training runs, samples, learner progress."""

from __future__ import annotations

from pathlib import Path

from trainer.support import paths


def runs() -> Path:
    """Training runs, including those of the command line."""
    return paths.runs()


def draft() -> Path:
    """The text of the Live tab."""
    return paths.user_data() / "text.txt"


def default_weights() -> Path:
    """The weights that the user set as the default."""
    return paths.user_data() / "weights" / "default.safetensors"


def data() -> Path:
    """The folder of all of them."""
    return paths.user_data()


def my_hand() -> Path:
    """Samples of the first person's hand and the weights fine-tuned on them."""
    return paths.user_data() / "mine"


def practice() -> Path:
    """The learner's progress."""
    return paths.user_data() / "practice.json"
