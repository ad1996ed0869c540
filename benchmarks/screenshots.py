"""Takes the pictures of the window that are in docs/screenshots, without any person in them.

    uv run python -m benchmarks.screenshots [--out FOLDER] [--letter L]

The hand is the project's own rendered one.
"""

from __future__ import annotations

# ruff: noqa: E402 - the two set-ups come before what they set up
from asl_desktop.blas_setup import import_numpy
from asl_desktop.qt_setup import import_opencv

import_numpy()
import_opencv()

import argparse
import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from asl_desktop.main_window import MainWindow
from asl_desktop.settings import Settings, Theme
from asl_desktop.theme import ThemeSwitch
from trainer import places
from trainer.commands.render import render
from trainer.data.csv import write_csv
from trainer.data.dataset import Dataset
from trainer.hand.reference import reference_picture
from trainer.letters import Convention
from trainer.preprocess import Box, Preprocessing
from trainer.sources import DEMO

SIZES = ((1280, 800), (900, 600))
SIDE = 660
"""Of the picture of the hand in a frame of 1280 × 720; the hand itself fills two thirds of it."""

HANDS = 960
"""Rendered hands that the Training tab learns from."""

BOX = 470

WRITTEN = "HEL"
"""In the text, to which the hand in the picture adds its letter."""

SECONDS = 120


def main() -> None:
    """Saves one picture for each size and theme, and one without a camera."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--out", type=Path, default=Path("docs/screenshots"))
    parser.add_argument("--letter", default="L")
    chosen = parser.parse_args()
    chosen.out.mkdir(parents=True, exist_ok=True)
    app = QApplication([])
    with tempfile.TemporaryDirectory() as folder:
        QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, folder)
        os.environ[places.OVERRIDE] = folder
        clip = Path(folder) / f"{chosen.letter}.mp4"
        _write_clip(clip, chosen.letter)
        theme = ThemeSwitch(app, Theme.LIGHT)
        for kind in (Theme.LIGHT, Theme.DARK):
            theme.choose(kind)
            for width, height in SIZES:
                name = f"live-{kind}-{width}x{height}.png"
                _take(chosen.out / name, theme, (width, height), str(clip))
        _take(chosen.out / "no-camera.png", theme, SIZES[1], "/dev/no-camera")
        csv = Path(folder) / "rendered_hands.csv"
        _write_hands(csv)
        for kind in (Theme.LIGHT, Theme.DARK):
            theme.choose(kind)
            _take_training(chosen.out, kind, theme, csv)
            _take_practice(chosen.out / f"practice-{kind}-1280x800.png", theme)


def _take(path: Path, theme: ThemeSwitch, size: tuple[int, int], source: str) -> None:
    window = MainWindow(Settings(), theme)
    window.resize(*size)
    window.live.set_pixel_box(Box((1280 - BOX) / 2, 720 - (SIDE + BOX) / 2, BOX, BOX))
    window.live.composer.field.restore(WRITTEN)
    window.start(source)
    window.show()
    panel, text = window.live.panel, window.live.composer.field
    _wait(
        lambda: (
            (panel.rate.text().startswith("2") and text.text != WRITTEN)
            or window.live.page.isVisible()
        )
    )
    window.grab().save(str(path))
    window.close()
    print(path)


def _take_training(folder: Path, kind: Theme, theme: ThemeSwitch, csv: Path) -> None:
    """The pages of the Training tab after a run."""
    window = MainWindow(Settings(), theme)
    window.show()
    window.show_training()
    training = window.training
    assert training is not None
    training.recipe.add_files([csv])
    training.recipe.advanced.set_values({"--epochs": "20", "--batch-size": "32"})
    training.bar.start_button.click()
    _wait(lambda: not training.process.running and training.inspection.shown is not None)
    wrong = training.confusion.matrix.counts.copy()
    np.fill_diagonal(wrong, 0)
    training.confusion.matrix.choose(*divmod(int(wrong.argmax()), len(wrong)))
    training.pages.setCurrentWidget(training.understand)
    training.understand.random_button.click()
    _wait(lambda: training.understand.heat.image is not None)
    for name, page in (
        ("training", training.curves),
        ("training-data", training.data),
        ("training-errors", training.confusion),
        ("training-understand", training.understand),
        ("training-runs", training.runs),
    ):
        training.pages.setCurrentWidget(page)
        for width, height in SIZES:
            window.resize(width, height)
            _settle()
            path = folder / f"{name}-{kind}-{width}x{height}.png"
            window.grab().save(str(path))
            print(path)
    window.close()


def _settle() -> None:
    """Gives layouts and plots the time to follow."""
    until = time.monotonic() + 0.3
    _wait(lambda: time.monotonic() > until)


def _take_practice(path: Path, theme: ThemeSwitch) -> None:
    """Learn S while the demo clip signs a T."""
    window = MainWindow(Settings(), theme)
    window.resize(*SIZES[0])
    window.start(DEMO)
    window.show()
    titles = [window.tabs.tabText(place) for place in range(window.tabs.count())]
    window.tabs.setCurrentIndex(titles.index("&Practice"))
    practice = window.practice
    assert practice is not None
    practice.learn.choose("S")
    _wait(lambda: practice.panel.letter.letter == "T")
    window.grab().save(str(path))
    window.close()
    print(path)


def _write_hands(csv: Path) -> None:
    """A CSV of rendered hands, for something to learn from."""
    hands = render(HANDS, seed=1)
    preprocessing = Preprocessing(margin=1.1)
    pictures = [preprocessing.picture(p, hands.box(i)) for i, p in enumerate(hands.pictures)]
    write_csv(Dataset(np.stack(pictures), hands.labels, hands.sources), csv, Convention.GAP)


def _wait(condition: Callable[[], bool]) -> None:
    until = time.monotonic() + SECONDS
    while not condition():
        QApplication.processEvents()
        if time.monotonic() > until:
            raise SystemExit("the window did not show what it should")


def _write_clip(path: Path, letter: str) -> None:
    """Two seconds in which the hand sways a little before a wall."""
    hand, mask = reference_picture(letter, SIDE)
    share = mask[:, :, None] / 255
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"mp4v"), 25, (1280, 720))
    for step in range(50):
        frame = _wall()
        left = round((1280 - SIDE) / 2 + 8 * np.sin(step / 25 * np.pi))
        # The arm comes from below the frame.
        place = frame[720 - SIDE :, left : left + SIDE]
        place[:] = place * (1 - share) + hand * share
        writer.write(frame)
    writer.release()


def _wall() -> NDArray[Any]:
    across = np.linspace(0, 1, 1280)[None, :, None]
    down = np.linspace(0, 1, 720)[:, None, None]
    light = 1.05 - 0.25 * across - 0.12 * down
    return np.clip(np.array([176, 184, 178]) * light, 0, 255).astype(np.uint8)


if __name__ == "__main__":
    main()
