"""The window with sources and networks, as a person uses it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, QRect, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from asl_desktop.camera import camera_thread
from asl_desktop.camera.frame_worker import Phase, SourceState
from asl_desktop.hand_box import HandBox
from asl_desktop.main_window import MainWindow
from asl_desktop.settings import Settings, Theme
from asl_desktop.widgets import file_dialogs
from asl_desktop.widgets.theme import ThemeSwitch
from tests.asl_desktop.helpers import (
    LEFT,
    ListSource,
    constant_model,
    lopsided,
    plain,
    side_model,
    write_clip,
)
from tests.patience import PATIENCE_SECONDS, wait_until_still
from trainer.capture import opening
from trainer.capture.camera_list import Camera
from trainer.images.box import Box
from trainer.images.preprocessing import Preprocessing
from trainer.model import weights
from trainer.support.errors import UserError


@pytest.fixture
def image(tmp_path: Path) -> Path:
    path = tmp_path / "lopsided.png"
    cv2.imwrite(str(path), lopsided())
    return path


@pytest.fixture
def side_weights(tmp_path: Path) -> Path:
    path = tmp_path / "side.safetensors"
    weights.save(side_model(), path)
    return path


def letter(window: MainWindow) -> str:
    return window.live.panel.letter.letter


@pytest.mark.usefixtures("fixed_box")
def test_the_network_gets_unmirrored_pixels_whatever_the_preview_shows(
    qtbot: QtBot, window: MainWindow, image: Path, side_weights: Path
) -> None:
    window.start(str(image), side_weights)
    qtbot.waitUntil(lambda: letter(window) == LEFT)
    preview, seen = window.live.preview, window.live.panel.seen
    expected = Preprocessing().image(lopsided(), HandBox().pixels(320, 240))
    plain_view = preview.grab().toImage()
    assert not preview.mirrored
    assert seen.image is not None
    assert np.array_equal(seen.image, expected)

    window.user_actions.mirror.trigger()
    mirrored_view = preview.grab().toImage()
    assert mirrored_view != plain_view
    # Moved away and back, so that it is read anew while mirrored.
    window.user_actions.focus_box.trigger()
    QTest.keyClick(preview, Qt.Key.Key_Left)
    qtbot.waitUntil(lambda: not np.array_equal(seen.image, expected))
    QTest.keyClick(preview, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: np.array_equal(seen.image, expected))
    assert letter(window) == LEFT


def test_cameras_are_mirrored_at_first_and_files_are_not(
    qtbot: QtBot, window: MainWindow, image: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "cameras", lambda: [Camera(0, 0, "Webcam")])
    monkeypatch.setattr(opening, "open_camera", lambda _: ListSource([plain(9)], live=True))
    window.start("")
    qtbot.waitUntil(lambda: window.live.preview.frame is not None)
    assert window.live.preview.mirrored
    window.play(str(image))
    assert not window.live.preview.mirrored
    window.user_actions.mirror.trigger()
    assert Settings().mirrored(camera=True)
    assert Settings().mirrored(camera=False)


def test_weights_are_swapped_while_live(
    qtbot: QtBot,
    window: MainWindow,
    tmp_path: Path,
    weights_x: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clip = write_clip(tmp_path / "clip.mp4", [plain(40), plain(200)])
    window.start(str(clip), weights_x)
    qtbot.waitUntil(lambda: letter(window) == "X")
    other = tmp_path / "other.safetensors"
    weights.save(constant_model("Y"), other)
    monkeypatch.setattr(file_dialogs, "ask_for_file", lambda *_: str(other))
    window.user_actions.open_weights.trigger()
    qtbot.waitUntil(lambda: letter(window) == "Y")
    assert "other.safetensors" in window.banner.text
    assert Settings().weights == other


def test_bad_weights_are_refused_in_the_window_and_the_old_ones_stay(
    qtbot: QtBot,
    window: MainWindow,
    image: Path,
    weights_x: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    window.start(str(image), weights_x)
    qtbot.waitUntil(lambda: letter(window) == "X")
    bad = tmp_path / "bad.safetensors"
    bad.write_bytes(weights_x.read_bytes()[:100])
    monkeypatch.setattr(file_dialogs, "ask_for_file", lambda *_: str(bad))
    window.user_actions.open_weights.trigger()
    qtbot.waitUntil(lambda: "bad.safetensors" in window.banner.text)
    assert letter(window) == "X"
    assert Settings().weights == weights_x
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert not window.banner.text


def test_remembered_weights_that_are_gone_give_way_to_the_shipped_ones(
    qtbot: QtBot,
    window: MainWindow,
    image: Path,
    weights_x: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("asl_desktop.live_weights.asset", lambda _: weights_x)
    Settings().weights = tmp_path / "gone.safetensors"
    window.start(str(image))
    qtbot.waitUntil(lambda: letter(window) == "X")
    assert "gone.safetensors" in window.banner.text


def test_without_any_weights_the_image_is_shown_and_the_banner_says_why(
    qtbot: QtBot, window: MainWindow, image: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("asl_desktop.live_weights.asset", lambda _: tmp_path / "none.safetensors")
    window.start(str(image))
    qtbot.waitUntil(lambda: "none.safetensors" in window.banner.text)
    qtbot.waitUntil(lambda: window.live.preview.frame is not None)
    assert not letter(window)
    window.user_actions.weights_info.trigger()
    assert "No weights" in window.banner.text


def test_without_a_camera_the_window_says_why_and_offers_other_sources(
    qtbot: QtBot, window: MainWindow, image: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.start("")
    page = window.live.page
    qtbot.waitUntil(page.isVisible)
    assert page.message.startswith("No camera was found.")
    names = [button.accessibleName() for button in page.findChildren(QPushButton)]
    assert names == [
        "Use the camera",
        "Open a file",
        "Open folder",
        "Open stream",
        "Play the demo clip",
    ]
    monkeypatch.setattr(file_dialogs, "ask_for_file", lambda *_: str(image))
    button = page.findChildren(QPushButton)[1]
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.live.preview.frame is not None)
    qtbot.waitUntil(window.live.preview.isVisible)


def test_a_camera_that_is_plugged_in_later_appears_by_itself(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.start("")
    qtbot.waitUntil(window.live.page.isVisible)
    monkeypatch.setattr(opening, "cameras", lambda: [Camera(0, 0, "Webcam")])
    monkeypatch.setattr(opening, "open_camera", lambda _: ListSource([plain(9)], live=True))
    qtbot.waitUntil(window.live.preview.isVisible)


def test_a_camera_that_breaks_is_told_and_takes_its_reading_along(
    qtbot: QtBot, window: MainWindow, weights_x: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = [plain(9)] * 20 + [UserError("Webcam was unplugged.")]
    monkeypatch.setattr(opening, "cameras", lambda: [Camera(0, 0, "Webcam")])
    monkeypatch.setattr(opening, "open_camera", lambda _: ListSource(broken, live=True))
    told: list[tuple[str, str]] = []

    def look(state: SourceState) -> None:
        # At once: half a second later it plays again.
        if state.phase is Phase.RETRYING:
            told.append((window.live.page.message, letter(window)))

    window.live.camera.state_changed.connect(look)
    window.start("", weights_x)
    qtbot.waitUntil(lambda: letter(window) == "X")
    told.clear()
    qtbot.waitUntil(lambda: bool(told))
    assert told[0] == ("Webcam was unplugged.", "")
    qtbot.waitUntil(lambda: letter(window) == "X")


def test_freezing_keeps_the_image_and_reads_it_with_a_new_box(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, side_weights: Path
) -> None:
    clip = write_clip(tmp_path / "clip.mp4", [plain(gray) for gray in range(0, 250, 10)])
    window.start(str(clip), side_weights)
    preview = window.live.preview
    qtbot.waitUntil(lambda: preview.frame is not None and preview.frame.reading is not None)
    window.user_actions.freeze.trigger()
    # What was on its way arrives; then nothing moves.
    wait_until_still(lambda: int(preview.frame.image[0, 0, 0]), lambda: qtbot.wait(150))
    frame = preview.frame
    assert preview.badge == "Frozen"
    QTest.keyClick(window.live.preview, Qt.Key.Key_Minus)
    qtbot.waitUntil(lambda: window.live.preview.frame.box == window.live.preview.box)
    window.user_actions.freeze.trigger()
    qtbot.waitUntil(lambda: not np.array_equal(window.live.preview.frame.image, frame.image))


def test_a_box_in_pixels_is_taken_at_the_first_frame(
    qtbot: QtBot, window: MainWindow, image: Path
) -> None:
    window.live.set_pixel_box(Box(20, 40, 50, 100))
    window.start(str(image))
    expected = HandBox.of(Box(20, 40, 50, 100), 320, 240)
    qtbot.waitUntil(lambda: window.live.preview.box == expected)
    qtbot.waitUntil(lambda: window.live.preview.frame.box == expected)
    assert window.live.preview.box_state == "Fixed by you"
    assert Settings().following, "the command line is no choice for the next start"
    assert Settings().box == HandBox()


def test_the_box_is_remembered(
    qtbot: QtBot, make_window: Callable[[], MainWindow], image: Path
) -> None:
    first = make_window()
    first.start(str(image))
    qtbot.waitUntil(lambda: first.live.preview.frame is not None)
    QTest.keyClick(first.live.preview, Qt.Key.Key_Left)
    moved = first.live.preview.box
    assert moved != HandBox()
    first.close()
    second = make_window().live.preview.box
    assert (second.x, second.y, second.side) == pytest.approx(
        (moved.x, moved.y, moved.side), abs=1e-4
    )


@pytest.mark.parametrize("kind", ["source", "weights"])
def test_files_can_be_dropped(
    qtbot: QtBot, window: MainWindow, image: Path, weights_x: Path, kind: str
) -> None:
    window.start(str(image), weights_x) if kind == "weights" else window.start("", weights_x)
    path = image if kind == "source" else weights_x
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    drop = QDropEvent(
        QPointF(QPoint(100, 100)),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    window.dropEvent(drop)
    qtbot.waitUntil(lambda: letter(window) == "X")
    assert window.live.preview.frame.name == str(image)


def test_the_pace_is_shown(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, weights_x: Path
) -> None:
    clip = write_clip(tmp_path / "clip.mp4", [plain(40), plain(200)])
    window.start(str(clip), weights_x)
    panel = window.live.panel
    qtbot.waitUntil(lambda: "frames/s" in panel.rate.text() and "ms" in panel.latency.text())
    assert panel.computing.text().endswith("ms")


def test_the_candidates_are_shown_with_their_probabilities(
    qtbot: QtBot, window: MainWindow, image: Path, weights_x: Path
) -> None:
    window.start(str(image), weights_x)
    qtbot.waitUntil(lambda: letter(window) == "X")
    rows = window.live.panel.rows
    # e⁵ against 23 times e⁰.
    assert [row.number.text() for row in rows] == ["87 %", "1 %", "1 %"]
    assert rows[0].letter.text() == "X"
    assert rows[0].bar.value() == 866
    assert window.live.panel.verdict.text() == "Sure"


@pytest.mark.usefixtures("fixed_box")
def test_nothing_moves_after_the_first_frame(
    qtbot: QtBot, qapp: QApplication, image: Path, side_weights: Path
) -> None:
    window = MainWindow(Settings(), ThemeSwitch(qapp, Theme.LIGHT))
    parts = (window.live.preview, window.live.panel, window.composer, window.composer.field)
    places: list[list[QRect]] = []

    def look() -> None:
        places.append([QRect(part.mapTo(window, QPoint()), part.size()) for part in parts])

    window.live.preview.first_frame_shown.connect(look)
    window.start(str(image), side_weights)
    window.show()
    qtbot.waitUntil(lambda: letter(window) == LEFT)
    qtbot.wait(500)
    look()
    before, after = places
    assert before == after
    window.close()
    assert window.stopped


def test_image_and_letter_are_both_seen_in_a_narrow_window(
    qtbot: QtBot, window: MainWindow, image: Path, side_weights: Path
) -> None:
    window.start(str(image), side_weights)
    qtbot.waitUntil(lambda: letter(window) == LEFT)
    live, composer = window.live, window.composer
    buttons = [b for b in live.findChildren(QToolButton) if b.defaultAction() is not None]
    button = next(b for b in buttons if b.defaultAction() is window.user_actions.reset_box)

    def seen(widget: QWidget) -> bool:
        return widget.visibleRegion().boundingRect().size() == widget.size()

    # As wide as half a small screen, or a small screen at 200 %.
    for width, whole in ((640, False), (1280, True), (640, False)):
        window.resize(width, 560)
        qtbot.waitUntil(lambda whole=whole: button.isVisible() is whole)
        qtbot.waitUntil(lambda whole=whole: composer.field.isVisible() is whole)
        qtbot.waitUntil(lambda: seen(live.panel.letter) and seen(live.preview))
        assert seen(composer.typing)


def test_another_source_takes_what_was_said_of_the_one_before_along(
    window: MainWindow, image: Path
) -> None:
    window.live.error.emit("One image cannot be read.")
    assert window.banner.text
    window.play(str(image))
    assert not window.banner.text
    window.warn("The text cannot be saved.")
    window.play(str(image))
    assert window.banner.text == "The text cannot be saved."


def test_the_window_is_complete_without_an_image(
    qtbot: QtBot, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    sources_open = threading.Event()

    def open_slowly(_: str) -> ListSource:
        sources_open.wait(PATIENCE_SECONDS)
        return ListSource([plain(5)], live=True)

    monkeypatch.setattr(camera_thread, "open_first_camera", open_slowly)
    window = MainWindow(Settings(), ThemeSwitch(qapp, Theme.LIGHT))
    window.start()
    window.show()
    qtbot.waitExposed(window)
    assert window.live.preview.frame is None
    assert window.live.panel.isVisible()
    assert window.composer.isVisible()
    sources_open.set()
    window.close()
    assert window.stopped


def test_a_message_before_the_first_image_is_shown(qapp: QApplication) -> None:
    window = MainWindow(Settings(), ThemeSwitch(qapp, Theme.LIGHT))
    window.show()
    window.live.error.emit("One image cannot be read.")
    assert window.banner.isVisible()
    assert window.banner.text == "One image cannot be read."
    window.close()
