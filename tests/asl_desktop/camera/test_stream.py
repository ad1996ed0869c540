"""A network camera that goes away and comes back."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget
from pytestqt.qtbot import QtBot

from asl_desktop.main_window import MainWindow
from tests.asl_desktop.helpers import lopsided, side_model
from tests.asl_desktop.mjpeg_server import MjpegServer
from trainer.model import weights


@pytest.mark.usefixtures("fixed_box")
def test_the_letter_follows_the_stream_and_survives_its_death(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    path = tmp_path / "side.safetensors"
    weights.save(side_model(), path)
    image = lopsided()
    turned = np.ascontiguousarray(image[:, ::-1])
    server = MjpegServer([image] * 10 + [turned] * 10)
    shown: list[str] = []
    try:
        window.start(server.address, path)

        def letters_seen() -> set[str]:
            shown.append(window.live.panel.letter.letter)
            return set(shown)

        qtbot.waitUntil(lambda: letters_seen() >= {"L", "R"})
        server.kill()
        lost = f"Reconnecting to {server.address}: "
        qtbot.waitUntil(
            lambda: window.live.page.isVisible() and window.live.page.message.startswith(lost)
        )
        assert window.live.panel.letter.letter == ""
        server = MjpegServer([image], port=server.port)
        qtbot.waitUntil(window.live.preview.isVisible)
        qtbot.waitUntil(lambda: window.live.panel.letter.letter == "L")
    finally:
        window.live.stop()
        server.kill()


@pytest.mark.parametrize("scheme", ["http", "rtsp"])
def test_the_password_of_an_address_is_shown_nowhere(
    qtbot: QtBot, window: MainWindow, scheme: str
) -> None:
    window.play(f"{scheme}://admin:secret@127.0.0.1:9/x?pwd=secret")
    qtbot.waitUntil(lambda: window.live.page.isVisible())
    shown = [w.text() for w in window.findChildren(QLabel) + window.findChildren(QAbstractButton)]
    everywhere = window.findChildren(QWidget)
    shown += [text for w in everywhere for text in (w.toolTip(), w.accessibleName())]
    shown += [w.accessibleDescription() for w in everywhere]
    assert not any("secret" in text for text in shown)
    assert f"{scheme}://admin:…@127.0.0.1:9/x?pwd=…" in window.live.page.message
    window.live.stop()
