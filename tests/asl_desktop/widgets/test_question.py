"""A question before something that cannot be undone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

# The function itself: the tests of the window answer in its place.
from asl_desktop.widgets.question import confirm


def press(key: Qt.Key) -> Callable[[QMessageBox], None]:
    return lambda box: QTest.keyClick(box, key)


def click(text: str) -> Callable[[QMessageBox], None]:
    return lambda box: next(b for b in box.buttons() if b.text() == text).click()


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (press(Qt.Key.Key_Return), False),
        (press(Qt.Key.Key_Escape), False),
        (click("&Keep"), False),
        (click("&Delete"), True),
    ],
)
def test_only_the_button_that_does_it_does_it(
    qtbot: QtBot, answer: Callable[[QMessageBox], None], expected: bool
) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)

    def reply() -> None:
        box = QApplication.activeModalWidget()
        if isinstance(box, QMessageBox):
            assert box.textFormat() is Qt.TextFormat.PlainText
            answer(box)
        else:
            QTimer.singleShot(10, reply)

    QTimer.singleShot(0, reply)
    assert confirm(parent, "Run", "<b>Delete it?</b>", "&Delete", "&Keep") is expected
