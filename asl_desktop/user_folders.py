"""Folders of the user's own data: training runs, samples, learner progress."""

from __future__ import annotations

from pathlib import Path

from trainer.support import paths


def runs() -> Path:
    """Where training runs are kept, those of the command line among them."""
    return paths.runs()


def draft() -> Path:
    """The text that is being written in the Live tab."""
    return paths.user_data() / "text.txt"


def default_weights() -> Path:
    """The weights that the user set as the default."""
    return paths.user_data() / "weights" / "default.safetensors"


def mine() -> Path:
    """Samples of the user's own hand, and weights that learned them."""
    return paths.user_data() / "mine"


def own_weights() -> Path:
    """The weights that learned the user's hand, if the user kept them."""
    return paths.user_data() / "weights" / "mine.safetensors"


def practice() -> Path:
    """What the user has practised, letter by letter."""
    return paths.user_data() / "practice.json"
