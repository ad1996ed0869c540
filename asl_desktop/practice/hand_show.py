"""Hands that spell: a drawn hand that moves, or with reduced motion images in a row."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from asl_desktop.background.tasks import Background
from asl_desktop.widgets.hand_image import HandImage
from asl_desktop.widgets.parts import alarm
from asl_desktop.widgets.theme import SPACE, muted_colour
from trainer.hand_renderer.film import Shot, Signer, film, letter_shot

_KEPT = 3
"""Films that can be shown again at once."""

_SMALLEST = 120
_USUAL = 360


class Scene(NamedTuple):
    """What is to be shown.

    Attributes:
        text: Letters A to Z and spaces; a single still letter stands until another scene.
        signer: Whose hand.
        hold: Seconds that a letter is held.
        glide: Seconds between two letters.
    """

    text: str
    signer: Signer
    hold: float
    glide: float


class HandShow(QWidget):
    """Shows letters as images and words as a moving hand.

    Films are drawn beside the window. Accessible names do not contain the letters, which are the
    question.
    """

    over = Signal()
    """The word was shown to its end."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.at_once = False
        """Whether the next word is shown in a row."""
        self._left_handed = False
        self._images: list[HandImage] = []
        self._films: dict[Scene, Sequence[Shot]] = {}
        self._scene: Scene | None = None
        self._drawing: Scene | None = None
        self._stopped = threading.Event()
        self._place = 0
        self.canvas = Canvas()
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(SPACE)
        self._layout.addWidget(self.canvas)
        self._background = Background(self)
        self._background.done.connect(self._drawn)
        self._next = alarm(self, 0, self._go_on)
        self._show_images("")

    @property
    def shown(self) -> str:
        """The letters that are on the screen now, or of which a film is shown."""
        if self._scene is not None:
            return self._scene.text
        return "".join(image.letter for image in self._images if not image.isHidden())

    def show_letter(self, letter: str, *, secret: bool = True) -> None:
        """Shows the image of one letter, or none with ""."""
        self._end()
        self._show_images(letter)
        self._images[0].show_letter(letter, secret=secret)

    def show_scene(self, scene: Scene) -> None:
        """Shows a word by a moving hand, or a letter by another person's."""
        self._end()
        if self.at_once:
            self._show_images(scene.text.replace(" ", ""))
            self.over.emit()
            return
        self._scene = scene
        for image in self._images:
            image.hide()
        self.canvas.show()
        if scene in self._films:
            self._place = -1
            self._next.start(0)
        else:
            self.canvas.show_waiting()
            self.prepare(scene)

    def prepare(self, scene: Scene) -> None:
        """Draws a scene that will be shown soon."""
        if self.at_once or scene in self._films or scene == self._drawing:
            return
        # What is being drawn is not wanted any more.
        self._stopped.set()
        self._stopped = threading.Event()
        self._drawing = scene
        stopped = self._stopped
        self._background.run(lambda: (scene, _shots(scene, stopped)))

    def stop(self) -> None:
        """Shows nothing."""
        self._stopped.set()
        self._drawing = None
        self.show_letter("")

    def wait(self, seconds: float) -> None:
        """Waits for what is drawn beside the window."""
        self._stopped.set()
        self._background.wait(seconds)

    def set_left_handed(self, left_handed: bool) -> None:
        """Whether to show left hands."""
        self._left_handed = left_handed
        for image in self._images:
            image.set_left_handed(left_handed)

    def _drawn(self, result: object) -> None:
        assert isinstance(result, tuple)  # noqa: S101 - of `prepare`
        scene, shots = result
        if scene != self._drawing:
            return
        self._drawing = None
        self._films[scene] = shots
        while len(self._films) > _KEPT:
            del self._films[next(iter(self._films))]
        if scene == self._scene:
            self._place = -1
            self._go_on()

    def _go_on(self) -> None:
        if self._scene is None:
            return
        shots = self._films[self._scene]
        self._place += 1
        if self._place >= len(shots):
            self.canvas.show_shot(None)
            self.over.emit()
            return
        shot = shots[self._place]
        self.canvas.show_shot(shot)
        if len(shots) > 1:
            self._next.start(round(1000 * shot.seconds))
        else:
            self.over.emit()

    def _end(self) -> None:
        self._next.stop()
        self._scene = None

    def _show_images(self, letters: str) -> None:
        self.canvas.hide()
        count = max(len(letters), 1)
        while len(self._images) < count:
            image = HandImage()
            image.set_left_handed(self._left_handed)
            self._images.append(image)
            self._layout.addWidget(image)
        for index, image in enumerate(self._images):
            image.setVisible(index < count)
            image.show_letter(letters[index : index + 1], secret=True)


def _shots(scene: Scene, stopped: threading.Event) -> list[Shot]:
    if len(scene.text) == 1 and scene.text not in "JZ":
        return [letter_shot(scene.text, scene.signer)]
    return list(film(scene.text, scene.signer, scene.hold, scene.glide, stopped=stopped.is_set))


class Canvas(QWidget):
    """The image of a film, as large as possible."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.image: QImage | None = None
        """What is shown."""
        self._waiting = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("A hand that spells"))

    def show_shot(self, shot: Shot | None) -> None:
        """Shows one image, or none."""
        self._waiting = False
        self.image = None
        if shot is not None:
            height, width = shot.image.shape[:2]
            form = QImage.Format.Format_ARGB32_Premultiplied
            self.image = QImage(shot.image.data, width, height, 4 * width, form).copy()
        self.update()

    def show_waiting(self) -> None:
        """Says that the hand is being drawn."""
        self.image = None
        self._waiting = True
        self.update()

    def sizeHint(self) -> QSize:
        """Large enough to see where the thumb is."""
        return QSize(_USUAL, _USUAL)

    def minimumSizeHint(self) -> QSize:
        """Still recognisable."""
        return QSize(_SMALLEST, _SMALLEST)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints the image in the middle."""
        painter = QPainter(self)
        if self._waiting:
            painter.setPen(muted_colour(self))
            painter.drawText(
                self.rect(), Qt.AlignmentFlag.AlignCenter, self.tr("The hand is being drawn…")
            )
        if self.image is None:
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        side = float(min(self.width(), self.height()))
        target = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
        painter.drawImage(target, self.image)
