"""The folder of the user's own data, which the command line and the app share."""

from __future__ import annotations

import os
from pathlib import Path

OVERRIDE = "ASL_DESKTOP_DATA"
"""Environment variable that names another folder, such as one on a larger disk."""


def user_data() -> Path:
    """Where runs, samples and records are kept; not made here."""
    override = os.environ.get(OVERRIDE)
    if override:
        return Path(override)
    # Imported when it is used, so that the app's start stays fast.
    import platformdirs

    return platformdirs.user_data_path("asl-desktop", appauthor=False)


def runs() -> Path:
    """Where training runs are kept."""
    return user_data() / "runs"


_PACKAGE = Path(__file__).resolve().parents[1]


def _folder(name: str) -> Path:
    """`trainer/_NAME` in an installed wheel, the top-level folder NAME in a checkout."""
    installed = _PACKAGE / f"_{name}"
    return installed if installed.is_dir() else _PACKAGE.parent / name


def asset(name: str) -> Path:
    """Path of a file under `assets/`, such as `weights/default.safetensors`."""
    return _folder("assets") / name


def document(name: str) -> Path:
    """Path of a text that comes with the program, such as `docs/user-guide.md` or `LICENSE`."""
    installed = _PACKAGE / "_documents"
    return installed / Path(name).name if installed.is_dir() else _PACKAGE.parent / name


def packaged_data(name: str) -> Path:
    """Path of a file under `data/`."""
    return _folder("data") / name


DEMO_CLIP = "demo/demo.mp4"
"""A hand that spells; what and when is in the .json file beside it."""

REFERENCE = "reference"
"""Folder with an image of each letter, A.webp to Z.webp."""

DEFAULT_WEIGHTS = "weights/default.safetensors"
"""For hands that were in no training image."""

FINDER_WEIGHTS = "weights/finder.safetensors"
"""Of the network that finds the hand in whole frames."""

MOVEMENT_WEIGHTS = "weights/movement.safetensors"
"""Of the network that reads J and Z in the movement of the hand's joints."""

SIGN_MNIST_WEIGHTS = "weights/sign_mnist.safetensors"
"""Fully-connected, for Sign Language MNIST."""

SHIPPED_CARDS = "weights/cards.json"
"""Model cards of the shipped weights, by the SHA-256 of their parameters."""
