from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from asl_desktop.widgets.letter_buttons import LetterButtons


def test_a_letter_is_chosen_by_the_user_or_by_the_program(qtbot: QtBot) -> None:
    letters = LetterButtons("ABCDEF", 20, 30)
    qtbot.addWidget(letters)
    told: list[str] = []
    letters.chosen.connect(told.append)
    letters.choose("B")
    assert letters.letter == "B"
    assert told == []
    qtbot.mouseClick(letters.buttons["E"], Qt.MouseButton.LeftButton)
    assert letters.letter == "E"
    assert told == ["E"]


def test_the_letters_stand_in_two_rows(qtbot: QtBot) -> None:
    letters = LetterButtons("ABCDEF", 20, 30)
    qtbot.addWidget(letters)
    letters.show()
    heights = [button.y() for button in letters.buttons.values()]
    assert heights[0] == heights[2] < heights[3] == heights[5]
