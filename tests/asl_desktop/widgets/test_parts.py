from __future__ import annotations

from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QProgressBar
from pytestqt.qtbot import QtBot

from asl_desktop.widgets.parts import set_progress


class Bar(QProgressBar):
    painted = 0

    def paintEvent(self, event: QPaintEvent) -> None:
        self.painted += 1


def test_a_bar_that_moves_is_painted_once_with_all_else(qtbot: QtBot) -> None:
    bar = Bar()
    qtbot.addWidget(bar)
    bar.setRange(0, 1000)
    with qtbot.waitExposed(bar):
        bar.show()
    qtbot.waitUntil(lambda: bar.painted > 0)
    before = bar.painted
    for value in (100, 500, 900):
        set_progress(bar, value)
    assert bar.painted == before
    qtbot.waitUntil(lambda: bar.painted == before + 1)
    assert bar.value() == 900
