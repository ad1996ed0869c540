"""The app among odd things: what is dropped on it, what is gone, what cannot be written."""

from __future__ import annotations

import os
import shutil
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import cv2
import pandas as pd  # noqa: F401 - or the first CSV waits for it
import psutil
import pytest
from PySide6.QtCore import QMimeData, QPointF, QSettings, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from asl_desktop import user_folders
from asl_desktop.camera.frame_worker import Phase
from asl_desktop.main_window import MainWindow
from asl_desktop.widgets import file_dialogs
from tests.asl_desktop.helpers import plain
from tests.asl_desktop.my_hand.test_my_hand_tab import fill, mine_of, show
from trainer.support import paths as trainer_places


def drop(window: MainWindow, *urls: QUrl) -> None:
    """As the file manager does it."""
    content = QMimeData()
    content.setUrls(list(urls))
    event = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        content,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    window.dropEvent(event)


def odd_files(folder: Path) -> list[Path]:
    """Names and contents that a person may well have."""
    names = [
        *("two\nlines.png", "Zoë 手 🤟.csv", "%s%n{0}.safetensors", " .npz", "a" * 250 + ".mp4"),
        *("<b>bold.png", "-.avi", "no ending", ".safetensors", "x.csv.gz", "x.webm"),
    ]
    for name in names:
        (folder / name).write_bytes(b"" if len(name) % 2 else b"\x00\xff" * 300)
    (folder / "folder.safetensors").mkdir()
    (folder / "empty folder.png").mkdir()
    (folder / "circle.png").symlink_to(folder / "circle.png")
    (folder / "nowhere.npz").symlink_to(folder / "nobody")
    os.mkfifo(folder / "pipe.safetensors")
    os.mkfifo(folder / "pipe.mp4")
    (folder / os.fsdecode(b"bytes \xff\xfe.png")).write_bytes(b"x")
    return sorted(folder.iterdir())


def test_whatever_is_dropped_the_window_says_why_not_and_goes_on(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    folder = tmp_path / "odd"
    folder.mkdir()
    told: list[str] = []
    window.live.camera.state_changed.connect(lambda state: told.append(state.message))
    for path in odd_files(folder):
        drop(window, QUrl.fromLocalFile(str(path)))
        qtbot.wait(30)
    drop(window)
    drop(window, QUrl("https://example.org/x.png"))
    drop(window, QUrl("data:,x"), QUrl("file:///x"))
    good = tmp_path / "good.png"
    cv2.imwrite(str(good), plain(90))
    drop(window, QUrl.fromLocalFile(str(good)))
    qtbot.waitUntil(lambda: window.live.preview.frame is not None)
    assert all(text.isprintable() for text in told)


@pytest.fixture
def unwritable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A place for the user's data and settings that is a file, for administrators, too."""
    place = tmp_path / "no folder"
    place.write_text("a file")
    monkeypatch.setenv(trainer_places.OVERRIDE, str(place / "data"))
    QSettings.setPath(
        QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(place / "settings")
    )
    return place


def test_without_a_place_for_anything_the_app_works_and_says_what_is_not_kept(
    unwritable: Path, make_window: Callable[[], MainWindow], qtbot: QtBot, weights_x: Path
) -> None:
    window = make_window()
    window.start("", weights_x)
    for index in range(window.tabs.count()):
        window.tabs.setCurrentIndex(index)
        QApplication.processEvents()
    window.show_live()
    window.composer.field.type("A")
    window.composer.save_draft()
    assert "cannot be" in window.banner.text
    mine = mine_of(window)
    mine.record.choose("A")
    show(mine, "A", 0.2)
    mine.record.start_or_pause()
    show(mine, "A", 4.0)
    assert not mine.store.samples
    assert "cannot be" in window.banner.text
    window.weights.set_default(weights_x)
    assert "cannot be made (Not a directory), so the weights are not saved." in window.banner.text


def test_samples_that_vanish_while_they_are_looked_at(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = mine_of(window)
    fill(mine, "AB")
    mine.show_page(mine.samples)
    samples = user_folders.my_hand() / "samples"
    (samples / "samples.csv").unlink()
    (samples / "A" / "00001.png").unlink()
    (samples / "A" / "00002.png").write_bytes(b"damaged")
    mine.samples.show_letter("A")
    assert mine.samples.images.count() == 8
    monkeypatch.setattr(file_dialogs, "ask_where_to_save", lambda *_: tmp_path / "exported.csv")
    mine.samples.export_button.click()
    # A header and a line for each image that is there: the damaged one was read before.
    assert (tmp_path / "exported.csv").read_bytes().count(b"\n") == 20
    shutil.rmtree(samples)
    mine.samples.delete_all_button.click()
    assert not mine.store.samples
    mine.show_page(mine.teach)
    assert not mine.teach.start_button.isEnabled()
    mine.show_page(mine.record)
    mine.record.choose("C")
    mine.record.start_or_pause()
    show(mine, "C", 4.0)
    assert mine.store.samples


@pytest.fixture
def flood() -> Iterator[str]:
    """A network camera that sends one image without an end, 60 MB a second."""
    server = socket.create_server(("127.0.0.1", 0))
    ended = threading.Event()

    def serve() -> None:
        while not ended.is_set():
            try:
                client, _ = server.accept()
            except OSError:
                return
            with client:
                head = (
                    "HTTP/1.1 200 OK\r\nContent-Type: multipart/x-mixed-replace; boundary=x\r\n\r\n"
                )
                head += "--x\r\nContent-Type: image/jpeg\r\nContent-Length: 99999999999\r\n\r\n"
                try:
                    client.sendall(head.encode() + b"\xff\xd8\xff\xe0")
                    while not ended.wait(1 / 57):
                        client.sendall(bytes(1 << 20))
                except OSError:
                    pass

    thread = threading.Thread(target=serve)
    thread.start()
    yield f"http://127.0.0.1:{server.getsockname()[1]}/video"
    ended.set()
    server.shutdown(socket.SHUT_RDWR)
    server.close()
    thread.join()


def test_a_stream_that_is_an_image_without_an_end_fills_no_memory(
    window: MainWindow, qtbot: QtBot, flood: str
) -> None:
    process = psutil.Process()
    before, most = process.memory_info().rss, 0

    def told() -> bool:
        nonlocal most
        most = max(most, process.memory_info().rss)
        return Phase.RETRYING in phases

    phases: list[Phase] = []
    window.live.camera.state_changed.connect(lambda state: phases.append(state.phase))
    window.play(flood)
    qtbot.waitUntil(told)
    assert most - before < 600 << 20
    window.play("")
