"""Where the files that travel with the program are."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def _folder(name: str) -> Path:
    """`trainer/_NAME` in an installed wheel, the top-level folder NAME in a checkout."""
    installed = _PACKAGE / f"_{name}"
    return installed if installed.is_dir() else _PACKAGE.parent / name


def asset(name: str) -> Path:
    """Path of a file under `assets/`, such as `weights/default.safetensors`."""
    return _folder("assets") / name


def packaged_data(name: str) -> Path:
    """Path of a file under `data/`."""
    return _folder("data") / name


DEMO_CLIP = "demo/demo.mp4"
"""A hand that spells; what and when is in the .json file beside it."""

REFERENCE = "reference"
"""Folder with a picture of each letter, A.webp to Z.webp."""

DEFAULT_WEIGHTS = "weights/default.safetensors"
"""For hands that were in no training picture."""

FINDER_WEIGHTS = "weights/finder.safetensors"
"""Of the network that finds the hand in whole frames."""

RECORD_WEIGHTS = "weights/record.safetensors"
"""Fully-connected, for Sign Language MNIST."""
