from __future__ import annotations

from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from asl_desktop.practice.word_boxes import Result, WordBoxes
from asl_desktop.widgets.theme import accent_colour


def test_a_skipped_letter_does_not_look_spelled(qtbot: QtBot) -> None:
    boxes = WordBoxes()
    qtbot.addWidget(boxes)
    boxes.resize(400, 90)
    boxes.show()
    boxes.show_word("BAG", [Result("B"), Result("A", skipped=True)])
    assert boxes.accessibleName() == "BAG, now G; skipped: A"
    image = boxes.grab().toImage()

    def inside(index: int) -> QColor:
        """Of a box, near its lower left corner, where no letter is."""
        side, gap = 84.0, 10.0
        left = (400 - 3 * side - 2 * gap) / 2 + index * (side + gap)
        ratio = image.devicePixelRatio()
        return image.pixelColor(round((left + 12) * ratio), round(45 * ratio))

    assert inside(0) == accent_colour(boxes)
    assert inside(1) != accent_colour(boxes)
    assert inside(1) == inside(2)
