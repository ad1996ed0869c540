"""Hands that spell: a drawn hand that moves, or with reduced motion images in a row."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from asl_desktop.background.tasks import Background
from asl_desktop.widgets.hand_image import HandArea, HandImage
from asl_desktop.widgets.parts import alarm
from asl_desktop.widgets.theme import SPACE, muted_colour
from trainer.hand_renderer.film import Shot, Signer, film, letter_shot

_AHEAD = 8
"""Images that are drawn before a film begins, so that it does not run out of them."""

_STARVED_MS = 40
"""Until the next look for an image that is not drawn yet."""

_KEPT = 3
"""Films that can be shown again at once."""


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


class Film:
    """The images of a scene, which a thread adds while the window shows them."""

    def __init__(self) -> None:
        self.shots: list[Shot] = []
        self.complete = False
        self.stopped = threading.Event()

    def draw(self, scene: Scene) -> Film:
        """Draws all images, unless it is stopped; runs in the thread."""
        for shot in _shots(scene, self.stopped):
            self.shots.append(shot)
        self.complete = not self.stopped.is_set()
        return self


class HandShow(QWidget):
    """Shows letters as images and words as a moving hand.

    Films are drawn beside the window. Accessible names do not contain the letters, which are the
    question.
    """

    over = Signal()
    """The word was shown to its end."""

    def __init__(self) -> None:
        super().__init__()
        self.at_once = False
        """Whether the next word is shown in a row."""
        self._left_handed = False
        self._images: list[HandImage] = []
        self._films: dict[Scene, Film] = {}
        self._scene: Scene | None = None
        self._place = 0
        self.canvas = Canvas()
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(SPACE)
        self._layout.addWidget(self.canvas)
        self._background = Background(self)
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
        self._place = 0
        self.canvas.show_waiting()
        self.prepare(scene)
        self._go_on()

    def prepare(self, scene: Scene) -> None:
        """Draws a scene that will be shown soon."""
        if self.at_once or scene in self._films:
            return
        # What is being drawn is not wanted any more.
        self._forget_unfinished()
        made = self._films[scene] = Film()
        self._background.run(lambda: made.draw(scene))
        while len(self._films) > _KEPT:
            del self._films[next(iter(self._films))]

    def stop(self) -> None:
        """Shows nothing."""
        self._forget_unfinished()
        self.show_letter("")

    def wait(self, seconds: float) -> None:
        """Waits for what is drawn beside the window."""
        self._forget_unfinished()
        self._background.wait(seconds)

    def _forget_unfinished(self) -> None:
        for scene, made in list(self._films.items()):
            if not made.complete:
                made.stopped.set()
                del self._films[scene]

    def set_left_handed(self, left_handed: bool) -> None:
        """Whether to show left hands."""
        self._left_handed = left_handed
        for image in self._images:
            image.set_left_handed(left_handed)

    def _go_on(self) -> None:
        made = None if self._scene is None else self._films.get(self._scene)
        if made is None:
            return
        # In this order: the last images may come in between.
        complete, drawn = made.complete, len(made.shots)
        if not complete and drawn < self._place + (1 if self._place else _AHEAD):
            self._next.start(_STARVED_MS)
        elif self._place >= drawn:
            self.canvas.show_shot(None)
            self.over.emit()
        else:
            shot = made.shots[self._place]
            self.canvas.show_shot(shot)
            self._place += 1
            if drawn == 1:
                self.over.emit()
            else:
                self._next.start(round(1000 * shot.seconds))

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


def _shots(scene: Scene, stopped: threading.Event) -> Iterable[Shot]:
    if len(scene.text) == 1 and scene.text not in "JZ":
        return [letter_shot(scene.text, scene.signer)]
    return film(scene.text, scene.signer, scene.hold, scene.glide, stopped=stopped.is_set)


class Canvas(HandArea):
    """The image of a film, as large as possible."""

    def __init__(self) -> None:
        super().__init__()
        self.image: QImage | None = None
        """What is shown."""
        self._waiting = False
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
        painter.drawImage(self.square(), self.image)
