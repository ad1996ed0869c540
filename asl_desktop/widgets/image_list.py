"""Small images, enlarged without smoothing: one, or a list of them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon, QImage, QPainter, QPaintEvent, QPalette, QPixmap
from PySide6.QtWidgets import QAbstractItemView, QListView, QListWidget, QListWidgetItem, QWidget

from asl_desktop.widgets.parts import plain_tip
from asl_desktop.widgets.theme import stage_colour
from trainer.images.preprocessing import Image


def qimage_of(image: NDArray[np.uint8]) -> QImage:
    """A gray (h, w) or red-green-blue (h, w, 3) image as a QImage."""
    gray = image.ndim == 2
    form = QImage.Format.Format_Grayscale8 if gray else QImage.Format.Format_RGB888
    height, width = image.shape[:2]
    data = np.ascontiguousarray(image).tobytes()
    return QImage(data, width, height, image[0].size, form).copy()


class PixelImage(QWidget):
    """One small image, every pixel of it as a square.

    Args:
        name: What it shows.
        side: In device-independent pixels.
    """

    def __init__(self, name: str, side: int) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setFixedSize(side, side)
        self.image: NDArray[np.uint8] | None = None
        """What is shown."""

    def show_image(self, image: NDArray[np.uint8] | None) -> None:
        """Shows a gray (h, w) or red-green-blue (h, w, 3) image, or nothing."""
        self.image = image
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints the image with a line around."""
        painter = QPainter(self)
        painter.setPen(self.palette().color(QPalette.ColorRole.Mid))
        painter.setBrush(stage_colour(self))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        if self.image is not None:
            painter.drawImage(self.rect().adjusted(1, 1, -1, -1), qimage_of(self.image))


class ImageList(QListWidget):
    """Images with a line of text below each.

    Args:
        name: What the images are.
        side: Of an image, in device-independent pixels.
    """

    def __init__(self, name: str, side: int) -> None:
        super().__init__()
        self._side = side
        self.setAccessibleName(name)
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMovement(QListView.Movement.Static)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setUniformItemSizes(True)
        self.setIconSize(QSize(side, side))
        self.setSpacing(1)

    @property
    def chosen(self) -> list[int]:
        """Indices of the chosen images, in order."""
        return sorted(self.row(item) for item in self.selectedItems())

    def show_images(
        self, images: Sequence[Image], captions: Sequence[str], tips: Sequence[str] = ()
    ) -> None:
        """Shows images (h, w) with captions and tool tips."""
        self.clear()
        # Scaled for the screen's own pixels, so that the squares stay sharp.
        ratio = self.devicePixelRatioF()
        side = round(self._side * ratio)
        for index, (image, caption) in enumerate(zip(images, captions, strict=True)):
            shown = qimage_of(image).scaled(
                side,
                side,
                Qt.AspectRatioMode.KeepAspectRatio,
                Qt.TransformationMode.FastTransformation,
            )
            shown.setDevicePixelRatio(ratio)
            item = QListWidgetItem(QIcon(QPixmap.fromImage(shown)), caption)
            if tips:
                item.setToolTip(plain_tip(tips[index]))
                item.setData(Qt.ItemDataRole.AccessibleDescriptionRole, tips[index])
            self.addItem(item)
