"""A drawn hand that signs a letter."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from trainer.support.paths import REFERENCE, asset

_SMALLEST = 120
_USUAL = 360


@lru_cache(maxsize=32)
def reference_image(letter: str) -> QImage:
    """The image of a letter of A to Z, cut out; empty if the file is missing."""
    return QImage(str(asset(f"{REFERENCE}/{letter}.webp")))


class HandArea(QWidget):
    """Room for a drawn hand, as large as possible."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def square(self) -> QRectF:
        """The largest square in the middle."""
        side = float(min(self.width(), self.height()))
        return QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)

    def sizeHint(self) -> QSize:
        """Large enough to see where the thumb is."""
        return QSize(_USUAL, _USUAL)

    def minimumSizeHint(self) -> QSize:
        """Still recognisable."""
        return QSize(_SMALLEST, _SMALLEST)


class HandImage(HandArea):
    """Shows the sign of one letter from the viewer's side, as large as possible."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._letter = ""
        self._left_handed = False
        self._secret = False

    @property
    def letter(self) -> str:
        """What is shown; "" for nothing."""
        return self._letter

    def show_letter(self, letter: str, *, secret: bool = False) -> None:
        """Shows a letter.

        Args:
            letter: A to Z, or "" for none.
            secret: Whether it is a question, which the accessible name must not answer.
        """
        self._letter, self._secret = letter, secret
        self._name()
        self.update()

    def set_left_handed(self, left_handed: bool) -> None:
        """Whether to show a left hand."""
        self._left_handed = left_handed
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints the hand in the middle."""
        if not self._letter:
            return
        image = reference_image(self._letter)
        # The motions of J and Z are mirrored, too: a left hand draws them so.
        target = self.square()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if self._left_handed:
            image = image.flipped(Qt.Orientation.Horizontal)
        dots = target.width() * self.devicePixelRatioF()
        if dots < image.width():  # scaled() averages all pixels; painting would average four
            image = image.scaled(
                round(dots),
                round(dots),
                Qt.AspectRatioMode.KeepAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
        painter.drawImage(target, image)

    def _name(self) -> None:
        if not self._letter:
            self.setAccessibleName("")
        elif self._secret:
            self.setAccessibleName(self.tr("A hand that signs a letter"))
        else:
            self.setAccessibleName(self.tr("A hand that signs {0}").replace("{0}", self._letter))
