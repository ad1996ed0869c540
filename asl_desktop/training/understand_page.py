"""A random image with the evidence for its letter, and the network's first layer."""

from __future__ import annotations

import random
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from asl_desktop.background.tasks import Background
from asl_desktop.training.inspection import Inspection
from asl_desktop.widgets import theme
from asl_desktop.widgets.image_list import ImageList, PixelImage
from asl_desktop.widgets.parts import plain_label, switch
from asl_desktop.widgets.theme import SPACE
from trainer.images.preprocessing import Image
from trainer.letters import LETTERS
from trainer.model import explain, weights
from trainer.model.model import Model

_SIDE = 132
_FOR, _AGAINST = (255, 140, 0), (70, 130, 255)


@dataclass(frozen=True)
class _Loaded:
    """A model, the file that it is from, and the images of its first layer."""

    path: Path
    changed: int
    model: Model
    layer: NDArray[np.float32]


@dataclass(frozen=True)
class _Explained:
    """Prediction and evidence for one image."""

    loaded: _Loaded
    letter: int
    read: int
    confidence: float
    heat: NDArray[np.float32]
    image: Image


class UnderstandPage(QWidget):
    """Predicted and real letter side by side.

    Args:
        inspection: Where the images are from.
    """

    explained = Signal()
    """An explanation is shown."""

    error = Signal(str)

    def __init__(self, inspection: Inspection) -> None:
        super().__init__()
        self._inspection = inspection
        self._weights: Path | None = None
        self._loaded: _Loaded | None = None
        self._random = random.Random()  # noqa: S311 - nothing to keep secret
        self.background = Background(self)
        self.random_button = QPushButton(self.tr("Random image"))
        self.only_errors = switch(self.tr("Onl&y errors"))
        self.hint = plain_label()
        self.hint.setWordWrap(True)
        self.hint.setProperty("muted", True)
        self.image = PixelImage(self.tr("The image"), _SIDE)
        self.heat = PixelImage(self.tr("Evidence for and against the letter"), _SIDE)
        self.real = self._letter(self.tr("Real letter"))
        self.read = self._letter(self.tr("Predicted letter"))
        self.verdict = plain_label()
        self.verdict.setWordWrap(True)
        self.verdict.setMinimumHeight(3 * self.fontMetrics().lineSpacing())
        self.layer = ImageList(self.tr("Weights of the first layer"), 48)
        self._lay_out()
        self.random_button.clicked.connect(self._draw)
        self.only_errors.toggled.connect(self._update)
        inspection.changed.connect(self._update)
        self.background.done.connect(self._show)
        self.background.refused.connect(self.error)
        self._update()

    def show_weights(self, path: Path | None) -> None:
        """Explains these weights from now on."""
        self._weights = path
        if path is None:
            self._loaded = None
            self.layer.clear()
        elif self.isVisible():
            self._load()
        self._update()

    def showEvent(self, event: QShowEvent) -> None:
        """Loads the weights at the first use."""
        self._load()

    def _load(self) -> None:
        path, loaded = self._weights, self._loaded
        if path is not None and not self.background.busy:
            self.background.run(lambda: _load(path, loaded))

    def _candidates(self) -> NDArray[np.int64]:
        shown = self._inspection.shown
        if shown is None:
            return np.empty(0, np.int64)
        wrong = shown.outcomes.read != shown.held_out.labels
        return np.flatnonzero(wrong) if self.only_errors.isChecked() else np.arange(len(wrong))

    def _draw(self) -> None:
        shown, path, loaded = self._inspection.shown, self._weights, self._loaded
        candidates = self._candidates()
        if shown is None or path is None or not len(candidates):
            return
        index = int(candidates[self._random.randrange(len(candidates))])
        image = shown.held_out.images[index]
        letter = int(shown.held_out.labels[index])
        self.image.show_image(image)
        self.heat.show_image(None)
        self.real.setText(LETTERS[letter])
        self.read.setText("…")
        self.background.run(lambda: _explain(_load(path, loaded), image, letter))

    def _show(self, result: _Loaded | _Explained) -> None:
        loaded = result.loaded if isinstance(result, _Explained) else result
        if self._loaded is not loaded:
            self._loaded = loaded
            self._show_layer(loaded)
        if isinstance(result, _Explained):
            self._show_reading(result)

    def _show_layer(self, loaded: _Loaded) -> None:
        images = []
        for image in loaded.layer:
            # Gray is 0, white the strongest weight for, black the strongest against.
            scale = 127 / max(float(np.abs(image).max()), 1e-12)
            images.append((128 + image * scale).astype(np.uint8))
        self.layer.show_images(images, [""] * len(images))

    def _show_reading(self, result: _Explained) -> None:
        self.read.setText(LETTERS[result.read])
        self.heat.show_image(overlay(result.image, result.heat))
        right = result.read == result.letter
        text = self.tr("✓ Correct") if right else self.tr("✗ Wrong")
        text += self.tr(", confidence {0}. Orange: evidence for {1}; blue: against.")
        self.verdict.setText(
            text.replace("{0}", f"{result.confidence:.2f}").replace("{1}", LETTERS[result.read])
        )
        self.explained.emit()

    def _update(self) -> None:
        shown = self._inspection.shown
        usable = shown is not None and self._weights is not None
        self.random_button.setEnabled(usable and len(self._candidates()) > 0)
        self.only_errors.setEnabled(usable)
        self.hint.setText(
            self.tr("From: {0}").replace("{0}", shown.where)
            if shown is not None
            else self.tr("Train with validation, or evaluate on a file under Errors.")
        )

    def _letter(self, name: str) -> QLabel:
        label = QLabel("–")
        label.setAccessibleName(name)
        label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        theme.scale(label, 3.6, bold=True)
        return label

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(2 * SPACE)
        head.addWidget(self.random_button)
        head.addWidget(self.only_errors)
        head.addWidget(self.hint, 1)
        card = QFrame()
        card.setObjectName("card")
        grid = QGridLayout(card)
        grid.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
        grid.setHorizontalSpacing(2 * SPACE)
        middle = Qt.AlignmentFlag.AlignCenter
        for column, (title, widget) in enumerate(
            (
                (self.tr("Image"), self.image),
                (self.tr("Real"), self.real),
                (self.tr("Predicted"), self.read),
                (self.tr("Evidence"), self.heat),
            )
        ):
            label = QLabel(title)
            label.setProperty("muted", True)
            grid.addWidget(label, 0, column, middle)
            grid.addWidget(widget, 1, column, middle)
        grid.addWidget(self.verdict, 2, 0, 1, 4)
        heading = QLabel(
            self.tr("First layer: what its strongest units look for (white for, black against)")
        )
        heading.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, SPACE, 0, 0)
        layout.setSpacing(SPACE)
        layout.addLayout(head)
        layout.addWidget(card)
        layout.addWidget(heading)
        layout.addWidget(self.layer, 1)


def overlay(image: Image, heat: NDArray[np.float32]) -> NDArray[np.uint8]:
    """A red-green-blue (size, size, 3) image with heat (rows, columns) laid over it."""
    size = len(image)
    index = np.minimum(np.arange(size) * len(heat) // size, len(heat) - 1)
    large = heat[np.ix_(index, index)]
    strength = (np.abs(large) / max(float(np.abs(heat).max()), 1e-6) * 0.7)[:, :, None]
    colour = np.where(large[:, :, None] > 0, np.array(_FOR), np.array(_AGAINST))
    return np.asarray(image[:, :, None] * (1 - strength) + colour * strength, np.uint8)


def _load(path: Path, loaded: _Loaded | None) -> _Loaded:
    try:
        changed = path.stat().st_mtime_ns
    except OSError:
        changed = 0
    if loaded is not None and (loaded.path, loaded.changed) == (path, changed):
        return loaded
    model = weights.load(path)
    return _Loaded(path, changed, model, explain.first_layer(model))


def _explain(loaded: _Loaded, image: Image, letter: int) -> _Explained:
    model = loaded.model
    p = model.probabilities(model.preprocessing.normalised(image[None]))[0]
    read = int(p.argmax())
    heat = explain.occlusion(model, image, read)
    return _Explained(loaded, letter, read, float(p[read]), heat, image)
