"""What is said when there is no sign, no hand or no camera."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from asl_desktop.live.letter_panel import LetterPanel
from asl_desktop.main_window import MainWindow
from asl_desktop.widgets.big_letter import NONE
from tests.asl_desktop.compose.signing import reading
from trainer.recognition.steady import Phase, Steady


@pytest.mark.parametrize("steady", [Steady(), None], ids=["video", "still image"])
def test_no_sign_ranks_no_letters(qtbot: QtBot, steady: Steady | None) -> None:
    panel = LetterPanel()
    qtbot.addWidget(panel)
    letter = Steady("A", (), 0.5, Phase.LETTER) if steady else None
    panel.show_reading(reading("A"), letter)
    assert panel.rows[0].letter.text() == "A"
    assert panel.rows[0].bar.value() > 0
    panel.show_reading(reading("-"), steady)
    assert panel.verdict.text() == "No sign"
    assert [row.number.text() for row in panel.rows] == [NONE] * 3
    assert [row.letter.text() for row in panel.rows] == [NONE] * 3
    assert not any(row.bar.value() for row in panel.rows)


def test_the_demo_is_the_primary_button_without_a_camera(qtbot: QtBot, window: MainWindow) -> None:
    page = window.live.page

    def primary() -> list[str]:
        buttons = page.findChildren(QPushButton)
        return [b.accessibleName() for b in buttons if b.property("primary")]

    window.start("")
    qtbot.waitUntil(page.isVisible)
    assert primary() == ["Play the demo clip"]
    window.play("/nowhere/clip.mp4")
    qtbot.waitUntil(lambda: "/nowhere" in page.message)
    assert primary() == ["Use the camera"]
    window.play("")
    qtbot.waitUntil(lambda: page.message.startswith("No camera"))
    assert primary() == ["Play the demo clip"]
    (demo,) = [b for b in page.findChildren(QPushButton) if b.property("primary")]
    demo.click()
    qtbot.waitUntil(lambda: window.live.preview.frame is not None)
