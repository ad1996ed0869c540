"""Takes the images of the window that are in docs/screenshots, without any person in them.

    uv run python -m benchmarks.screenshots [--out FOLDER] [--all] [--letter L]

They are light and of 1280 × 800 pixels; with `--all`, dark and of 900 × 600, too, to look at what
was changed. The hand is the project's own rendered one.
"""

from __future__ import annotations

# ruff: noqa: E402 - the two set-ups come before what they set up
from asl_desktop.startup.libraries import import_numpy, import_opencv

import_numpy()
import_opencv()

import argparse
import os
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from asl_desktop.main_window import MainWindow
from asl_desktop.settings import Settings, Theme
from asl_desktop.widgets.theme import STYLE, ThemeSwitch
from trainer.capture.opening import DEMO
from trainer.data.csv import write_csv
from trainer.data.dataset import Dataset
from trainer.hand_renderer.reference import reference_image
from trainer.images.box import Box
from trainer.letters import LETTERS, Convention
from trainer.support import paths

SIZES = ((1280, 800), (900, 600))
SIDE = 660
"""Of the image of the hand in a frame of 1280 × 720; the hand itself fills two thirds of it."""

HANDS_A_LETTER = 60
"""Drawn hands that the Training tab learns from."""

BOX = 470
HAND_BOX = Box((1280 - BOX) / 2, 720 - (SIDE + BOX) / 2, BOX, BOX)

WRITTEN = "HEL"
"""In the text, to which the hand in the image adds its letter."""

SECONDS = 120


def main() -> None:
    """Saves an image of every tab, or of each in every size and theme."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--out", type=Path, default=Path("docs/screenshots"))
    parser.add_argument("--all", action="store_true", help="every size and theme")
    parser.add_argument("--letter", default="L")
    chosen = parser.parse_args()
    chosen.out.mkdir(parents=True, exist_ok=True)
    app = QApplication(["", *STYLE])
    with tempfile.TemporaryDirectory() as folder:
        QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, folder)
        os.environ[paths.OVERRIDE] = folder
        clip = Path(folder) / f"{chosen.letter}.mp4"
        _write_clip(clip, chosen.letter)
        csv = Path(folder) / "drawn_hands.csv"
        _write_hands(csv)
        theme = ThemeSwitch(app, Theme.LIGHT)
        sizes = SIZES if chosen.all else SIZES[:1]
        for kind in (Theme.LIGHT, Theme.DARK) if chosen.all else (Theme.LIGHT,):
            theme.choose(kind)
            for size in sizes:
                _take_live(_path(chosen.out, "live", kind, size), theme, size, str(clip))
            _take_practice(chosen.out, kind, theme, sizes)
            _take_my_hand(chosen.out, kind, theme, sizes, clip)
            _take_training(chosen.out, kind, theme, sizes, csv)
        if chosen.all:
            _take_live(chosen.out / "no-camera.png", theme, SIZES[1], "/dev/no-camera")


def _path(folder: Path, name: str, kind: Theme, size: tuple[int, int]) -> Path:
    return folder / f"{name}-{kind}-{size[0]}x{size[1]}.png"


def _save(window: MainWindow, path: Path) -> None:
    # The smallest file: docs/screenshots travels with every clone.
    window.grab().save(str(path), "PNG", 0)
    print(path)


def _take_live(path: Path, theme: ThemeSwitch, size: tuple[int, int], source: str) -> None:
    window = MainWindow(Settings(), theme)
    window.resize(*size)
    window.live.set_pixel_box(HAND_BOX)
    window.composer.field.restore(WRITTEN)
    window.start(source)
    # The first steps would cover the image, and a clip types nothing until it is asked to.
    window.live.steps.skip_button.click()
    window.user_actions.text.type_by_signing.setChecked(True)
    window.show()
    panel, text = window.live.panel, window.composer.field
    # A busy machine would be imaged as a slow program.
    _wait(
        lambda: (
            (panel.rate.text()[:2] in map(str, range(20, 30)) and text.text != WRITTEN)
            or window.live.page.isVisible()
        )
    )
    _save(window, path)
    window.close()


def _take_training(
    folder: Path, kind: Theme, theme: ThemeSwitch, sizes: Sequence[tuple[int, int]], csv: Path
) -> None:
    """The pages of the Training tab after a run."""
    window = MainWindow(Settings(), theme)
    window.show()
    window.show_training()
    _wait(lambda: window.training is not None)
    training = window.training
    assert training is not None
    training.recipe.add_files([csv])
    training.recipe.advanced.set_values({"--epochs": "20", "--batch-size": "32"})
    training.bar.start_button.click()
    _wait(lambda: not training.process.running and training.inspection.shown is not None)
    wrong = training.confusion.matrix.counts.copy()
    np.fill_diagonal(wrong, 0)
    training.confusion.matrix.choose(*divmod(int(wrong.argmax()), len(wrong)))
    training.show_page(training.understand)
    training.understand.random_button.click()
    _wait(lambda: training.understand.heat.image is not None)
    for name, page in (
        ("training", training.curves),
        ("training-data", training.data),
        ("training-errors", training.confusion),
        ("training-understand", training.understand),
        ("training-runs", training.runs),
    ):
        training.show_page(page)
        for size in sizes:
            window.resize(*size)
            _settle()
            _save(window, _path(folder, name, kind, size))
    window.close()


def _settle() -> None:
    """Gives layouts and plots the time to follow."""
    until = time.monotonic() + 0.3
    _wait(lambda: time.monotonic() > until)


def _take_practice(
    folder: Path, kind: Theme, theme: ThemeSwitch, sizes: Sequence[tuple[int, int]]
) -> None:
    """Learn S while the demo clip signs a T."""
    window = MainWindow(Settings(), theme)
    window.start(DEMO)
    window.show()
    _show_tab(window, "&Practice")
    _wait(lambda: window.practice is not None)
    practice = window.practice
    assert practice is not None
    practice.show_page(practice.learn)
    practice.learn.choose("S")
    for size in sizes:
        window.resize(*size)
        _wait(lambda: practice.panel.letter.letter == "T")
        _settle()
        _save(window, _path(folder, "practice", kind, size))
    window.close()


def _take_my_hand(
    folder: Path, kind: Theme, theme: ThemeSwitch, sizes: Sequence[tuple[int, int]], clip: Path
) -> None:
    """Samples of the clip's letter are being recorded."""
    window = MainWindow(Settings(), theme)
    window.live.set_pixel_box(HAND_BOX)
    window.start(str(clip))
    window.show()
    window.show_my_hand()
    _wait(lambda: window.my_hand is not None)
    my_hand = window.my_hand
    assert my_hand is not None
    my_hand.right_button.click()
    record = my_hand.record
    record.choose(clip.stem)
    for size in sizes:
        window.resize(*size)
        _wait(lambda: record.answer_button.isVisible() or record.start_button.isEnabled())
        if record.answer_button.isVisible():
            # The clip stands for a camera.
            record.answer()
        taken = my_hand.store.counts().sum()
        record.start_or_pause()
        _wait(lambda taken=taken: my_hand.store.counts().sum() > taken + 4)
        _save(window, _path(folder, "my-hand", kind, size))
        record.leave()
    window.close()


def _show_tab(window: MainWindow, title: str) -> None:
    titles = [window.tabs.tabText(place) for place in range(window.tabs.count())]
    window.tabs.setCurrentIndex(titles.index(title))


def _write_hands(csv: Path) -> None:
    """A CSV of drawn hands before walls, turned, shifted and lit in many ways, to learn from."""
    rng = np.random.default_rng(1)
    drawn = {letter: reference_image(letter, 4 * 28) for letter in LETTERS}
    images = []
    for _ in range(HANDS_A_LETTER):
        for hand, mask in drawn.values():
            turn = cv2.getRotationMatrix2D((56, 56), rng.normal(0, 7), rng.uniform(0.9, 1.1))
            turn[:, 2] += rng.normal(0, 3, 2)
            share = cv2.warpAffine(mask, turn, (112, 112)) / 255
            gray = cv2.warpAffine(cv2.cvtColor(hand, cv2.COLOR_BGR2GRAY), turn, (112, 112))
            seen = share * gray * rng.uniform(0.7, 1.1) + (1 - share) * rng.uniform(150, 230)
            small = cv2.resize(seen, (28, 28), interpolation=cv2.INTER_AREA)
            images.append(np.clip(small + rng.normal(0, 4, (28, 28)), 0, 255).astype(np.uint8))
    labels = np.tile(np.arange(len(LETTERS)), HANDS_A_LETTER)
    dataset = Dataset(np.stack(images), labels, np.full(len(labels), "drawn"))
    write_csv(dataset, csv, Convention.GAP)


def _wait(condition: Callable[[], bool]) -> None:
    until = time.monotonic() + SECONDS
    while not condition():
        QApplication.processEvents()
        if time.monotonic() > until:
            raise SystemExit("the window did not show what it should")


def _write_clip(path: Path, letter: str) -> None:
    """Two seconds in which the hand sways a little before a wall."""
    hand, mask = reference_image(letter, SIDE)
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
