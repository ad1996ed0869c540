"""Hints that make the image easier to read: one at a time, and only while the letter is unclear."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QEvent, QObject, QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QLabel, QWidget

from asl_desktop.camera.frame_worker import LiveFrame
from asl_desktop.widgets.parts import announce
from asl_desktop.widgets.theme import SPACE
from trainer.recognition.quality import Finding, measure
from trainer.recognition.reader import Reading

_PAUSE_SECONDS = 0.12
"""Between two measurements: light and position change slowly."""

_COMES_SECONDS = 1.2
_GOES_SECONDS = 0.8

_SURE = 0.85
"""Confidence of a letter from which no hint is shown."""


class Patience:
    """Shows a finding once it has lasted, and drops it once it is gone for good."""

    def __init__(self) -> None:
        self._levels = dict.fromkeys(Finding, 0.0)
        self._seconds: float | None = None
        self._shown: Finding | None = None

    def update(self, findings: list[Finding], seconds: float) -> Finding | None:
        """The finding to show after an image with these findings; `seconds` on any clock."""
        elapsed = 0.0 if self._seconds is None else min(max(seconds - self._seconds, 0.0), 0.5)
        self._seconds = seconds
        for finding, level in self._levels.items():
            here = finding in findings
            change = elapsed / _COMES_SECONDS if here else -elapsed / _GOES_SECONDS
            self._levels[finding] = min(max(level + change, 0.0), 1.0)
        if self._shown is not None and self._levels[self._shown] == 0:
            self._shown = None
        if self._shown is None:
            lasting = (finding for finding, level in self._levels.items() if level == 1)
            self._shown = next(lasting, None)
        return self._shown


class Coach(QLabel):
    """A hint over the lower edge of an image; hidden without a finding.

    Args:
        over: The widget that shows the image.
    """

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._over = over
        self._patience = Patience()
        self._next = 0.0
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setMargin(SPACE)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        colours = self.palette()
        colours.setColor(QPalette.ColorRole.WindowText, Qt.GlobalColor.white)
        self.setPalette(colours)
        self.hide()
        over.installEventFilter(self)

    def see(self, frame: LiveFrame) -> None:
        """Measures a frame, unless the last measurement was just now."""
        if frame.arrived < self._next:
            return
        self._next = frame.arrived + _PAUSE_SECONDS
        height, width = frame.image.shape[:2]
        findings = measure(frame.image, frame.box.pixels(width, height)).findings()
        self._tell(self._patience.update(_worth_telling(findings, frame.reading), frame.arrived))

    def clear(self) -> None:
        """Drops the hint: there is no image."""
        self._patience = Patience()
        self._tell(None)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stays at the lower edge."""
        if watched is self._over and event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints the text on a dark ground, legible over any image."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(Qt.GlobalColor.black)
        painter.setOpacity(0.8)
        radius = min(self.height() / 2, 2.0 * SPACE)
        painter.drawRoundedRect(self.rect(), radius, radius)
        painter.end()
        super().paintEvent(event)

    def _tell(self, finding: Finding | None) -> None:
        text = "" if finding is None else hint(finding)
        if text == self.text():
            return
        self.setText(text)
        self.setAccessibleName(text)
        announce(self, text)
        self.setVisible(bool(text))
        self._place()

    def _place(self) -> None:
        room = self._over.rect().adjusted(2 * SPACE, 2 * SPACE, -2 * SPACE, -2 * SPACE)
        metrics = self.fontMetrics()
        side = 2 * SPACE
        wrap = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignCenter
        space = QRect(0, 0, max(room.width() - 2 * side, 1), room.height())
        size = metrics.boundingRect(space, int(wrap), self.text()).size()
        width, height = size.width() + 2 * side + 2, size.height() + 2 * SPACE
        left = room.x() + (room.width() - width) // 2
        self.setGeometry(left, room.bottom() + 1 - height, width, height)
        self.raise_()


_HINTS: dict[Finding, Any] = {
    Finding.DARK: QT_TRANSLATE_NOOP(
        "Coach", "It is dark: put more light on your hand, from the front."
    ),
    Finding.BRIGHT: QT_TRANSLATE_NOOP("Coach", "Too bright: turn away from the lamp or the sun."),
    Finding.CLIPPED: QT_TRANSLATE_NOOP(
        "Coach", "The hand box is at the edge: keep your whole hand in the image."
    ),
    Finding.SMALL: QT_TRANSLATE_NOOP("Coach", "Your hand is small: come nearer to the camera."),
    Finding.BLURRED: QT_TRANSLATE_NOOP(
        "Coach", "The image is blurred: hold still, or wipe the camera."
    ),
    Finding.BUSY: QT_TRANSLATE_NOOP(
        "Coach", "There is a lot behind your hand: a plain wall helps."
    ),
}


def hint(finding: Finding) -> str:
    """What to do about a finding."""
    return QCoreApplication.translate("Coach", _HINTS[finding])


def _worth_telling(findings: list[Finding], reading: Reading | None) -> list[Finding]:
    """No findings while the letter is read well; without a hand, only darkness."""
    if reading is None:
        return findings
    if reading.is_sign:
        return [] if reading.confidence >= _SURE else findings
    return [finding for finding in findings if finding is Finding.DARK]
